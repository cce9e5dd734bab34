#include <cstring>

#include <gtest/gtest.h>

#include <seedproof/harness/golden/digest.h>

namespace seedproof {
namespace {

// Computed with hashlib and NumPy by the Python of docs/golden-format.md.
TEST(ArrayDigest, MatchesPython) {
  const Tensor a = Tensor::from<float>({2, 3}, {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(array_digest(a),
            "sha256:9bb6eceb12595c8f0eea9484208a98c17d2a98313ab6ced86a1a4a95b6ddc2b7");
  EXPECT_EQ(array_digest(Tensor::from<double>({}, {3.0})),
            "sha256:4aeab774cdd3b0e43f3bbc95e1da4e2c3e771a768e04fa011bd332872987c8c4");
  EXPECT_EQ(array_digest(Tensor(DType::u16, {0, 5})),
            "sha256:b9835b77ebbc0cc46faeec5d8931f9a17b3ec45077c4ee82c36ba2f1a3984b79");
}

TEST(ArrayDigest, TellsDtypeShapeAndEveryBit) {
  const Tensor a = Tensor::from<float>({2, 3}, {0, 1, 2, 3, 4, 5});
  EXPECT_NE(array_digest(a), array_digest(a.reshaped({3, 2})));
  EXPECT_NE(array_digest(a), array_digest(a.reshaped({6})));
  const Tensor zeros(DType::f32, {2});
  EXPECT_NE(array_digest(zeros), array_digest(Tensor(DType::i32, {2})));
  for (std::size_t bit = 0; bit < 8 * a.bytes(); ++bit) {
    Tensor b = a;
    b.data()[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
    ASSERT_NE(array_digest(a), array_digest(b)) << bit;
  }
}

TEST(ArrayLocator, MatchesPython) {
  // locator(np.array([1, 2, 3], 'u1')), and of four 64-bit words of all ones.
  EXPECT_EQ(array_locator(Tensor::from<std::uint8_t>({3}, {1, 2, 3})), "6:8");
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(array_locator(Tensor::from<std::uint64_t>({4}, {ones, ones, ones, ones})),
            "3fffffffffffffffc:5fffffffffffffffa");
  EXPECT_EQ(array_locator(Tensor(DType::f32, {0})), "0:0");
}

TEST(ArrayLocator, NamesAnyFlippedBit) {
  for (const DType dtype : {DType::u8, DType::f16, DType::f32, DType::f64}) {
    Tensor a(dtype, {3, 7});
    for (std::size_t i = 0; i < a.bytes(); ++i) a.data()[i] = static_cast<std::byte>(37 * i + 11);
    const std::string locator = array_locator(a);
    EXPECT_FALSE(locate_change(a, locator));
    for (std::size_t bit = 0; bit < 8 * a.bytes(); ++bit) {
      Tensor b = a;
      b.data()[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
      const auto found = locate_change(b, locator);
      ASSERT_TRUE(found) << bit;
      ASSERT_EQ(*found, bit / 8 / size_of(dtype));
    }
  }
}

TEST(ArrayLocator, RefusesWhatIsNoSingleChangeOrNoLocator) {
  const Tensor a = Tensor::from<std::uint8_t>({4}, {9, 9, 9, 9});
  const Tensor swapped = Tensor::from<std::uint8_t>({4}, {8, 10, 9, 9});
  EXPECT_FALSE(locate_change(swapped, array_locator(a)));
  for (const char* text :
       {"", ":", "6", "6:", ":8", "g:8", "6:8:9", "0x6:8", "111111111111111111111111111111111:1"}) {
    EXPECT_FALSE(locate_change(a, text)) << text;
  }
}

}  // namespace
}  // namespace seedproof
