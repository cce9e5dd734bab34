// Sine and cosine: fdlibm's kernels and medium reduction (Sun Microsystems, 1993), and beyond 2^20
// quarter turns the reduction of Payne and Hanek in integers.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <seedproof/layers/ops/elementary.h>
#include <seedproof/layers/ops/exact.h>

namespace seedproof::ops::elementary {

namespace {

/// An angle within a quarter turn, as a sum of two doubles, and the quarters taken off, mod 4.
struct Angle {
  double high;
  double low;
  unsigned quarter;
};

double kernel_sin(double x, double low) {
  constexpr double kTerms[] = {1.58969099521155010221e-10, -2.50507602534068634195e-08,
                               2.75573137070700676789e-06, -1.98412698298579493134e-04,
                               8.33333333332248946124e-03};
  constexpr double kThird = -1.66666666666666324348e-01;
  const double z = x * x;
  double sum = 0.0;
  for (const double term : kTerms) sum = sum * z + term;
  const double cube = z * x;
  return x - ((z * (0.5 * low - cube * sum) - low) - cube * kThird);
}

double kernel_cos(double x, double low) {
  constexpr double kTerms[] = {-1.13596475577881948265e-11, 2.08757232129817482790e-09,
                               -2.75573143513906633035e-07, 2.48015872894767294178e-05,
                               -1.38888888888741095749e-03, 4.16666666666666019037e-02};
  const double z = x * x;
  double sum = 0.0;
  for (const double term : kTerms) sum = sum * z + term;
  const double half = 0.5 * z;
  const double rest = 1.0 - half;
  return rest + (((1.0 - rest) - half) + (z * (z * sum) - x * low));
}

/// |x| below 2^20 quarter turns: pi/2 in three parts of 33 bits, whose products with n are exact.
Angle reduce_medium(double x) {
  constexpr double kTwoOverPi = 6.36619772367581382433e-01;
  constexpr double kPart1 = 1.57079632673412561417e+00;
  constexpr double kPart2 = 6.07710050630396597660e-11;
  constexpr double kPart3 = 2.02226624871116645580e-21;
  constexpr double kTail3 = 8.47842766036889956997e-32;
  const double n = std::floor(x * kTwoOverPi + 0.5);
  const double first = x - n * kPart1;
  const double second = first - n * kPart2;
  const double lost = (first - second) - n * kPart2;
  const double third = second - n * kPart3;
  const double lost_too = (second - third) - n * kPart3;
  const double tail = n * kTail3 - (lost + lost_too);
  const double high = third - tail;
  return {high, (third - high) - tail, static_cast<unsigned>(static_cast<std::int64_t>(n)) & 3U};
}

/// The first 1280 bits of 2/pi after the point.
constexpr std::array<std::uint64_t, 20> kTwoOverPiBits = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

/// Bits [from, from + 32) of 2/pi; bits before the point are 0.
std::uint64_t two_over_pi_word(int from) {
  std::uint64_t out = 0;
  for (int i = 0; i < 32; ++i) {
    const int bit = from + i;
    const auto index = static_cast<std::size_t>(bit < 0 ? 0 : bit);
    const std::uint64_t value =
        bit < 0 ? 0 : (kTwoOverPiBits[index / 64] >> (63 - index % 64)) & 1U;
    out = (out << 1) | value;
  }
  return out;
}

/// 192-bit unsigned integers as six words of 32 bits, most significant first.
using Wide = std::array<std::uint32_t, 6>;

/// (mantissa * window) mod 2^192, the window being 192 bits of 2/pi from bit `from` on.
Wide multiply_window(std::uint64_t mantissa, int from) {
  const std::uint64_t low = mantissa & 0xffffffffU;
  const std::uint64_t high = mantissa >> 32;
  Wide out{};
  std::uint64_t carry = 0;
  std::uint64_t below = 0;  // the window's word one place lower
  for (int i = 5; i >= 0; --i) {
    const std::uint64_t word = two_over_pi_word(from + 32 * i);
    const std::uint64_t a = word * low;
    const std::uint64_t b = below * high;  // high < 2^21
    const std::uint64_t sum = (a & 0xffffffffU) + (b & 0xffffffffU) + (carry & 0xffffffffU);
    out[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(sum);
    carry = (a >> 32) + (b >> 32) + (carry >> 32) + (sum >> 32);
    below = word;
  }
  return out;
}

void negate(Wide& value) {
  std::uint64_t carry = 1;
  for (std::size_t i = value.size(); i-- > 0;) {
    const std::uint64_t sum =
        static_cast<std::uint64_t>(static_cast<std::uint32_t>(~value[i])) + carry;
    value[i] = static_cast<std::uint32_t>(sum);
    carry = sum >> 32;
  }
}

/// x: finite, positive, at least 2^20.
Angle reduce_large(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int exponent = static_cast<int>(bits >> 52) - 1075;
  const std::uint64_t mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1} << 52);
  // x * 2/pi mod 4 is product * 2^-190: bits of weight 4 and more are not in the window.
  Wide product = multiply_window(mantissa, exponent - 2);
  unsigned quarter = product[0] >> 30;
  const bool upper = ((product[0] >> 29) & 1U) != 0;  // a fraction of one half and more
  if (upper) {
    ++quarter;
    negate(product);
  }
  product[0] &= 0x3fffffffU;
  // The fraction's words are exact in double; they are added from the least to the greatest.
  double high = 0.0;
  double low = 0.0;
  for (int i = 5; i >= 0; --i) {
    const double word =
        std::ldexp(static_cast<double>(product[static_cast<std::size_t>(i)]), 2 - 32 * (i + 1));
    const double sum = high + word;
    const double added = sum - high;
    low = low + ((high - (sum - added)) + (word - added));
    high = sum;
  }
  constexpr double kHalfPiHigh = 1.57079632679489655800;
  constexpr double kHalfPiLow = 6.12323399573676603587e-17;
  const DoubleDouble scaled = exact_product(high, kHalfPiHigh);
  const double rest = scaled.low + (high * kHalfPiLow + low * kHalfPiHigh);
  const double sum = scaled.high + rest;
  const double tail = (scaled.high - sum) + rest;
  return upper ? Angle{-sum, -tail, quarter & 3U} : Angle{sum, tail, quarter & 3U};
}

Angle reduce(double size) {
  if (size <= 0.78539816339744830962) return {size, 0.0, 0};
  return size < 0x1p20 ? reduce_medium(size) : reduce_large(size);
}

double turned(const Angle& angle, unsigned quarter) {
  const double value =
      (quarter & 1U) == 0 ? kernel_sin(angle.high, angle.low) : kernel_cos(angle.high, angle.low);
  return (quarter & 2U) == 0 ? value : -value;
}

}  // namespace

double sin(double x) {
  if (x != x || x == 0.0) return x;
  const double size = std::fabs(x);
  if (size == std::numeric_limits<double>::infinity()) return x - x;
  const Angle angle = reduce(size);
  const double value = turned(angle, angle.quarter);
  return x < 0.0 ? -value : value;
}

double cos(double x) {
  const double size = std::fabs(x);
  if (x != x || size == std::numeric_limits<double>::infinity()) return x - x;
  const Angle angle = reduce(size);
  return turned(angle, angle.quarter + 1);
}

}  // namespace seedproof::ops::elementary
