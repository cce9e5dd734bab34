#include <seedproof/layers/kinds/affine.h>
#include <seedproof/layers/kinds/affine_bounds.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof::kinds {

Variable& Affine::make_weight(std::string_view name, std::string_view initializer, Shape shape) {
  WeightSpec spec;
  spec.name = std::string(name);
  spec.shape = std::move(shape);
  spec.initializer = make_initializer(std::string(initializer));
  return add_weight(spec);
}

void Affine::make_state(const Shape& input_shape) {
  if (input_shape.empty()) fail_value("expected an input of at least one axis, found ()");
  kernel_ =
      &make_weight(weights_.kernel_name, weights_.kernel_initializer, {input_shape.back(), units_});
  bias_ = &make_weight(weights_.bias_name, weights_.bias_initializer, {units_});
}

Shape Affine::output_shape(const Shape& input_shape) const {
  if (input_shape.empty()) fail_value("expected an input of at least one axis, found ()");
  Shape out = input_shape;
  out.back() = units_;
  return out;
}

Tensor Affine::forward(const Tensor& input, const CallArgs&) {
  input_ = input;
  Tensor out = ops::matmul(input, weight_value(*kernel_));
  ops::add_in_place(out, weight_value(*bias_));
  return out;
}

Tensor Affine::gradient(const Tensor& upstream) {
  kernel_->accumulate_gradient(ops::matmul_tn(input_, upstream));
  bias_->accumulate_gradient(ops::sum_to(upstream, bias_->shape()));
  return ops::matmul_nt(upstream, weight_value(*kernel_));
}

Tensor Affine::forward_bound(const Tensor&, const Tensor& input_bound,
                             const VariableBounds& variables) {
  input_bound_ = input_bound;
  return affine_forward_bound({input_, input_bound_, *kernel_, bias_}, variables);
}

Tensor Affine::backward_bound(const Tensor&, const Tensor& upstream, const Tensor& upstream_bound,
                              const VariableBounds& variables, VariableBounds& gradients) {
  return affine_backward_bound({input_, input_bound_, *kernel_, bias_}, upstream, upstream_bound,
                               variables, gradients);
}

void Affine::on_config(Config& config) const { config.set("units", units_); }

}  // namespace seedproof::kinds
