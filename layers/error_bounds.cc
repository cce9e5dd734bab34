#include <algorithm>
#include <string>

#include <seedproof/layers/error_bounds.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

Tensor ErrorBounded::loss_bound(const Tensor&) { return bounds::zero({}); }
void ErrorBounded::state_bounds(const Tensor&, VariableBounds&) {}

namespace bounds {

double roundoff(DType dtype) {
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
      break;
  }
  throw TypeError("no rounding in " + std::string(short_name(dtype)));
}

double gamma(std::size_t k, DType dtype) {
  const double ku = static_cast<double>(k) * roundoff(dtype);
  if (ku >= 1.0) {
    throw ValueError("a sum of " + std::to_string(k) + " terms has no error bound in " +
                     std::string(short_name(dtype)));
  }
  return ku / (1.0 - ku);
}

Tensor zero(const Shape& shape) { return Tensor(DType::f64, shape); }

bool is_zero(const Tensor& bound) {
  const std::span<const double> values = bound.as<double>();
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0.0; });
}

Tensor magnitude(const Tensor& value) { return ops::abs(value.cast(DType::f64)); }

Tensor rounded(const Tensor& bound, const Tensor& value, double factor) {
  return ops::add(bound, ops::multiply(magnitude(value), factor));
}

Tensor of(const VariableBounds& variables, const Variable& variable) {
  const auto found = variables.find(&variable);
  return found == variables.end() ? zero(variable.shape()) : found->second;
}

void add(VariableBounds& variables, const Variable& variable, const Tensor& bound) {
  const auto [place, fresh] = variables.try_emplace(&variable, bound);
  if (!fresh) ops::add_in_place(place->second, bound);
}

}  // namespace bounds

}  // namespace seedproof
