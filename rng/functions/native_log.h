// Natural logarithm as a fixed sequence of double operations: the same bits everywhere.
//
// Method and coefficients: fdlibm's e_log.c, as FreeBSD's msun orders the operations.
//   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
//   Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
//   freely granted, provided that this notice is preserved.
#pragma once

#include <bit>
#include <cfloat>
#include <cstdint>

namespace seedproof::native {

static_assert(FLT_EVAL_METHOD == 0, "double operations must round to double");

/// log(x) for a normal, finite, positive double; within 1 ULP. Other arguments give no meaningful
/// value (and no undefined behaviour).
inline double log(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01;
  constexpr double kLn2Low = 1.90821492927058770002e-10;
  constexpr double kL1 = 6.666666666666735130e-01;
  constexpr double kL2 = 3.999999999940941908e-01;
  constexpr double kL3 = 2.857142874366239149e-01;
  constexpr double kL4 = 2.222219843214978396e-01;
  constexpr double kL5 = 1.818357216161805012e-01;
  constexpr double kL6 = 1.531383769920937332e-01;
  constexpr double kL7 = 1.479819860511658591e-01;

  // x = 2^k * (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)): the high word of sqrt(1/2) is 3fe6a09e.
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto shifted = static_cast<std::uint32_t>(bits >> 32) + (0x3ff00000U - 0x3fe6a09eU);
  const int k = static_cast<int>(shifted >> 20) - 0x3ff;
  const std::uint32_t high = (shifted & 0x000fffffU) + 0x3fe6a09eU;
  const double f =
      std::bit_cast<double>(static_cast<std::uint64_t>(high) << 32 | (bits & 0xffffffffU)) - 1.0;

  const double half_square = 0.5 * f * f;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (kL2 + w * (kL4 + w * kL6));
  const double odd = z * (kL1 + w * (kL3 + w * (kL5 + w * kL7)));
  const double rest = odd + even;
  const double dk = k;
  return s * (half_square + rest) + dk * kLn2Low - half_square + f + dk * kLn2High;
}

}  // namespace seedproof::native
