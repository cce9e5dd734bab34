// exp and its kin: reduction by powers of two, Taylor polynomials in Horner's order; log, log1p and
// tanh in the way of fdlibm (Sun Microsystems, 1993). std::ldexp, std::frexp and std::floor are
// exact, so they may be used.
#include <cmath>
#include <limits>

#include <seedproof/layers/ops/elementary.h>

namespace seedproof::ops::elementary {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLn2High = 6.93147180369123816490e-01;  // 32 bits
constexpr double kLn2Low = 1.90821492927058770002e-10;

/// x = k ln 2 + r with |r| <= 0.35, and expm1(r).
struct Reduced {
  int k;
  double expm1;
};

Reduced reduce(double x) {
  constexpr double kInvLn2 = 1.44269504088896338700;
  const double k = std::floor(x * kInvLn2 + 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  constexpr double kTerms[] = {1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0,
                               1.0 / 3628800.0,    1.0 / 362880.0,    1.0 / 40320.0,
                               1.0 / 5040.0,       1.0 / 720.0,       1.0 / 120.0,
                               1.0 / 24.0,         1.0 / 6.0,         0.5};
  double sum = 0.0;
  for (const double term : kTerms) sum = sum * r + term;
  return {static_cast<int>(k), r + r * r * sum};
}

}  // namespace

double exp(double x) {
  if (x != x) return x;
  if (x > 709.79) return kInfinity;
  if (x < -745.2) return 0.0;
  const Reduced part = reduce(x);
  return std::ldexp(1.0 + part.expm1, part.k);
}

double expm1(double x) {
  if (x != x || x == 0.0) return x;
  if (x < -40.0) return -1.0;
  if (x > 40.0) return exp(x);
  const Reduced part = reduce(x);
  if (part.k == 0) return part.expm1;
  return std::ldexp(part.expm1, part.k) + (std::ldexp(1.0, part.k) - 1.0);
}

double log(double x) {
  if (x != x || x == kInfinity) return x;
  if (x == 0.0) return -kInfinity;
  if (x < 0.0) return kNan;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752440) {
    mantissa = mantissa * 2.0;
    --exponent;
  }
  const double f = mantissa - 1.0;
  const double k = exponent;
  const double s = f / (2.0 + f);
  const double z = s * s;
  constexpr double kTerms[] = {1.479819860511658591e-01, 1.531383769920937332e-01,
                               1.818357216161805012e-01, 2.222219843214978396e-01,
                               2.857142874366239149e-01, 3.999999999940941908e-01,
                               6.666666666666735130e-01};
  double sum = 0.0;
  for (const double term : kTerms) sum = sum * z + term;
  const double half_square = 0.5 * f * f;
  const double correction = s * (half_square + z * sum) + k * kLn2Low;
  return k * kLn2High - ((half_square - correction) - f);
}

double log1p(double x) {
  if (x != x || x == kInfinity || x == 0.0) return x;
  if (x == -1.0) return -kInfinity;
  if (x < -1.0) return kNan;
  const double u = 1.0 + x;
  if (u == 1.0) return x;
  return log(u) + (x - (u - 1.0)) / u;
}

double tanh(double x) {
  const double size = std::fabs(x);
  if (x != x || size < 0x1p-28) return x;
  double result = 1.0;
  if (size < 1.0) {
    const double t = expm1(-2.0 * size);
    result = -t / (t + 2.0);
  } else if (size < 22.0) {
    result = 1.0 - 2.0 / (expm1(2.0 * size) + 2.0);
  }
  return x < 0.0 ? -result : result;
}

double sigmoid(double x) {
  if (x >= 0.0) return 1.0 / (1.0 + exp(-x));
  const double e = exp(x);
  return e / (1.0 + e);
}

namespace {

/// 2 / sqrt(pi) times the sum of (-1)^n x^(2n+1) / (n! (2n+1)), for |x| < 1.5.
double erf_series(double x) {
  constexpr double kTwoOverRootPi = 1.12837916709551257390;
  constexpr int kTerms = 30;
  const double square = x * x;
  double sum = 0.0;
  for (int n = kTerms; n > 0; --n) {
    sum = (square / n) * (1.0 / (2.0 * n + 1.0) - sum);
  }
  return kTwoOverRootPi * (x - x * sum);
}

/// erfc for x >= 1.5 by its continued fraction, evaluated from the tail.
double erfc_fraction(double x) {
  constexpr double kInvRootPi = 0.56418958354775628695;
  double tail = x;
  for (int n = 120; n > 0; --n) tail = x + (0.5 * n) / tail;
  return kInvRootPi * exp(-(x * x)) / tail;
}

}  // namespace

double erf(double x) {
  const double size = std::fabs(x);
  if (x != x || x == 0.0) return x;
  if (size < 1.5) return erf_series(x);
  const double result = size < 6.0 ? 1.0 - erfc_fraction(size) : 1.0;
  return x < 0.0 ? -result : result;
}

}  // namespace seedproof::ops::elementary
