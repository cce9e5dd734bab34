#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/rules/native_float.h>
#include <seedproof/rng/rules/native_integer.h>
#include <seedproof/rng/rules/native_mask.h>

namespace seedproof::native {
namespace {

constexpr std::uint32_t kMost32 = 0xffffffffU;
constexpr std::uint64_t kMost64 = ~std::uint64_t{0};

TEST(NativeFloat, ScriptedWordsAtTheExtremes) {
  EXPECT_EQ(uniform_f32(0), 0.0F);
  EXPECT_EQ(uniform_f32(0xff), 0.0F);
  EXPECT_EQ(uniform_f32(0x100), 0x1p-24F);
  EXPECT_EQ(uniform_f32(0x80000000U), 0.5F);
  EXPECT_EQ(uniform_f32(kMost32), 1.0F - 0x1p-24F);
  EXPECT_EQ(uniform_f32_positive(0), 0x1p-24F);
  EXPECT_EQ(uniform_f32_positive(kMost32), 1.0F);
  EXPECT_EQ(uniform_f64(0), 0.0);
  EXPECT_EQ(uniform_f64(0x7ff), 0.0);
  EXPECT_EQ(uniform_f64(0x800), 0x1p-53);
  EXPECT_EQ(uniform_f64(kMost64), 1.0 - 0x1p-53);
  EXPECT_EQ(uniform_f64_positive(0), 0x1p-53);
  EXPECT_EQ(uniform_f64_positive(kMost64), 1.0);
  EXPECT_EQ(uniform_f64_centred(0), -(0.5 - 0x1p-53));
  EXPECT_EQ(uniform_f64_centred(kMost64), 0.5 - 0x1p-53);
  EXPECT_EQ(uniform_f64_centred(std::uint64_t{1} << 63), 0x1p-53);
  EXPECT_EQ(word64(1, 2), 0x200000001U);
}

TEST(NativeFloat, CentredIsOddAndNeverZero) {
  for (std::uint64_t word = 0x123456789abcdefULL, i = 0; i < 1000;
       ++i, word *= 6364136223846793005U) {
    EXPECT_EQ(uniform_f64_centred(word), -uniform_f64_centred(~word));
    EXPECT_NE(uniform_f64_centred(word), 0.0);
  }
}

// Every one of the 2^24 numbers of the rule occurs for exactly 2^8 words, in order.
TEST(NativeFloat, EveryNumberComesFromOneRunOfWords) {
  for (std::uint32_t high = 0; high < 1U << 24; ++high) {
    const float wanted = std::ldexp(static_cast<float>(high), -24);
    ASSERT_EQ(uniform_f32(high << 8), wanted);
    ASSERT_EQ(uniform_f32(high << 8 | 0xff), wanted);
    ASSERT_EQ(uniform_f32_positive(high << 8 | 0x80), wanted + 0x1p-24F);
  }
}

TEST(NativeMask, KeepsWhereTheWordReachesTheRate) {
  for (const double rate : {0.0, 0.3, 1.0 / 3.0, 0.7, 0x1p-32, 0x1p-33, 0x1p-60, 1.0 - 0x1p-40,
                            std::nextafter(0.5, 0.0), std::nextafter(0.5, 1.0), 1.0}) {
    const std::uint64_t threshold = keep_threshold(rate);
    for (const std::uint64_t word :
         {std::uint64_t{0}, std::uint64_t{1}, threshold - 1, threshold, threshold + 1,
          std::uint64_t{0x7fffffff}, std::uint64_t{0x80000000}, std::uint64_t{kMost32}}) {
      if (word > kMost32) continue;
      // Exact: both sides have at most 53 bits.
      EXPECT_EQ(keeps(static_cast<std::uint32_t>(word), threshold),
                static_cast<double>(word) * 0x1p-32 >= rate)
          << "word " << word << ", rate " << rate;
    }
  }
  EXPECT_EQ(keep_threshold(0.0), 0U);
  EXPECT_EQ(keep_threshold(1.0), std::uint64_t{1} << 32);
  EXPECT_EQ(keep_threshold(0.25), std::uint64_t{1} << 30);
  EXPECT_EQ(keep_threshold(0x1p-60), 1U);
  EXPECT_TRUE(keeps(0, keep_threshold(0.0)));
  EXPECT_FALSE(keeps(kMost32, keep_threshold(1.0)));
}

std::uint64_t draw(const std::array<std::uint32_t, 4>& words, std::uint64_t span) {
  return bounded(words, span);
}

TEST(NativeInteger, ScriptedWordsAtTheExtremes) {
  EXPECT_EQ(draw({kMost32, kMost32, 1, 2}, 1), 0U);
  EXPECT_EQ(draw({0, 0, 1, 2}, 1), 0U);
  EXPECT_EQ(draw({kMost32, kMost32, 1, 2}, 10), 9U);
  EXPECT_EQ(draw({1, 0x80000000U, 1, 2}, 10), 5U);
  EXPECT_EQ(draw({5, 6, 1, 2}, 0), 0x600000005U);  // 2^64: the word itself
  EXPECT_EQ(draw({kMost32, kMost32, 1, 2}, kMost64), kMost64 - 1);
  EXPECT_EQ(draw({0, 0x80000000U, 1, 2}, std::uint64_t{1} << 63), std::uint64_t{1} << 62);
}

// 2^64 mod 10 is 6: of the words x with floor(10 x / 2^64) = d, those with a remainder below 6 go.
// x = 0 has remainder 0, so it is rejected, and its place is taken by its own Philox words.
TEST(NativeInteger, ARejectedWordIsReplacedFromItsOwnCounterRange) {
  const auto block = philox4x32({{0, 0, 0, 0x65746e69U}}, {{77, 88}});
  const std::uint64_t next = word64(block.words[0], block.words[1]);
  EXPECT_EQ(draw({0, 0, 77, 88}, 10), detail::multiply(next, std::uint64_t{10}).high);
  EXPECT_EQ(draw({1, 0, 77, 88}, 10), 0U);  // remainder 10: kept
}

TEST(NativeInteger, SecondAttemptsUseTheNextCounter) {
  // Half of all words are rejected for this span, so chains of several attempts occur.
  constexpr std::uint64_t kSpan = (std::uint64_t{1} << 63) + 1;
  const std::uint64_t least = (0 - kSpan) % kSpan;
  int longest = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const auto words = philox4x32({{seed, 0, 0, 0}}, {{1, 2}}).words;
    std::uint64_t x = word64(words[0], words[1]);
    std::uint32_t attempts = 0;
    while (x * kSpan < least) {  // modulo 2^64
      const auto block =
          philox4x32({{words[0], words[1], attempts++, 0x65746e69U}}, {{words[2], words[3]}});
      x = word64(block.words[0], block.words[1]);
    }
    longest = std::max(longest, static_cast<int>(attempts));
    EXPECT_EQ(bounded(words, kSpan), detail::multiply(x, kSpan).high);
  }
  EXPECT_GE(longest, 4);
}

// A model of the rule with 8-bit words counts exactly: after rejection each result has as many
// words as any other. The rule's own condition is what is modelled, for every span.
TEST(NativeInteger, TheConditionLeavesNoBias) {
  for (int span = 1; span <= 256; ++span) {
    std::vector<int> hits(static_cast<std::size_t>(span));
    for (int x = 0; x < 256; ++x) {
      if (x * span % 256 >= 256 % span) ++hits[static_cast<std::size_t>(x * span / 256)];
    }
    for (const int count : hits) ASSERT_EQ(count, 256 / span) << span;
  }
}

}  // namespace
}  // namespace seedproof::native
