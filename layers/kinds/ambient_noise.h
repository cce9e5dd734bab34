// What the documented Add... layers share: noise from the ambient (global) state, added in every
// call, training or not. The documents draw float32; here the noise has the input's dtype, so that
// other policies work. Internal.
#pragma once

#include <utility>

#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof::kinds {

class AmbientNoise : public UnaryLayer {
 public:
  using UnaryLayer::UnaryLayer;

 protected:
  void make_state(const Shape&) override;
  /// input + noise, row-major, as a tensor of `shape` (of the input's count).
  Tensor add_noise(const Tensor& input, const Distribution& distribution, Shape shape,
                   const CallArgs& args);
  /// The gradient of adding and reshaping.
  Tensor gradient(const Tensor& upstream) final;

 private:
  Stream* stream_ = nullptr;
  RandomDraw noise_;
  Shape input_shape_;
};

/// One axis, the batch's included: what the documents' flatten gives.
Shape flat_shape(const Shape& shape);

}  // namespace seedproof::kinds
