#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Shape, CountsElements) {
  EXPECT_EQ(element_count(Shape{}), 1U);
  EXPECT_EQ(element_count(Shape{3, 5, 7}), 105U);
  EXPECT_EQ(element_count(Shape{3, 0, 7}), 0U);
}

TEST(Shape, RefusesNegativeExtentsAndOverflow) {
  const std::int64_t big = std::int64_t{1} << 32;
  EXPECT_THROW(element_count(Shape{2, -1}), ValueError);
  EXPECT_THROW(element_count(Shape{0, -1}), ValueError);
  EXPECT_THROW(element_count(Shape{big, big}), ValueError);
  EXPECT_THROW(element_count(Shape{big, 0, big}), ValueError);
  EXPECT_THROW(Tensor(DType::f64, {std::int64_t{1} << 61}), ValueError);
}

TEST(Shape, SpellsAsPythonDoes) {
  EXPECT_EQ(to_string(Shape{}), "()");
  EXPECT_EQ(to_string(Shape{3}), "(3,)");
  EXPECT_EQ(to_string(Shape{2, 3}), "(2, 3)");
  EXPECT_EQ(index_text(Shape{2, 3, 4}, 23), "[1, 2, 3]");
  EXPECT_EQ(index_text(Shape{2, 3, 4}, 5), "[0, 1, 1]");
  EXPECT_EQ(index_text(Shape{}, 0), "[]");
}

TEST(DTypes, NamesAndSizes) {
  for (int i = 0; i < kDTypeCount; ++i) {
    const auto dtype = static_cast<DType>(i);
    EXPECT_EQ(parse_dtype(short_name(dtype)), dtype);
    EXPECT_EQ(parse_dtype(keras_name(dtype)), dtype);
    visit_dtype(dtype, [&]<class T>(T*) {
      EXPECT_EQ(sizeof(T), size_of(dtype));
      EXPECT_EQ(dtype_of<T>::value, dtype);
    });
  }
  EXPECT_EQ(is_float(DType::u64), false);
  EXPECT_EQ(is_float(DType::f16), true);
  EXPECT_THROW(parse_dtype("float"), ValueError);
}

TEST(Tensor, IsZeroedAlignedAndSized) {
  const Tensor tensor(DType::f16, {3, 5});
  EXPECT_EQ(tensor.count(), 15U);
  EXPECT_EQ(tensor.bytes(), 30U);
  EXPECT_EQ(tensor.rank(), 2);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.data()) % 64, 0U);
  for (std::size_t i = 0; i < tensor.count(); ++i) EXPECT_EQ(tensor.at(i), 0.0);
}

TEST(Tensor, EmptyAndScalar) {
  EXPECT_EQ(Tensor().count(), 0U);
  EXPECT_EQ(Tensor().shape(), Shape{0});
  const Tensor scalar = Tensor::from<float>({}, {2.5F});
  EXPECT_EQ(scalar.count(), 1U);
  EXPECT_EQ(scalar.at(0), 2.5);
  EXPECT_TRUE(bit_equal(Tensor(DType::f32, {0, 3}), Tensor(DType::f32, {0, 3})));
  EXPECT_FALSE(bit_equal(Tensor(DType::f32, {0, 3}), Tensor(DType::f32, {3, 0})));
}

TEST(Tensor, CopiesAreDeepAndMovesLeaveEmpty) {
  Tensor a = Tensor::from<std::int32_t>({3}, {1, 2, 3});
  Tensor b = a;
  b.as<std::int32_t>()[0] = 9;
  EXPECT_EQ(a.at(0), 1.0);
  const std::byte* storage = a.data();
  Tensor c;
  c = std::move(a);
  EXPECT_EQ(c.data(), storage);
  Tensor d = Tensor::from<float>({3}, {4, 5, 6});
  const std::byte* kept = d.data();
  d = c;  // as many bytes: the storage stays
  EXPECT_EQ(d.data(), kept);
  EXPECT_TRUE(bit_equal(d, c));
  const Tensor e(std::move(d));
  EXPECT_TRUE(bit_equal(e, c));
  EXPECT_EQ(d.count(), 0U);  // NOLINT(bugprone-use-after-move): the documented state
}

TEST(Tensor, RefusesTheWrongTypeCountAndIndex) {
  Tensor tensor = Tensor::from<float>({2, 2}, {1, 2, 3, 4});
  EXPECT_THROW(tensor.as<double>(), TypeError);
  EXPECT_THROW(Tensor::from<float>({2, 2}, {1, 2, 3}), ValueError);
  EXPECT_THROW(tensor.at(4), ValueError);
  EXPECT_THROW(tensor.reshaped({3}), ValueError);
  EXPECT_EQ(tensor.reshaped({4, 1}).shape(), (Shape{4, 1}));
}

TEST(Tensor, BitEqualityLooksAtBits) {
  EXPECT_FALSE(bit_equal(Tensor::from<float>({1}, {0.0F}), Tensor::from<float>({1}, {-0.0F})));
  EXPECT_TRUE(bit_equal(Tensor::from<double>({1}, {kNaN}), Tensor::from<double>({1}, {kNaN})));
  EXPECT_FALSE(bit_equal(Tensor(DType::f32, {2}), Tensor(DType::i32, {2})));
  EXPECT_FALSE(bit_equal(Tensor(DType::f32, {2}), Tensor(DType::f32, {2, 1})));
}

TEST(Tensor, CastsRoundOnceAndSaturate) {
  const Tensor doubles =
      Tensor::from<double>({8}, {1.9, -1.9, 300.0, -300.0, 1e30, kNaN, kInfinity, 0.5});
  const Tensor bytes = doubles.cast(DType::i8);
  EXPECT_EQ(
      std::vector<std::int8_t>(bytes.as<std::int8_t>().begin(), bytes.as<std::int8_t>().end()),
      (std::vector<std::int8_t>{1, -1, 127, -128, 127, 0, 127, 0}));
  const Tensor wide = doubles.cast(DType::u64);
  EXPECT_EQ(wide.as<std::uint64_t>()[1], 0U);
  EXPECT_EQ(wide.as<std::uint64_t>()[4], std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(doubles.cast(DType::boolean).as<bool>()[7], true);
  const double once = 1.0 + 0x1p-11 + 0x1p-40;
  EXPECT_EQ(Tensor::from<double>({1}, {once}).cast(DType::f16).as<f16>()[0].bits, 0x3c01);
  EXPECT_EQ(Tensor::full(DType::bf16, {2, 3}, -1.5).as<bf16>()[5].bits, 0xbfc0);
  EXPECT_EQ(Tensor::from<f16>({1}, {f16(2.5F)}).cast(DType::bf16).at(0), 2.5);
  EXPECT_TRUE(bit_equal(doubles.cast(DType::f64), doubles));
}

TEST(Errors, CarryTheirKind) {
  try {
    throw OverflowError("too large");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::overflow);
    EXPECT_EQ(to_string(error.kind()), "OverflowError");
  }
}

}  // namespace
}  // namespace seedproof
