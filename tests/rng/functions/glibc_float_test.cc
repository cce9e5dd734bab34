// glibc's logf and sincosf: every argument that TensorFlow's float normals can reach, against the C
// library itself where that is glibc, and a few recorded values everywhere.
#include <bit>
#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include <seedproof/rng/functions/glibc_logf.h>
#include <seedproof/rng/functions/glibc_sincosf.h>

namespace seedproof {
namespace {

std::uint32_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }

float unit(std::uint32_t mantissa) { return std::bit_cast<float>(0x3f800000u | mantissa) - 1.0f; }

float angle(std::uint32_t mantissa) {
  return static_cast<float>(6.283185307179586 * static_cast<double>(unit(mantissa)));
}

// Correctly rounded from 50-digit decimals; at these arguments the originals round correctly too.
TEST(GlibcLogf, ReturnsRecordedValues) {
  EXPECT_EQ(glibc::logf(1.0f), 0.0f);
  EXPECT_FALSE(std::signbit(glibc::logf(1.0f)));
  EXPECT_EQ(glibc::logf(0.5f), -0x1.62e43p-1f);
  EXPECT_EQ(glibc::logf(2.0f), 0x1.62e43p-1f);
  EXPECT_EQ(glibc::logf(1e-7f), -0x1.01e3b8p4f);
}

TEST(GlibcSincosf, ReturnsRecordedValues) {
  const glibc::SinCosF zero = glibc::sincosf(0.0f);
  EXPECT_EQ(bits(zero.sin), 0u);
  EXPECT_EQ(zero.cos, 1.0f);
  const glibc::SinCosF one = glibc::sincosf(1.0f);
  EXPECT_EQ(one.sin, 0x1.aed548p-1f);
  EXPECT_EQ(one.cos, 0x1.14a28p-1f);
}

#if defined(__GLIBC__)

TEST(GlibcLogf, EqualsTheLibraryForEveryUniform) {
  std::uint32_t unequal = 0;
  for (std::uint32_t m = 0; m < 1u << 23; ++m) {
    const volatile float u = std::fmax(unit(m), 1e-7f);
    unequal += bits(glibc::logf(u)) != bits(std::log(static_cast<float>(u)));
  }
  EXPECT_EQ(unequal, 0u);
}

TEST(GlibcLogf, EqualsTheLibraryAllOverTheRange) {
  std::uint32_t unequal = 0;
  for (std::uint32_t word = 0x00800000u; word < 0x7f800000u; word += 509) {
    const volatile float x = std::bit_cast<float>(word);
    unequal += bits(glibc::logf(x)) != bits(std::log(static_cast<float>(x)));
  }
  EXPECT_EQ(unequal, 0u);
}

void expect_library_sincosf(std::uint32_t first, std::uint32_t last, std::uint32_t step,
                            float (*argument)(std::uint32_t)) {
  std::uint32_t unequal = 0;
  for (std::uint32_t i = first; i < last; i += step) {
    const volatile float x = argument(i);
    float s = 0;
    float c = 0;
    ::sincosf(x, &s, &c);
    const glibc::SinCosF mine = glibc::sincosf(x);
    unequal += bits(mine.sin) != bits(s) || bits(mine.cos) != bits(c);
  }
  EXPECT_EQ(unequal, 0u);
}

TEST(GlibcSincosf, EqualsTheLibraryForEveryAngle) { expect_library_sincosf(0, 1u << 23, 1, angle); }

TEST(GlibcSincosf, EqualsTheLibraryFromZeroTo120) {
  const auto of_bits = [](std::uint32_t word) { return std::bit_cast<float>(word); };
  expect_library_sincosf(0, std::bit_cast<std::uint32_t>(120.0f), 509, of_bits);
}

#endif

}  // namespace
}  // namespace seedproof
