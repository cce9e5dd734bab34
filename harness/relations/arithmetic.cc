#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include <seedproof/harness/relations/arithmetic.h>
#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

using Values = std::vector<double>;

Values values_of(const Tensor& tensor) {
  Values out(tensor.count());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = tensor.at(i);
  return out;
}

double unit_roundoff(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return 0x1p-11;
    case DType::bf16:
      return 0x1p-8;
    case DType::f32:
      return 0x1p-24;
    case DType::f64:
      return 0x1p-53;
    default:
      return 0.0;
  }
}

/// Median of y / x over the elements where x is not small: a rounding of one element hurts little.
std::optional<double> typical_ratio(const Values& x, const Values& y) {
  double largest = 0;
  for (const double value : x) largest = std::max(largest, std::fabs(value));
  Values ratios;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::fabs(x[i]) > largest / 8) ratios.push_back(y[i] / x[i]);
  }
  if (ratios.size() < 2) return std::nullopt;
  std::nth_element(ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2),
                   ratios.end());
  return ratios[ratios.size() / 2];
}

/// Whether y = scale * x + offset in every element, up to a few roundings of what is added.
bool fits(const Values& x, const Values& y, double scale, double offset, double roundoff) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double made = scale * x[i] + offset;
    const double size = std::fabs(scale * x[i]) + std::fabs(offset) + std::fabs(y[i]);
    if (!(std::fabs(y[i] - made) <= 16 * roundoff * size)) return false;
  }
  return true;
}

bool permuted(Values x, Values y) {
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  return x == y;
}

/// Whether no two lie further apart than a few last places.
bool within_ulps(const Values& x, const Values& y, double roundoff) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double size = std::max(std::fabs(x[i]), std::fabs(y[i]));
    if (!(std::fabs(x[i] - y[i]) <= 8 * roundoff * size)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> arithmetic_cause(const Tensor& expected, const Tensor& found,
                                            double bits_per_number) {
  if (expected.dtype() != found.dtype() || expected.count() != found.count() ||
      expected.count() < 3 ||
      bits_per_number * static_cast<double>(expected.count()) < kTellingBits) {
    return std::nullopt;
  }
  const Values x = values_of(expected);
  const Values y = values_of(found);
  if (permuted(x, y)) return "the same numbers in another order";
  const double roundoff = unit_roundoff(expected.dtype());
  if (roundoff == 0.0) return std::nullopt;
  if (within_ulps(x, y, roundoff)) return "last bits only: no number is more than 8 ULP away";
  if (fits(x, y, -1, 1, roundoff)) return "mirrored: 1 - x in place of x";
  if (const std::optional<double> scale = typical_ratio(x, y)) {
    if (*scale != 0.0 && fits(x, y, *scale, 0, roundoff)) {
      return fmt::format("scaled by {:.6g}", *scale);
    }
  }
  const double offset = y[0] - x[0];
  if (fits(x, y, 1, offset, roundoff)) return fmt::format("moved by {:.6g}", offset);
  return std::nullopt;
}

}  // namespace seedproof
