// x @ w + b, with its gradients: what the documented dense layers share. Internal.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof::kinds {

/// Names and initialisers of an affine layer's weights. Initialisers given by name are constructed
/// when the weight is made, as Keras does inside add_weight.
struct AffineWeights {
  std::string_view kernel_name;
  std::string_view kernel_initializer;
  std::string_view bias_name;
  std::string_view bias_initializer;
};

class Affine : public UnaryLayer {
 public:
  Affine(LayerOptions options, std::int64_t units, AffineWeights weights)
      : UnaryLayer(std::move(options)), units_(units), weights_(weights) {}

  Tensor forward_bound(const Tensor& output, const Tensor& input_bound,
                       const VariableBounds& variables) override;
  Tensor backward_bound(const Tensor& gradient, const Tensor& upstream,
                        const Tensor& upstream_bound, const VariableBounds& variables,
                        VariableBounds& gradients) override;

 protected:
  void make_state(const Shape& input_shape) override;
  Shape output_shape(const Shape& input_shape) const final;
  Tensor forward(const Tensor& input, const CallArgs& args) override;
  Tensor gradient(const Tensor& upstream) override;
  void on_config(Config& config) const final;

  Variable& make_weight(std::string_view name, std::string_view initializer, Shape shape);
  std::int64_t units() const { return units_; }

 private:
  std::int64_t units_;
  AffineWeights weights_;
  Variable* kernel_ = nullptr;
  Variable* bias_ = nullptr;
  Tensor input_;
  Tensor input_bound_;
};

}  // namespace seedproof::kinds
