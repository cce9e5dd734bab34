#include <seedproof/layers/kinds/affine_bounds.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof::kinds {

namespace {

using bounds::magnitude;

std::size_t rows_of(const Shape& shape) {
  return element_count(shape) / static_cast<std::size_t>(shape.back());
}

/// Bound of a @ b (as `product` multiplies), sums of k terms, factors with bounds.
template <class Product>
Tensor product_bound(const Tensor& a, const Tensor& a_bound, const Tensor& b, const Tensor& b_bound,
                     double gamma, Product product) {
  const Tensor wide_b = ops::add(magnitude(b), b_bound);
  Tensor out = ops::multiply(product(ops::add(magnitude(a), a_bound), wide_b), gamma);
  ops::add_in_place(out, product(a_bound, wide_b));
  ops::add_in_place(out, product(magnitude(a), b_bound));
  return out;
}

}  // namespace

Tensor affine_forward_bound(const AffinePass& pass, const VariableBounds& variables) {
  const DType dtype = pass.input.dtype();
  const auto terms = static_cast<std::size_t>(pass.input.shape().back()) + 1;
  const double gamma = bounds::gamma(terms, dtype);
  Tensor out = product_bound(pass.input, pass.input_bound, pass.kernel.value(),
                             bounds::of(variables, pass.kernel), gamma,
                             [](const Tensor& a, const Tensor& b) { return ops::matmul(a, b); });
  if (pass.bias == nullptr) return out;
  ops::add_in_place(out, ops::multiply(magnitude(pass.bias->value()), gamma));
  ops::add_in_place(out, bounds::of(variables, *pass.bias));
  return out;
}

Tensor affine_backward_bound(const AffinePass& pass, const Tensor& upstream,
                             const Tensor& upstream_bound, const VariableBounds& variables,
                             VariableBounds& gradients) {
  const DType dtype = upstream.dtype();
  const double over_rows = bounds::gamma(rows_of(upstream.shape()), dtype);
  const double over_units = bounds::gamma(static_cast<std::size_t>(upstream.shape().back()), dtype);
  bounds::add(gradients, pass.kernel,
              product_bound(pass.input, pass.input_bound, upstream, upstream_bound, over_rows,
                            [](const Tensor& a, const Tensor& b) { return ops::matmul_tn(a, b); }));
  if (pass.bias != nullptr) {
    const Tensor summed = ops::multiply(magnitude(upstream), over_rows);
    bounds::add(gradients, *pass.bias,
                ops::sum_to(ops::add(summed, ops::multiply(upstream_bound, 1.0 + over_rows)),
                            pass.bias->shape()));
  }
  return product_bound(upstream, upstream_bound, pass.kernel.value(),
                       bounds::of(variables, pass.kernel), over_units,
                       [](const Tensor& a, const Tensor& b) { return ops::matmul_nt(a, b); });
}

}  // namespace seedproof::kinds
