// Running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, 2002, ch. 3): how
// far another order of the same sums, or a transcendental function that is off by a few units in
// the last place, can carry a layer's results. Another implementation whose draws are bit-equal
// must lie within these bounds; where nothing is summed they are zero, and it must be bit-equal.
#pragma once

#include <map>

#include <seedproof/layers/variable.h>

namespace seedproof {

/// Absolute bounds in f64, of the variable's shape. A variable that is not in the map is exact.
using VariableBounds = std::map<const Variable*, Tensor>;

/// What a layer with one input and one output knows of its last call.
class ErrorBounded {
 public:
  virtual ~ErrorBounded() = default;

  /// Bound of `output`, the last forward result, given the bound of its input.
  virtual Tensor forward_bound(const Tensor& output, const Tensor& input_bound,
                               const VariableBounds& variables) = 0;

  /// Bound of the input's gradient for `upstream` with its bound. Adds the bounds of the variables'
  /// gradients to `gradients`. `gradient` is the last backward result.
  virtual Tensor backward_bound(const Tensor& gradient, const Tensor& upstream,
                                const Tensor& upstream_bound, const VariableBounds& variables,
                                VariableBounds& gradients) = 0;

  /// Bounds of the losses and of non-trainable variables after the last forward call.
  virtual Tensor loss_bound(const Tensor& input_bound);
  virtual void state_bounds(const Tensor& input_bound, VariableBounds& variables);
};

namespace bounds {

/// Unit roundoff of a compute dtype: 2^-11, 2^-8, 2^-24 or 2^-53.
double roundoff(DType dtype);
/// k u / (1 - k u). Throws ValueError where k u >= 1.
double gamma(std::size_t k, DType dtype);

Tensor zero(const Shape& shape);
bool is_zero(const Tensor& bound);
Tensor magnitude(const Tensor& value);  // |value| in f64
/// bound + factor * |value|: what a rounding, or a few, add to an inexact result.
Tensor rounded(const Tensor& bound, const Tensor& value, double factor);
/// The bound of a variable, zero where it is exact.
Tensor of(const VariableBounds& variables, const Variable& variable);
void add(VariableBounds& variables, const Variable& variable, const Tensor& bound);

}  // namespace bounds

}  // namespace seedproof
