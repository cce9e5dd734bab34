// Sine and cosine of a part of a full turn, as a fixed sequence of double operations: the same
// bits everywhere.
//
// Polynomials: fdlibm's k_sin.c and k_cos.c, as FreeBSD's msun orders the operations.
//   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
//   Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
//   freely granted, provided that this notice is preserved.
#pragma once

#include <cfloat>

namespace seedproof::native {

static_assert(FLT_EVAL_METHOD == 0, "double operations must round to double");

struct SinCos {
  double sin;
  double cos;
};

namespace detail {

// On [-pi/4, pi/4].
inline double sin_kernel(double x) {
  constexpr double kS1 = -1.66666666666666324348e-01;
  constexpr double kS2 = 8.33333333332248946124e-03;
  constexpr double kS3 = -1.98412698298579493134e-04;
  constexpr double kS4 = 2.75573137070700676789e-06;
  constexpr double kS5 = -2.50507602534068634195e-08;
  constexpr double kS6 = 1.58969099521155010221e-10;
  const double z = x * x;
  const double w = z * z;
  const double r = kS2 + z * (kS3 + z * kS4) + z * w * (kS5 + z * kS6);
  return x + z * x * (kS1 + z * r);
}

// On [-pi/4, pi/4].
inline double cos_kernel(double x) {
  constexpr double kC1 = 4.16666666666666019037e-02;
  constexpr double kC2 = -1.38888888888741095749e-03;
  constexpr double kC3 = 2.48015872894767294178e-05;
  constexpr double kC4 = -2.75573143513906633035e-07;
  constexpr double kC5 = 2.08757232129817482790e-09;
  constexpr double kC6 = -1.13596475577881948265e-11;
  const double z = x * x;
  const double w = z * z;
  const double r = z * (kC1 + z * (kC2 + z * kC3)) + w * w * (kC4 + z * (kC5 + z * kC6));
  const double half = 0.5 * z;
  const double most = 1.0 - half;
  return most + (((1.0 - most) - half) + z * r);
}

}  // namespace detail

/// sin(2 pi t) and cos(2 pi t) for t in [0, 1); within 2 ULP. The quarter turn q = floor(4 t + 1/2)
/// is taken off exactly, and the rest, in [-1/8, 1/8], is multiplied by 2 pi in one operation.
inline SinCos sincos_turns(double t) {
  constexpr double kTwoPi = 6.283185307179586476925;
  const int quarter = static_cast<int>(4.0 * t + 0.5);
  const double x = (t - 0.25 * quarter) * kTwoPi;
  const double s = detail::sin_kernel(x);
  const double c = detail::cos_kernel(x);
  switch (quarter & 3) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

}  // namespace seedproof::native
