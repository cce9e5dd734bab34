#include <seedproof/layers/kinds/erfc.h>
#include <seedproof/layers/ops/elementary.h>

namespace seedproof::kinds {
namespace {

constexpr double kInverseRootPi = 0.56418958354775628694807945156;

/// x > 0: exp(-x^2) / sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...)))), from the end.
/// The square is split where it is exact, as exp magnifies its rounding error.
double continued_fraction(double x, int terms) {
  double rest = x;
  for (int k = terms; k >= 1; --k) rest = x + (0.5 * k) / rest;
  const double high = static_cast<float>(x);
  const double gauss =
      ops::elementary::exp(-high * high) * ops::elementary::exp((high - x) * (high + x));
  return gauss * kInverseRootPi / rest;
}

}  // namespace

double erfc(double x) {
  if (!(x >= 1.0)) return 1.0 - ops::elementary::erf(x);  // NaN too
  if (x > 28.0) return 0.0;                               // below the smallest subnormal
  return continued_fraction(x, x < 2.0 ? 200 : 64);
}

}  // namespace seedproof::kinds
