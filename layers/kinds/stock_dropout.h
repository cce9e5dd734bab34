// What Keras's Dropout and SpatialDropoutND share. Internal.
#pragma once

#include <utility>

#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof::kinds {

/// In training with a rate above 0: what the framework's mask keeps is scaled by 1 / (1 - rate), as
/// the generator's framework scales; the rest becomes +0, NaN and infinity too. Rate 1 gives zeros
/// and draws nothing. The seed generator is made at construction, and only for a rate above 0.
class StockDropout : public UnaryLayer {
 public:
  StockDropout(LayerOptions options, double rate, Seed seed)
      : UnaryLayer(std::move(options)), rate_(rate), seed_(std::move(seed)) {
    supports_masking = true;
  }

 protected:
  /// The mask's shape, which must broadcast to the input's.
  virtual Shape noise_shape(const Shape& input_shape) const = 0;

  void on_attach() final;
  Tensor forward(const Tensor& input, const CallArgs& args) final;
  Tensor gradient(const Tensor& upstream) final;
  void on_config(Config& config) const override;

 private:
  enum class State { identity, zeros, masked };
  Tensor keep(Tensor mask, const Tensor& values) const;

  double rate_;
  Seed seed_;
  Stream* stream_ = nullptr;
  RandomDraw mask_;
  State state_ = State::identity;
};

}  // namespace seedproof::kinds
