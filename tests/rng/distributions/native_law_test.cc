// Whether the numbers of the `native` rules follow their law. Keys are fixed, so the outcomes are;
// limits are those of a level of about one in a thousand or stricter.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/distributions/native.h>

namespace seedproof::native {
namespace {

constexpr std::int64_t kCount = 200001;

// Gives the same words again and again.
class ScriptedWords final : public WordSource {
 public:
  explicit ScriptedWords(std::vector<std::uint32_t> script) : script_(std::move(script)) {}
  void words(std::uint64_t first, std::span<std::uint32_t> out) override {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = script_[(first + i) % script_.size()];
  }

 private:
  std::vector<std::uint32_t> script_;
};

std::vector<double> values(WordSource& source, const Distribution& distribution, DType dtype,
                           std::int64_t count) {
  Tensor out(dtype, {count});
  fill(source, distribution, 0, out.view());
  std::vector<double> numbers(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = out.at(i);
  return numbers;
}

std::vector<double> values(const Distribution& distribution, DType dtype,
                           std::int64_t count = kCount) {
  PhiloxWords source(Key<std::uint32_t, 2>{{0xfeed, 0xbeef}});
  return values(source, distribution, dtype, count);
}

double scripted(const Distribution& distribution, DType dtype, std::vector<std::uint32_t> script,
                std::size_t element = 0) {
  ScriptedWords source(std::move(script));
  return values(source, distribution, dtype, static_cast<std::int64_t>(element) + 1)[element];
}

// Kolmogorov and Smirnov: the largest distance from the law, times sqrt(n), exceeds 1.95 once in a
// thousand.
double distance(std::vector<double> numbers, const std::function<double(double)>& law) {
  std::sort(numbers.begin(), numbers.end());
  const auto n = static_cast<double>(numbers.size());
  double worst = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double at = law(numbers[i]);
    worst =
        std::max({worst, (static_cast<double>(i) + 1) / n - at, at - static_cast<double>(i) / n});
  }
  return worst * std::sqrt(n);
}

double phi(double z) { return std::erfc(-z * std::sqrt(0.5)) / 2; }

double correlation(const std::vector<double>& x, std::size_t lag) {
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
  double product = 0;
  double square = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    square += (x[i] - mean) * (x[i] - mean);
    if (i + lag < x.size()) product += (x[i] - mean) * (x[i + lag] - mean);
  }
  return product / square * std::sqrt(static_cast<double>(x.size()));
}

TEST(NativeLaw, Uniform) {
  for (const DType dtype : {DType::f32, DType::f64}) {
    const auto numbers = values(Uniform{-2.0, 3.0}, dtype);
    EXPECT_LT(distance(numbers, [](double x) { return (x + 2) / 5; }), 1.95);
    EXPECT_GE(*std::min_element(numbers.begin(), numbers.end()), -2.0);
    EXPECT_LT(*std::max_element(numbers.begin(), numbers.end()), 3.0);
    for (const std::size_t lag : {1, 2, 3, 4}) EXPECT_LT(std::fabs(correlation(numbers, lag)), 4.0);
  }
}

TEST(NativeLaw, Normal) {
  for (const DType dtype : {DType::f32, DType::f64}) {
    const auto numbers = values(Normal{0.5, 0.25}, dtype);
    EXPECT_LT(distance(numbers, [](double x) { return phi((x - 0.5) / 0.25); }), 1.95);
    for (const std::size_t lag : {1, 2, 3, 4}) EXPECT_LT(std::fabs(correlation(numbers, lag)), 4.0);
  }
}

TEST(NativeLaw, TruncatedNormal) {
  for (const DType dtype : {DType::f32, DType::f64}) {
    const auto numbers = values(TruncatedNormal{-1.0, 2.0}, dtype);
    EXPECT_LT(distance(numbers,
                       [](double x) { return (phi((x + 1) / 2) - phi(-2)) / (phi(2) - phi(-2)); }),
              1.95);
    EXPECT_GE(*std::min_element(numbers.begin(), numbers.end()), -5.0);
    EXPECT_LE(*std::max_element(numbers.begin(), numbers.end()), 3.0);
  }
}

TEST(NativeLaw, TheDistanceSeesAShiftOfTwoPercent) {
  EXPECT_GT(distance(values(Normal{0.02, 1.0}, DType::f64), phi), 1.95);
  EXPECT_GT(distance(values(TruncatedNormal{}, DType::f64), phi), 1.95);
}

TEST(NativeLaw, KeepMaskKeepsOneLessTheRate) {
  for (const double rate : {0.1, 0.3, 0.9}) {
    const auto numbers = values(KeepMask{rate}, DType::u8);
    const double kept = std::accumulate(numbers.begin(), numbers.end(), 0.0);
    EXPECT_NEAR(kept, kCount * (1 - rate), 3.3 * std::sqrt(kCount * rate * (1 - rate))) << rate;
  }
  const auto all = values(KeepMask{0.0}, DType::boolean, 999);
  EXPECT_EQ(std::count(all.begin(), all.end(), 1.0), 999);
  const auto none = values(KeepMask{1.0}, DType::boolean, 999);
  EXPECT_EQ(std::count(none.begin(), none.end(), 0.0), 999);
}

// Chi squared of counts that should be equal; mean k - 1, deviation sqrt(2 (k - 1)).
double excess(const std::vector<int>& counts) {
  const double mean =
      std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
  double sum = 0;
  for (const int count : counts) sum += (count - mean) * (count - mean) / mean;
  const double freedom = static_cast<double>(counts.size()) - 1;
  return (sum - freedom) / std::sqrt(2 * freedom);
}

TEST(NativeLaw, IntegersFillTheirRangeEvenly) {
  std::vector<int> counts(13);
  for (const double x : values(Integers{-5, 8}, DType::i16))
    ++counts[static_cast<std::size_t>(x + 5)];
  EXPECT_LT(std::fabs(excess(counts)), 4.0);
  std::vector<int> bytes(256);
  for (const double x : values(Integers{}, DType::i8)) ++bytes[static_cast<std::size_t>(x + 128)];
  EXPECT_LT(std::fabs(excess(bytes)), 4.0);
}

// Without rejection the lower half of this range would come twice as often as the upper.
TEST(NativeLaw, IntegersOfARangeThatRejectsHalfAreEven) {
  constexpr std::int64_t kLow = -4611686018427387905;
  std::vector<int> counts(4);
  for (const double x : values(Integers{kLow, -kLow - 1}, DType::i64)) {
    ++counts[static_cast<std::size_t>(std::min(3.0, (x - static_cast<double>(kLow)) * 0x1p-61))];
  }
  EXPECT_LT(std::fabs(excess(counts)), 4.0);
}

TEST(NativeLaw, PermutationsAreWholeAndEven) {
  std::map<std::vector<double>, int> seen;
  for (std::uint32_t key = 0; key < 24000; ++key) {
    PhiloxWords source(Key<std::uint32_t, 2>{{key, 3}});
    ++seen[values(source, Permutation{}, DType::i32, 4)];
  }
  ASSERT_EQ(seen.size(), 24U);
  std::vector<int> counts;
  for (const auto& [order, count] : seen) counts.push_back(count);
  EXPECT_LT(std::fabs(excess(counts)), 4.0);
  auto large = values(Permutation{}, DType::i64, 10007);
  EXPECT_FALSE(std::is_sorted(large.begin(), large.end()));
  std::sort(large.begin(), large.end());
  for (std::size_t i = 0; i < large.size(); ++i) ASSERT_EQ(large[i], static_cast<double>(i));
}

TEST(NativeExtremes, UniformNeverReachesItsUpperBound) {
  const std::uint32_t most = 0xffffffffU;
  EXPECT_EQ(scripted(Uniform{}, DType::f32, {most}), 1.0 - 0x1p-24);
  EXPECT_EQ(scripted(Uniform{}, DType::f64, {most}), 1.0 - 0x1p-53);
  EXPECT_EQ(scripted(Uniform{-3.0, 7.0}, DType::f32, {0}), -3.0);
  // 1 + (1 - 2^-24) 2^-22 rounds to the bound, so the number below it stands.
  EXPECT_EQ(scripted(Uniform{1.0, 1.0 + 0x1p-22}, DType::f32, {most}), 1.0 + 0x1p-23);
  EXPECT_EQ(scripted(Uniform{2.0, 2.0}, DType::f32, {most}), 2.0);
  EXPECT_EQ(scripted(Uniform{2.0, 2.0}, DType::f64, {most}), 2.0);
  EXPECT_EQ(scripted(Uniform{}, DType::f16, {most}), 1.0);  // documented: rounding may reach it
}

TEST(NativeExtremes, NormalsAreFiniteAtTheEndsOfTheWords) {
  const std::uint32_t most = 0xffffffffU;
  // u = 2^-53, t = 0: r = sqrt(106 log 2).
  EXPECT_NEAR(scripted(Normal{}, DType::f64, {0, 0, 0, 0}), 8.571674348652905, 1e-14);
  EXPECT_EQ(scripted(Normal{}, DType::f64, {0, 0, 0, 0}, 1), 0.0);
  EXPECT_EQ(scripted(Normal{}, DType::f64, {most, most, 0, 0}), 0.0);  // u = 1
  EXPECT_NEAR(scripted(Normal{}, DType::f64, {0, 0, 0, 0x80000000U}), -8.571674348652905, 1e-14);
  EXPECT_NEAR(scripted(Normal{}, DType::f64, {0, 0, 0, 0x40000000U}, 1), 8.571674348652905, 1e-14);
}

TEST(NativeExtremes, TruncatedNormalsStayWithinTwo) {
  const std::uint32_t most = 0xffffffffU;
  const double low = scripted(TruncatedNormal{}, DType::f64, {0, 0});
  const double high = scripted(TruncatedNormal{}, DType::f64, {most, most});
  EXPECT_GE(low, -2.0);
  EXPECT_LE(high, 2.0);
  EXPECT_NEAR(low, -2.0, 1e-14);
  EXPECT_EQ(low, -high);
}

TEST(NativeExtremes, MasksTurnAtTheRate) {
  EXPECT_EQ(scripted(KeepMask{0.25}, DType::f32, {0x3fffffffU}), 0.0);
  EXPECT_EQ(scripted(KeepMask{0.25}, DType::f32, {0x40000000U}), 1.0);
}

}  // namespace
}  // namespace seedproof::native
