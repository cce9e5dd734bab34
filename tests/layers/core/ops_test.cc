#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/ops/ops.h>

#include "tests/layers/core/sample_layers.h"

namespace seedproof::testing {
namespace {

using ::testing::HasSubstr;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TEST(OpsTest, BroadcastsAsNumpy) {
  EXPECT_EQ(ops::broadcast_shape({2, 1, 4}, {3, 1}), (Shape{2, 3, 4}));
  EXPECT_EQ(ops::broadcast_shape({}, {5}), (Shape{5}));
  EXPECT_EQ(ops::broadcast_shape({0, 3}, {1, 3}), (Shape{0, 3}));
  const Tensor column = floats({2, 1}, {10, 20});
  const Tensor row = floats({3}, {1, 2, 3});
  EXPECT_TRUE(bit_equal(ops::add(column, row), floats({2, 3}, {11, 12, 13, 21, 22, 23})));
  EXPECT_TRUE(bit_equal(ops::subtract(row, column), floats({2, 3}, {-9, -8, -7, -19, -18, -17})));
  const Tensor cube = Tensor::from<std::int32_t>({2, 1, 2}, {1, 2, 3, 4});
  const Tensor face = Tensor::from<std::int32_t>({3, 1}, {10, 20, 30});
  EXPECT_TRUE(bit_equal(
      ops::multiply(cube, face),
      Tensor::from<std::int32_t>({2, 3, 2}, {10, 20, 20, 40, 30, 60, 30, 40, 60, 80, 90, 120})));
  EXPECT_TRUE(bit_equal(ops::add(Tensor(DType::f32, {0, 3}), row), Tensor(DType::f32, {0, 3})));
  EXPECT_THAT(message_of<ValueError>([&] { ops::add(row, Tensor(DType::f32, {2})); }),
              HasSubstr("add: shapes (3,) and (2,) do not broadcast"));
  EXPECT_THAT(message_of<TypeError>([&] { ops::add(row, Tensor(DType::f64, {3})); }),
              HasSubstr("add: operands of dtypes float32 and float64"));
  EXPECT_TRUE(bit_equal(ops::broadcast_to(column, {2, 2}), floats({2, 2}, {10, 10, 20, 20})));
  EXPECT_THROW(ops::broadcast_to(row, {2}), ValueError);
}

TEST(OpsTest, HalfTypesRoundEachOperationOnce) {
  // 2048 + 1 is a tie in binary16 and rounds to even; 2049 / 2048 in float would lose the second
  // sum.
  const Tensor large = Tensor::from<f16>({1}, {f16(2048.0F)});
  const Tensor one = Tensor::from<f16>({1}, {f16(1.0F)});
  EXPECT_EQ(ops::add(ops::add(large, one), one).at(0), 2048.0);
  EXPECT_EQ(ops::multiply(large, 32.0).at(0), std::numeric_limits<double>::infinity());
  const Tensor third = ops::divide(one.cast(DType::bf16), 3.0);
  EXPECT_EQ(third.at(0), 0x1.56p-2);  // 0.33203125 + ... : the bfloat16 next to 1/3
}

TEST(OpsTest, PythonNumbersAreRoundedToTheDtypeFirst) {
  // float32(0.1) = 0x1.99999ap-4; the product of doubles would round otherwise.
  const Tensor x = floats({1}, {9.0F});
  EXPECT_EQ(ops::multiply(x, 0.1).at(0), static_cast<double>(9.0F * 0.1F));
  EXPECT_NE(ops::multiply(x, 0.1).at(0), static_cast<double>(static_cast<float>(9.0F * 0.1)));
  EXPECT_EQ(ops::subtract(1.0, floats({1}, {0.75F})).at(0), 0.25);
  EXPECT_EQ(ops::divide(1.0, floats({1}, {4.0F})).at(0), 0.25);
  EXPECT_THROW(ops::add(Tensor(DType::i32, {1}), 1e300), ValueError);
}

TEST(OpsTest, IntegersWrapAndDoNotDivide) {
  const Tensor most = Tensor::from<std::int32_t>({1}, {std::numeric_limits<std::int32_t>::max()});
  EXPECT_EQ(ops::add(most, 1.0).at(0), -2147483648.0);
  const Tensor least = Tensor::from<std::int64_t>({1}, {std::numeric_limits<std::int64_t>::min()});
  EXPECT_TRUE(bit_equal(ops::negate(least), least));
  EXPECT_EQ(ops::abs(Tensor::from<std::int8_t>({1}, {-5})).at(0), 5.0);
  EXPECT_EQ(ops::maximum(Tensor::from<std::int32_t>({1}, {-1}), 0.0).at(0), 0.0);
  EXPECT_EQ(ops::minimum(Tensor::from<std::int32_t>({1}, {-1}), 0.0).at(0), -1.0);
  EXPECT_THAT(message_of<TypeError>([&] { ops::divide(most, most); }),
              HasSubstr("divide: needs floats, got int32"));
  EXPECT_THAT(message_of<TypeError>([] { ops::add(Tensor(DType::boolean, {1}), 1.0); }),
              HasSubstr("add: needs numbers, got bool"));
}

TEST(OpsTest, InPlaceWritesTheSameBitsAndMayNotGrow) {
  const Tensor column = floats({2, 1}, {10, 20});
  Tensor a = floats({2, 2}, {1, 2, 3, 4});
  const std::byte* storage = a.data();
  ops::multiply_in_place(a, column);
  EXPECT_TRUE(bit_equal(a, floats({2, 2}, {10, 20, 60, 80})));
  ops::divide_in_place(a, 4.0);
  ops::subtract_in_place(a, a);
  ops::add_in_place(a, 0.5);
  EXPECT_TRUE(bit_equal(a, Tensor::full(DType::f32, {2, 2}, 0.5)));
  EXPECT_EQ(a.data(), storage);
  Tensor small = column;
  EXPECT_THAT(message_of<ValueError>([&] { ops::add_in_place(small, a); }),
              HasSubstr("shape (2, 2) does not fit into (2, 1)"));
}

TEST(OpsTest, NanAndSignedZeros) {
  const Tensor a = floats({4}, {kNan, 1, -kInfinity, -0.0F});
  const Tensor b = floats({4}, {1, kNan, 2, 0.0F});
  EXPECT_TRUE(std::isnan(ops::maximum(a, b).at(0)));
  EXPECT_TRUE(std::isnan(ops::maximum(a, b).at(1)));
  EXPECT_TRUE(std::isnan(ops::minimum(a, b).at(1)));
  EXPECT_EQ(ops::minimum(a, b).at(2), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(bit_equal(ops::equal(a, b), Tensor::from<bool>({4}, {false, false, false, true})));
  EXPECT_TRUE(
      bit_equal(ops::greater_equal(a, b), Tensor::from<bool>({4}, {false, false, false, true})));
  EXPECT_TRUE(
      bit_equal(ops::greater(a, 0.0), Tensor::from<bool>({4}, {false, true, false, false})));
  EXPECT_TRUE(bit_equal(ops::less(a, 0.0), Tensor::from<bool>({4}, {false, false, true, false})));
  EXPECT_TRUE(
      bit_equal(ops::less_equal(a, 0.0), Tensor::from<bool>({4}, {false, false, true, true})));
  EXPECT_TRUE(std::isnan(ops::sign(a).at(0)));
  EXPECT_EQ(ops::sign(a).at(2), -1.0);
  EXPECT_TRUE(std::signbit(ops::negate(b).at(3)));
}

TEST(OpsTest, WhereChooses) {
  const Tensor condition = Tensor::from<bool>({2, 1}, {true, false});
  EXPECT_TRUE(bit_equal(ops::where(condition, floats({3}, {1, 2, 3}), floats({}, {9})),
                        floats({2, 3}, {1, 2, 3, 9, 9, 9})));
  EXPECT_THROW(ops::where(floats({1}, {1}), floats({1}, {1}), floats({1}, {1})), TypeError);
}

TEST(OpsTest, SumsRunLeftToRightInRowMajorOrder) {
  // 2^24 + 1 + 1 in float is 2^24 from the left and 2^24 + 2 from the right.
  const Tensor a = floats({3}, {0x1p24F, 1, 1});
  EXPECT_EQ(ops::sum(a).at(0), 0x1p24);
  EXPECT_EQ(ops::sum(floats({3}, {1, 1, 0x1p24F})).at(0), 0x1p24 + 2);
  const Tensor b = floats({2, 3}, {1, 2, 3, 10, 20, 30});
  const std::int64_t first[] = {0};
  const std::int64_t last[] = {-1};
  const std::int64_t both[] = {0, 1};
  EXPECT_TRUE(bit_equal(ops::sum(b, first), floats({3}, {11, 22, 33})));
  EXPECT_TRUE(bit_equal(ops::sum(b, last, true), floats({2, 1}, {6, 60})));
  EXPECT_TRUE(bit_equal(ops::sum(b, both), floats({}, {66})));
  EXPECT_TRUE(bit_equal(ops::mean(b, last), floats({2}, {2, 20})));
  EXPECT_TRUE(bit_equal(ops::max(b, first), floats({3}, {10, 20, 30})));
  EXPECT_TRUE(bit_equal(ops::sum(Tensor(DType::f32, {0, 2}), first), floats({2}, {0, 0})));
  EXPECT_TRUE(std::isnan(ops::mean(Tensor(DType::f32, {0})).at(0)));
  EXPECT_THROW(ops::max(Tensor(DType::f32, {0, 2}), first), ValueError);
  const std::int64_t beyond[] = {2};
  EXPECT_THAT(message_of<ValueError>([&] { ops::sum(b, beyond); }),
              HasSubstr("axis 2 is outside a tensor of rank 2"));
  EXPECT_EQ(ops::sum(Tensor::from<std::int32_t>({2}, {5, -7})).at(0), -2.0);
  const Tensor half = Tensor::full(DType::f16, {4096}, 1.0);
  EXPECT_EQ(ops::sum(half).at(0), 4096.0) << "in float; binary16 would stop at 2048";
}

TEST(OpsTest, SumToUndoesBroadcasting) {
  const Tensor a = floats({2, 2, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  EXPECT_TRUE(bit_equal(ops::sum_to(a, {3}), floats({3}, {22, 26, 30})));
  EXPECT_TRUE(bit_equal(ops::sum_to(a, {2, 1}), floats({2, 1}, {1 + 2 + 3 + 7 + 8 + 9, 48})));
  EXPECT_TRUE(bit_equal(ops::sum_to(a, {}), floats({}, {78})));
  EXPECT_TRUE(bit_equal(ops::sum_to(a, a.shape()), a));
  EXPECT_THROW(ops::sum_to(a, {2}), ValueError);
}

TEST(OpsTest, ProductsAddInAscendingOrderOfK) {
  // In this order 2^24 absorbs each 1; from the right it would not.
  const Tensor a = floats({1, 3}, {0x1p12F, 1, 1});
  const Tensor b = floats({3, 2}, {0x1p12F, 1, 1, 2, 1, 3});
  EXPECT_TRUE(bit_equal(ops::matmul(a, b), floats({1, 2}, {0x1p24F, 4101})));
  // Each product is rounded before it is added: no fused multiply-add anywhere.
  const float x = 1.0F + 0x1p-12F;
  const Tensor c = floats({1, 2}, {x, -1.0F});
  const Tensor d = floats({2, 1}, {x, 1.0F + 0x1p-11F});
  EXPECT_EQ(ops::matmul(c, d).at(0), 0.0) << "x * x rounds to 1 + 2^-11";
}

TEST(OpsTest, ProductsOfRectangles) {
  const Tensor a = floats({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = floats({3, 4}, {1, 0, 2, 1, 0, 1, 3, 1, 1, 1, 4, 1});
  const Tensor product = floats({2, 4}, {4, 5, 20, 6, 10, 11, 47, 15});
  EXPECT_TRUE(bit_equal(ops::matmul(a, b), product));
  EXPECT_TRUE(bit_equal(ops::matmul_tn(ops::transpose(a), b), product));
  EXPECT_TRUE(bit_equal(ops::matmul_nt(a, ops::transpose(b)), product));
  EXPECT_TRUE(bit_equal(ops::matmul(a.reshaped({2, 1, 3}), b), product.reshaped({2, 1, 4})));
  EXPECT_TRUE(
      bit_equal(ops::matmul(a.cast(DType::f16), b.cast(DType::f16)), product.cast(DType::f16)));
  EXPECT_TRUE(bit_equal(ops::matmul(Tensor(DType::f32, {2, 0}), Tensor(DType::f32, {0, 3})),
                        Tensor(DType::f32, {2, 3})));
  EXPECT_THAT(message_of<ValueError>([&] { ops::matmul(a, a); }),
              HasSubstr("matmul: shapes (2, 3) and (2, 3)"));
  EXPECT_THROW(ops::matmul(floats({}, {1}), b), ValueError);
  EXPECT_THROW(ops::matmul(a, b.cast(DType::f64)), TypeError);
  EXPECT_THROW(ops::matmul(a.cast(DType::i32), b.cast(DType::i32)), TypeError);
}

TEST(OpsTest, ShapesChange) {
  const Tensor a = Tensor::from<std::int32_t>({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_TRUE(bit_equal(ops::transpose(a), Tensor::from<std::int32_t>({3, 2}, {1, 4, 2, 5, 3, 6})));
  const std::int64_t order[] = {2, 0, 1};
  EXPECT_TRUE(bit_equal(ops::transpose(a.reshaped({1, 2, 3}), order),
                        Tensor::from<std::int32_t>({3, 1, 2}, {1, 4, 2, 5, 3, 6})));
  const std::int64_t twice[] = {0, 0};
  EXPECT_THROW(ops::transpose(a, twice), ValueError);
  EXPECT_EQ(ops::reshape(a, {-1, 2}).shape(), (Shape{3, 2}));
  EXPECT_EQ(ops::flatten(a).shape(), (Shape{6}));
  EXPECT_THAT(message_of<ValueError>([&] {
                ops::reshape(a, {-1, 4});
              }),
              HasSubstr("cannot reshape (2, 3) into (-1, 4)"));
  EXPECT_THROW(ops::reshape(a, {-1, -1}), ValueError);
  EXPECT_THROW(ops::reshape(Tensor(DType::f32, {0}), {-1, 0}), ValueError);
}

}  // namespace
}  // namespace seedproof::testing
