// The elementary functions of the `native` rules against the C library's long double ones, which
// carry 64 bits.
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

#include <gtest/gtest.h>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/functions/native_log.h>
#include <seedproof/rng/functions/native_quantile.h>
#include <seedproof/rng/functions/native_sincos.h>
#include <seedproof/rng/rules/native_float.h>

namespace seedproof::native {
namespace {

static_assert(std::numeric_limits<long double>::digits >= 64, "a wider reference is wanted");

constexpr int kCount = 400000;

std::uint64_t word(std::uint32_t index) {
  const auto block = philox4x32({{index, 0, 0, 0}}, {{2024, 7}});
  return word64(block.words[0], block.words[1]);
}

// Distance in units of the last place that a double at `wanted` has.
double ulps(double got, long double wanted) {
  int exponent = 0;
  std::frexp(wanted, &exponent);
  return static_cast<double>(std::fabs(got - wanted) / std::ldexp(1.0L, exponent - 53));
}

TEST(NativeLog, WithinOneUlpOfTheLongDouble) {
  double worst = 0;
  for (std::uint32_t i = 0; i < kCount; ++i) {
    double x = uniform_f64_positive(word(i));
    if (i % 3 == 0) x = std::ldexp(x, -static_cast<int>(i % 53));
    if (i % 3 == 1) x = 1.0 - std::ldexp(x, -static_cast<int>(i % 50));  // near 1
    if (x == 0) continue;
    worst = std::max(worst, ulps(log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
  EXPECT_GT(worst, 0.4);  // the reference is another function
  RecordProperty("worst_ulp", std::to_string(worst));
}

TEST(NativeLog, ExactAndExtremeArguments) {
  EXPECT_EQ(std::bit_cast<std::uint64_t>(log(1.0)), 0U);
  EXPECT_EQ(log(0.5), -std::numbers::ln2);
  EXPECT_EQ(log(0x1p-53), -53 * std::numbers::ln2);
  EXPECT_LT(log(std::nextafter(1.0, 0.0)), 0.0);
  EXPECT_GT(log(std::nextafter(1.0, 2.0)), 0.0);
}

TEST(NativeSinCos, WithinTwoUlpsOfTheLongDouble) {
  const long double two_pi = 2 * std::numbers::pi_v<long double>;
  double worst = 0;
  for (std::uint32_t i = 0; i < kCount; ++i) {
    double t = uniform_f64(word(i));
    if (i % 4 == 0) t = std::ldexp(t, -static_cast<int>(i % 50));
    // Reduced exactly, so that the reference is good where the result is small.
    const int quarter = static_cast<int>(4 * t + 0.5);
    const long double x = (static_cast<long double>(t) - quarter / 4.0L) * two_pi;
    const long double s = std::sin(x);
    const long double c = std::cos(x);
    const long double sines[] = {s, c, -s, -c, s};
    const long double cosines[] = {c, -s, -c, s, c};
    const SinCos got = sincos_turns(t);
    worst = std::max(worst, ulps(got.sin, sines[quarter]));
    worst = std::max(worst, ulps(got.cos, cosines[quarter]));
  }
  EXPECT_LT(worst, 2.0);
  EXPECT_GT(worst, 0.4);
  RecordProperty("worst_ulp", std::to_string(worst));
}

TEST(NativeSinCos, QuarterTurnsAreExact) {
  const auto expect = [](double t, double s, double c) {
    const SinCos got = sincos_turns(t);
    EXPECT_EQ(got.sin, s) << t;
    EXPECT_EQ(got.cos, c) << t;
  };
  expect(0.0, 0, 1);
  expect(0.25, 1, 0);
  expect(0.5, 0, -1);
  expect(0.75, -1, 0);
  EXPECT_LT(sincos_turns(1.0 - 0x1p-53).sin, 0.0);
}

// The root of Phi(z) = 1/2 + q by Newton's method in long double, from a nearby z.
long double quantile_reference(double q, double near) {
  const long double root_half = std::sqrt(0.5L);
  const long double density = 1 / std::sqrt(2 * std::numbers::pi_v<long double>);
  long double z = near;
  for (int i = 0; i < 4; ++i) {
    long double excess = 0;
    if (std::fabs(q) < 0.3) {
      excess = std::erf(z * root_half) / 2 - q;
    } else {
      excess =
          (0.5L - std::fabs(static_cast<long double>(q))) - std::erfc(std::fabs(z) * root_half) / 2;
      if (z < 0) excess = -excess;
    }
    z -= excess / (density * std::exp(-z * z / 2));
  }
  return z;
}

TEST(NativeQuantile, RelativeErrorBelowOneInTenToTheFifteen) {
  long double worst = 0;
  for (std::uint32_t i = 0; i < kCount / 2; ++i) {
    double q = uniform_f64_centred(word(i));
    if (i % 4 == 0)
      q = std::copysign(0.5 - std::ldexp(0.5 - std::fabs(q) / 2, -static_cast<int>(i % 51)), q);
    if (i % 4 == 1) q = std::ldexp(q, -static_cast<int>(i % 50));
    if (std::fabs(q) >= 0.5) continue;
    const double z = normal_quantile(q);
    const long double wanted = quantile_reference(q, z);
    worst = std::max(worst, std::fabs((z - wanted) / wanted));
  }
  EXPECT_LT(worst, 1e-15L);
  EXPECT_GT(worst, 1e-17L);
  RecordProperty("worst_relative", std::to_string(static_cast<double>(worst) * 1e16) + "e-16");
}

TEST(NativeQuantile, IsOddMonotoneAndKnownAtTables) {
  EXPECT_EQ(normal_quantile(0.0), 0.0);
  EXPECT_NEAR(normal_quantile(0.475), 1.959963984540054, 2e-15);
  EXPECT_NEAR(normal_quantile(0.25), 0.6744897501960817, 1e-15);
  EXPECT_NEAR(normal_quantile(-0.49), -2.3263478740408408, 3e-15);
  double last = -HUGE_VAL;
  for (int i = -9999; i <= 9999; ++i) {
    const double z = normal_quantile(i / 20000.0);
    EXPECT_EQ(z, -normal_quantile(-i / 20000.0));
    EXPECT_GT(z, last);
    last = z;
  }
  EXPECT_LT(normal_quantile(0.5 - 0x1p-53), 8.3);
}

}  // namespace
}  // namespace seedproof::native
