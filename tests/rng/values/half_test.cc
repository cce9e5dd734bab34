#include <cmath>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include <seedproof/rng/values/half.h>

namespace seedproof {
namespace {

// A 16-bit format in words of the standard: the model that the integer code is held against.
struct Format {
  int mantissa;
  int bias;
  int exponents() const { return (1 << (15 - mantissa)) - 1; }
};
constexpr Format kF16{10, 15};
constexpr Format kBf16{7, 127};

double value_of(Format format, std::uint16_t bits) {
  const int exponent = bits >> format.mantissa & format.exponents();
  const int fraction = bits & ((1 << format.mantissa) - 1);
  const double sign = bits >> 15 != 0 ? -1.0 : 1.0;
  if (exponent == format.exponents()) {
    return fraction == 0 ? sign * std::numeric_limits<double>::infinity()
                         : std::numeric_limits<double>::quiet_NaN();
  }
  const double scaled = exponent == 0 ? fraction : fraction + (1 << format.mantissa);
  return sign * std::ldexp(scaled, (exponent == 0 ? 1 : exponent) - format.bias - format.mantissa);
}

struct Codec {
  Format format;
  std::uint16_t (*from_float)(float);
  std::uint16_t (*from_double)(double);
  float (*to_float)(std::uint16_t);
};
const Codec kCodecs[] = {{kF16, float_to_f16_bits, double_to_f16_bits, f16_bits_to_float},
                         {kBf16, float_to_bf16_bits, double_to_bf16_bits, bf16_bits_to_float}};

class Half : public testing::TestWithParam<Codec> {};
INSTANTIATE_TEST_SUITE_P(Formats, Half, testing::ValuesIn(kCodecs), [](const auto& test) {
  return test.param.format.mantissa == 10 ? "f16" : "bf16";
});

TEST_P(Half, EveryPatternReadsAsTheFormatSaysAndComesBack) {
  const Codec& codec = GetParam();
  for (int i = 0; i < 65536; ++i) {
    const auto bits = static_cast<std::uint16_t>(i);
    const double wanted = value_of(codec.format, bits);
    const float read = codec.to_float(bits);
    if (std::isnan(wanted)) {
      ASSERT_TRUE(std::isnan(read)) << i;
      const std::uint16_t back = codec.from_float(read);
      ASSERT_TRUE(std::isnan(value_of(codec.format, back))) << i;
      ASSERT_EQ(back >> 15, bits >> 15) << i;
      ASSERT_TRUE(std::isnan(value_of(codec.format, codec.from_double(read)))) << i;
      continue;
    }
    ASSERT_EQ(read, wanted) << i;
    ASSERT_EQ(std::signbit(read), bits >> 15 != 0) << i;
    ASSERT_EQ(codec.from_float(read), bits) << i;
    ASSERT_EQ(codec.from_double(wanted), bits) << i;
  }
}

// Between neighbours a and b: below the middle goes to a, above it to b, the middle to the even
// one. All neighbours, and at the top infinity with the middle where the next value would lie.
TEST_P(Half, EveryGapRoundsToNearestEven) {
  const Codec& codec = GetParam();
  const int infinity = codec.format.exponents() << codec.format.mantissa;
  for (int i = 0; i < infinity; ++i) {
    const auto low = static_cast<std::uint16_t>(i);
    const auto high = static_cast<std::uint16_t>(i + 1);
    const double a = value_of(codec.format, low);
    const double b = i + 1 == infinity
                         ? 2 * a - value_of(codec.format, static_cast<std::uint16_t>(i - 1))
                         : value_of(codec.format, high);
    const double middle = (a + b) / 2;
    const std::uint16_t even = (i & 1) == 0 ? low : high;
    ASSERT_EQ(codec.from_double(middle), even) << i;
    ASSERT_EQ(codec.from_double(std::nextafter(middle, 0.0)), low) << i;
    ASSERT_EQ(codec.from_double(std::nextafter(middle, HUGE_VAL)), high) << i;
    ASSERT_EQ(codec.from_double(-middle), even | 0x8000) << i;
    ASSERT_EQ(codec.from_double(-std::nextafter(middle, HUGE_VAL)), high | 0x8000) << i;
    const auto single = static_cast<float>(middle);  // exact: one bit more than the format has
    ASSERT_EQ(single, middle) << i;
    ASSERT_EQ(codec.from_float(single), even) << i;
    ASSERT_EQ(codec.from_float(std::nextafter(single, 0.0F)), low) << i;
    ASSERT_EQ(codec.from_float(std::nextafter(single, HUGE_VALF)), high) << i;
  }
}

TEST_P(Half, ExtremesAndNaN) {
  const Codec& codec = GetParam();
  const auto infinity = codec.format.exponents() << codec.format.mantissa;
  using Double = std::numeric_limits<double>;
  using Float = std::numeric_limits<float>;
  EXPECT_EQ(codec.from_double(Double::infinity()), infinity);
  EXPECT_EQ(codec.from_double(-Double::infinity()), infinity | 0x8000);
  EXPECT_EQ(codec.from_double(Double::max()), infinity);
  EXPECT_EQ(codec.from_double(Double::denorm_min()), 0);
  EXPECT_EQ(codec.from_double(-Double::denorm_min()), 0x8000);
  EXPECT_EQ(codec.from_float(-0.0F), 0x8000);
  EXPECT_EQ(codec.from_float(Float::infinity()), infinity);
  if (codec.format.mantissa == 10) {
    EXPECT_EQ(codec.from_float(Float::denorm_min()), 0);
  }
  // A payload of low bits alone must not turn into infinity.
  EXPECT_TRUE(std::isnan(codec.to_float(codec.from_float(std::bit_cast<float>(0x7f800001U)))));
  EXPECT_TRUE(
      std::isnan(codec.to_float(codec.from_double(std::bit_cast<double>(0x7ff0000000000001ULL)))));
}

// 1 + 2^-11 + 2^-40 rounds up once; by way of float it would lose 2^-40, meet a tie, and stay at 1.
TEST(HalfFromDouble, RoundsOnce) {
  const double value = 1.0 + 0x1p-11 + 0x1p-40;
  EXPECT_EQ(float_to_f16_bits(static_cast<float>(value)), 0x3c00);
  EXPECT_EQ(double_to_f16_bits(value), 0x3c01);
  const double other = 1.0 + 0x1p-8 + 0x1p-40;
  EXPECT_EQ(float_to_bf16_bits(static_cast<float>(other)), 0x3f80);
  EXPECT_EQ(double_to_bf16_bits(other), 0x3f81);
}

}  // namespace
}  // namespace seedproof
