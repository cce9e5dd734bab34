#include <seedproof/rng/values/half.h>

namespace seedproof {

namespace {

// One rounding serves all four conversions: from a binary format with `kFromMantissa` explicit bits
// to a 16-bit one, in integers, so that neither the compiler nor the rounding mode has a say.
template <class Bits, int kFromMantissa, int kFromBias, int kToMantissa, int kToBias>
std::uint16_t narrow(Bits raw) {
  constexpr int kWidth = static_cast<int>(sizeof(Bits)) * 8;
  constexpr int kFromExponent = (1 << (kWidth - 1 - kFromMantissa)) - 1;
  constexpr int kToExponent = (1 << (15 - kToMantissa)) - 1;
  constexpr int kShift = kFromMantissa - kToMantissa;
  constexpr Bits kImplicit = Bits{1} << kFromMantissa;
  constexpr auto kInfinity = static_cast<std::uint16_t>(kToExponent << kToMantissa);

  const auto sign = static_cast<std::uint16_t>((raw >> (kWidth - 1)) << 15);
  const int exponent = static_cast<int>(raw >> kFromMantissa) & kFromExponent;
  const Bits fraction = raw & (kImplicit - 1);

  if (exponent == kFromExponent) {
    if (fraction == 0) return static_cast<std::uint16_t>(sign | kInfinity);
    // The quiet bit is set, so that a payload of low bits alone does not become an infinity.
    const auto payload = static_cast<unsigned>(fraction >> kShift) | (1U << (kToMantissa - 1));
    return static_cast<std::uint16_t>(sign | kInfinity | payload);
  }

  // value = significand * 2^(power - kFromMantissa), in units of the target's last place.
  const Bits significand = exponent == 0 ? fraction : (fraction | kImplicit);
  const int power = (exponent == 0 ? 1 : exponent) - kFromBias;
  const int to_exponent = power + kToBias;
  const int drop = kShift + (to_exponent < 1 ? 1 - to_exponent : 0);
  if (drop > kFromMantissa + 1) return sign;  // below half of the smallest subnormal

  const Bits half = Bits{1} << (drop - 1);
  const Bits rest = significand & ((half << 1) - 1);
  Bits kept = significand >> drop;
  if (rest > half || (rest == half && (kept & 1) != 0)) ++kept;
  // `kept` carries its implicit bit, which the exponent field below absorbs; so a carry out of the
  // fraction, and one out of the subnormals, moves the exponent as it should.
  const std::int64_t base = to_exponent < 1 ? 0 : to_exponent - 1;
  const std::int64_t magnitude = (base << kToMantissa) + static_cast<std::int64_t>(kept);
  if (magnitude >= kInfinity) return static_cast<std::uint16_t>(sign | kInfinity);
  return static_cast<std::uint16_t>(sign | magnitude);
}

}  // namespace

std::uint16_t float_to_f16_bits(float value) {
  return narrow<std::uint32_t, 23, 127, 10, 15>(std::bit_cast<std::uint32_t>(value));
}
std::uint16_t double_to_f16_bits(double value) {
  return narrow<std::uint64_t, 52, 1023, 10, 15>(std::bit_cast<std::uint64_t>(value));
}
std::uint16_t float_to_bf16_bits(float value) {
  return narrow<std::uint32_t, 23, 127, 7, 127>(std::bit_cast<std::uint32_t>(value));
}
std::uint16_t double_to_bf16_bits(double value) {
  return narrow<std::uint64_t, 52, 1023, 7, 127>(std::bit_cast<std::uint64_t>(value));
}

float f16_bits_to_float(std::uint16_t bits) {
  const std::uint32_t sign = (bits & 0x8000U) << 16;
  const std::uint32_t exponent = (bits >> 10) & 0x1fU;
  const std::uint32_t fraction = bits & 0x3ffU;
  if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000U | (fraction << 13));
  if (exponent != 0)
    return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (fraction << 13));
  // Zero and subnormals: fraction * 2^-24, which is exact in float.
  const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
}

}  // namespace seedproof
