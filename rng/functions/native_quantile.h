// The inverse of the normal distribution function, and with it of the error function, as a fixed
// sequence of double operations: the same bits everywhere.
//
// Method and coefficients: Wichura, "Algorithm AS 241: the percentage points of the normal
// distribution", Applied Statistics 37 (1988), routine PPND16.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <seedproof/rng/functions/native_log.h>

namespace seedproof::native {

namespace detail {

using Eight = std::array<double, 8>;

// c[0] + x (c[1] + x (... + x c[7])).
inline double horner(const Eight& c, double x) {
  double sum = c[7];
  for (std::size_t i = 7; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

inline constexpr Eight kCentreTop{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                  1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                  4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                  3.3430575583588128105e+4, 2.5090809287301226727e+3};
inline constexpr Eight kCentreBottom{1.0,
                                     4.2313330701600911252e+1,
                                     6.8718700749205790830e+2,
                                     5.3941960214247511077e+3,
                                     2.1213794301586595867e+4,
                                     3.9307895800092710610e+4,
                                     2.8729085735721942674e+4,
                                     5.2264952788528545610e+3};
inline constexpr Eight kTailTop{1.42343711074968357734e0,  4.63033784615654529590e0,
                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
inline constexpr Eight kTailBottom{1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
inline constexpr Eight kFarTop{6.65790464350110377720e0,  5.46378491116411436990e0,
                               1.78482653991729133580e0,  2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
inline constexpr Eight kFarBottom{1.0,
                                  5.99832206555887937690e-1,
                                  1.36929880922735805310e-1,
                                  1.48753612908506148525e-2,
                                  7.86869131145613259100e-4,
                                  1.84631831751005468180e-5,
                                  1.42151175831644588870e-7,
                                  2.04426310338993978564e-15};

}  // namespace detail

/// z with Phi(z) = 1/2 + q, for |q| < 1/2: the standard normal quantile, addressed by its distance
/// from the median, so that it is exactly odd. sqrt(2) erf_inv(2 q), in other words. Relative error
/// below 1e-15.
inline double normal_quantile(double q) {
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * detail::horner(detail::kCentreTop, r) / detail::horner(detail::kCentreBottom, r);
  }
  const double r = std::sqrt(-log(0.5 - std::fabs(q)));
  double z = 0;
  if (r <= 5.0) {
    z = detail::horner(detail::kTailTop, r - 1.6) / detail::horner(detail::kTailBottom, r - 1.6);
  } else {
    z = detail::horner(detail::kFarTop, r - 5.0) / detail::horner(detail::kFarBottom, r - 5.0);
  }
  return q < 0 ? -z : z;
}

}  // namespace seedproof::native
