#include <seedproof/layers/kinds/ambient_noise.h>

namespace seedproof::kinds {

void AmbientNoise::make_state(const Shape&) {
  stream_ = &open_stream("noise", Seed::ambient(), Role::global);
}

Tensor AmbientNoise::add_noise(const Tensor& input, const Distribution& distribution, Shape shape,
                               const CallArgs& args) {
  input_shape_ = input.shape();
  return noise_.draw(*stream_, distribution, input.dtype(), shape, moment(args),
                     Epilogue::add(input.data()));
}

Tensor AmbientNoise::gradient(const Tensor& upstream) { return upstream.reshaped(input_shape_); }

Shape flat_shape(const Shape& shape) { return {flat_extent(shape)}; }

}  // namespace seedproof::kinds
