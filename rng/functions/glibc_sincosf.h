// glibc's sincosf since 2.28 (the algorithm of Arm Optimized Routines, polynomials in double) for
// the arguments that a Box-Muller pair needs. Its fused and its plain build give the same floats.
#pragma once

#include <cstdint>

namespace seedproof::glibc {

struct SinCosF {
  float sin, cos;
};

/// Sine and cosine. x: in [+0, 120). No branch, so that a loop over it vectorises: below 2^-12,
/// where the original returns (x, 1) at once, the polynomials round to the same floats, and below
/// 0.75, where it skips the reduction, n is 0.
inline SinCosF sincosf(float x) {
  constexpr double kS1 = -0x1.555545995a603p-3;
  constexpr double kS2 = 0x1.1107605230bc4p-7;
  constexpr double kS3 = -0x1.994eb3774cf24p-13;
  constexpr double kC1 = -0x1.ffffffd0c621cp-2;
  constexpr double kC2 = 0x1.55553e1068f19p-5;
  constexpr double kC3 = -0x1.6c087e89a359dp-10;
  constexpr double kC4 = 0x1.99343027bf8c3p-16;
  constexpr double kTwo24OverHalfPi = 0x1.45f306dc9c883p+23;
  constexpr double kHalfPi = 0x1.921fb54442d18p0;
  const double wide = x;
  const std::int32_t n = (static_cast<std::int32_t>(wide * kTwo24OverHalfPi) + 0x800000) >>
                         24;  // nearest quarter turn
  const double r = wide - n * kHalfPi;
  const double r2 = r * r;
  const double a = ((n + 1) & 2) != 0 ? -r : r;  // n mod 4 is 1 or 2
  const double a3 = r2 * a;
  const double sine = (a + a3 * kS1) + (a3 * r2) * (kS2 + r2 * kS3);
  const double r4 = r2 * r2;
  const double even = ((1.0 + r2 * kC1) + r4 * kC2) + (r4 * r2) * (kC3 + r2 * kC4);
  const float s = static_cast<float>(sine);
  const float c = static_cast<float>((n & 2) != 0 ? -even : even);  // all five terms negated
  return (n & 1) != 0 ? SinCosF{c, s} : SinCosF{s, c};
}

}  // namespace seedproof::glibc
