// glibc's double sincos (IBM's Accurate Mathematical Library) for the arguments that a Box-Muller
// pair needs, in the two variants that differ in last places. Fused: each product that is only
// added or subtracted is fused into that operation, except the outer product of `cosine_defect`.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include <seedproof/rng/functions/glibc_sincos_table.h>
#include <seedproof/rng/functions/glibc_variant.h>

namespace seedproof::glibc {

struct SinCos {
  double sin, cos;
};

namespace detail {

inline constexpr double kSn3 = -1.66666666666664880952546298448555e-1;
inline constexpr double kSn5 = 8.33333214285722277379541354343671e-3;

/// 1 - cos(d) for the small d that the table leaves, from q = d^2.
template <Variant V>
[[gnu::always_inline]] inline double cosine_defect(double q) {
  constexpr double kCs2 = 0.5;
  constexpr double kCs4 = -4.16666666666664434524222570944589e-2;
  constexpr double kCs6 = 1.38888874007937613028114285595617e-3;
  return q * multiply_add<V>(q, multiply_add<V>(q, kCs6, kCs4), kCs2);
}

/// |x| <= 0.8555 cut into the nearest k/128 and what is left.
struct Split {
  const SinCosEntry& entry;
  double left;
};
[[gnu::always_inline]] inline Split split(double x) {
  constexpr double kBig = 0x1.8p45;  // its last place is 1/128
  const double size = std::fabs(x);
  const double sum = kBig + size;
  const std::uint64_t k = std::bit_cast<std::uint64_t>(sum) & 0xffffffffu;
  return {kSinCosTable[k], size - (sum - kBig)};
}

/// cos(x + dx).
template <Variant V>
[[gnu::always_inline]] inline double table_cos(double x, double dx) {
  const auto [entry, left] = split(x);
  const double d = left + (x < 0.0 ? -dx : dx);
  const double q = d * d;
  const double s = multiply_add<V>(d * q, multiply_add<V>(q, kSn5, kSn3), d);
  const double c = cosine_defect<V>(q);
  double correction = multiply_add<V>(-s, entry.sin_low, entry.cos_low);
  correction = multiply_add<V>(-entry.cos_high, c, correction);
  correction = multiply_add<V>(-entry.sin_high, s, correction);
  return entry.cos_high + correction;
}

/// sin(x + dx) for |x| < 0.126.
template <Variant V>
[[gnu::always_inline]] inline double series_sin(double x, double dx) {
  const double q = x * x;
  double p = multiply_add<V>(-0x1.addffc2fcdf59p-26, q, 0x1.71de27b9a7ed9p-19);
  p = multiply_add<V>(p, q, -0x1.a01a019db08b8p-13);
  p = multiply_add<V>(p, q, 0x1.1111111110ecep-7);
  p = multiply_add<V>(p, q, -0x1.5555555555555p-3);
  return x + multiply_add<V>(multiply_add<V>(p, x, -(0.5 * dx)), q, dx);
}

/// sin(x + dx).
template <Variant V>
[[gnu::always_inline]] inline double table_sin(double x, double dx) {
  if (std::fabs(x) < 0.126) {
    return series_sin<V>(x, dx);
  }
  const auto [entry, d] = split(x);
  const double shift = x <= 0.0 ? -dx : dx;
  const double q = d * d;
  const double s = d + multiply_add<V>(d * q, multiply_add<V>(q, kSn5, kSn3), shift);
  const double c = multiply_add<V>(d, shift, cosine_defect<V>(q));
  double correction = multiply_add<V>(s, entry.cos_low, entry.sin_low);
  correction = multiply_add<V>(-entry.sin_high, c, correction);
  correction = multiply_add<V>(entry.cos_high, s, correction);
  return std::copysign(entry.sin_high + correction, x);
}

/// x - n * pi/2 as two doubles, and n mod 4.
struct Reduced {
  double high, low;
  unsigned quarter;
};
template <Variant V>
[[gnu::always_inline]] inline Reduced reduce(double x) {
  constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  constexpr double kToInteger = 0x1.8p52;
  constexpr double kPart1 = 0x1.921fb58p0;
  constexpr double kPart2 = -0x1.dde973cp-27;
  constexpr double kPart3 = -0x1.cb3b398p-55;
  constexpr double kPart4 = -0x1.d747f23e32ed7p-83;
  const double t = multiply_add<V>(x, kTwoOverPi, kToInteger);
  const double m = t - kToInteger;
  const double y = multiply_add<V>(-m, kPart2, multiply_add<V>(-m, kPart1, x));
  const double y2 = multiply_add<V>(-m, kPart3, y);
  const double low = multiply_add<V>(-m, kPart3, y - y2);
  const double high = multiply_add<V>(-m, kPart4, y2);
  return {high, low + multiply_add<V>(-m, kPart4, y2 - high),
          static_cast<unsigned>(std::bit_cast<std::uint64_t>(t) & 3u)};
}

}  // namespace detail

/// Sine and cosine. x: in [+0, 2 pi).
template <Variant V>
[[gnu::always_inline]] inline SinCos sincos(double x) {
  const std::uint32_t high_word = static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(x) >> 32);
  if (high_word < 0x3e400000u) {  // x < 2^-27
    return {x, 1.0};
  }
  if (high_word < 0x3feb6000u) {  // x < 0.855469
    return {detail::table_sin<V>(x, 0.0), detail::table_cos<V>(x, 0.0)};
  }
  if (high_word < 0x400368fdu) {  // x < 2.426265: from pi/2 - x, pi/2 as two doubles
    constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;
    const double y = 0x1.921fb54442d18p0 - x;
    const double a = y + kHalfPiLow;
    const double da = (y - a) + kHalfPiLow;
    return {detail::table_cos<V>(a, da), detail::table_sin<V>(a, da)};
  }
  const detail::Reduced r = detail::reduce<V>(x);
  const bool turned = r.quarter == 1 || r.quarter == 2;
  const double a = turned ? -r.high : r.high;
  const double da = turned ? -r.low : r.low;
  const double sine = detail::table_sin<V>(a, da);
  const double even = detail::table_cos<V>(a, da);
  const double cosine = r.quarter >= 2 ? -even : even;
  return (r.quarter & 1u) != 0 ? SinCos{cosine, sine} : SinCos{sine, cosine};
}

}  // namespace seedproof::glibc
