// glibc's double log and sincos: pseudo-random and edge arguments against the C library where that
// is glibc, and that the two variants differ.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/functions/glibc_log.h>
#include <seedproof/rng/functions/glibc_sincos.h>

namespace seedproof {
namespace {

using glibc::Variant;

constexpr std::uint64_t kArguments = 1u << 20;

// Weyl sequence through a 64-bit finaliser: arguments only, no number under test comes from it.
std::uint64_t mixed(std::uint64_t i) {
  std::uint64_t z = (i + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

double unit(std::uint64_t i) {
  return std::bit_cast<double>(0x3ff0000000000000u | (mixed(i) >> 12)) - 1.0;
}

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

std::vector<double> edges(std::initializer_list<double> centres) {
  std::vector<double> all;
  for (const double centre : centres) {
    const std::uint64_t middle = bits(centre);
    for (std::uint64_t i = 0; i < 9; ++i) {
      all.push_back(std::bit_cast<double>(middle + i - 4));
    }
  }
  return all;
}

std::vector<double> log_arguments() {
  std::vector<double> all =
      edges({1e-7, 0.5, 0.6875, 0.9375, 1.0, 1.0 + 0x1.09p-4, 1.375, 0x1p-900});
  for (std::uint64_t i = 0; i < kArguments; ++i) {
    all.push_back(std::fmax(unit(i), 1e-7));
  }
  return all;
}

std::vector<double> angles() {
  std::vector<double> all =
      edges({0x1p-27, 0.126, 0.85546875, 2.426265, std::numbers::pi, std::numbers::pi / 2,
             std::numbers::pi * 1.5, std::numbers::pi * 0.75, std::numbers::pi * 1.25,
             std::numbers::pi * 1.75});
  all.push_back(0.0);
  all.push_back(0x1.921fb54442d17p2);  // the greatest 2 pi * unit
  for (std::uint64_t i = 0; i < kArguments; ++i) {
    all.push_back(2.0 * std::numbers::pi * unit(i));
  }
  return all;
}

TEST(GlibcLog, KeepsTheExactPoints) {
  EXPECT_EQ(bits(glibc::log<Variant::fma>(1.0)), 0u);
  EXPECT_EQ(bits(glibc::log<Variant::plain>(1.0)), 0u);
  EXPECT_EQ(glibc::log<Variant::fma>(0.5), -std::numbers::ln2);
  EXPECT_EQ(glibc::log<Variant::plain>(0.5), -std::numbers::ln2);
}

// A stream made on one kind of processor is not the other's: the rule has to be told apart.
TEST(GlibcVariants, DifferSomewhereAndNeverFar) {
  std::uint64_t logs = 0;
  std::uint64_t sines = 0;
  for (std::uint64_t i = 0; i < kArguments; ++i) {
    const double u = std::fmax(unit(i), 1e-7);
    const std::uint64_t a = bits(glibc::log<Variant::fma>(u));
    const std::uint64_t b = bits(glibc::log<Variant::plain>(u));
    logs += a != b;
    EXPECT_LE(a - b + 1, 2u);
    const double v = 2.0 * std::numbers::pi * unit(i);
    const std::uint64_t s = bits(glibc::sincos<Variant::fma>(v).sin);
    const std::uint64_t t = bits(glibc::sincos<Variant::plain>(v).sin);
    sines += s != t;
    EXPECT_LE(s - t + 1, 2u);
  }
  EXPECT_GT(logs, 0u);
  EXPECT_LT(logs, kArguments / 1000);
  EXPECT_GT(sines, 0u);
  EXPECT_LT(sines, kArguments / 500);
}

#if defined(__GLIBC__) && defined(__x86_64__)

template <Variant V>
std::uint64_t unequal_logs() {
  std::uint64_t unequal = 0;
  for (const double x : log_arguments()) {
    const volatile double hidden = x;
    unequal += bits(glibc::log<V>(x)) != bits(std::log(static_cast<double>(hidden)));
  }
  return unequal;
}

template <Variant V>
std::uint64_t unequal_sincos() {
  std::uint64_t unequal = 0;
  for (const double x : angles()) {
    const volatile double hidden = x;
    double s = 0;
    double c = 0;
    ::sincos(hidden, &s, &c);
    const glibc::SinCos mine = glibc::sincos<V>(x);
    unequal += bits(mine.sin) != bits(s) || bits(mine.cos) != bits(c);
  }
  return unequal;
}

// The library is wholly one variant or wholly the other: which one is the processor's business, and
// GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2 shows the plain one on a processor with FMA.
TEST(GlibcLog, EqualsTheLibrary) {
  EXPECT_EQ(std::min(unequal_logs<Variant::fma>(), unequal_logs<Variant::plain>()), 0u);
}

TEST(GlibcSincos, EqualsTheLibrary) {
  EXPECT_EQ(std::min(unequal_sincos<Variant::fma>(), unequal_sincos<Variant::plain>()), 0u);
}

#endif

}  // namespace
}  // namespace seedproof
