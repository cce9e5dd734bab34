#include <seedproof/layers/kinds/stock_dropout.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::kinds {

void StockDropout::on_attach() {
  if (rate_ > 0.0) stream_ = &open_stream("mask", seed_, Role::stock);
}

Tensor StockDropout::keep(Tensor mask, const Tensor& values) const {
  if (mask.shape() != values.shape()) mask = ops::broadcast_to(mask, values.shape());
  const bool multiply = generator()->keep_scale() == KeepScale::multiply;
  const double scale = multiply ? 1.0 / (1.0 - rate_) : 1.0 - rate_;
  ops::visit_float("dropout", values.dtype(), [&]<class T>(T*) {
    const auto factor = ops::load(static_cast<T>(scale));
    const T* from = values.as<T>().data();
    T* out = mask.as<T>().data();
    for (std::size_t i = 0; i < mask.count(); ++i) {
      const auto value = ops::load(from[i]);
      const T kept = ops::store<T>(multiply ? value * factor : value / factor);
      out[i] = ops::load(out[i]) != 0 ? kept : T{};
    }
  });
  return mask;
}

Tensor StockDropout::forward(const Tensor& input, const CallArgs& args) {
  state_ = !training(args) || rate_ == 0.0 ? State::identity
           : rate_ == 1.0                  ? State::zeros
                                           : State::masked;
  if (state_ == State::identity) return input;
  if (state_ == State::zeros) return Tensor(input.dtype(), input.shape());
  return keep(mask_.draw(require(stream_), Distribution::keep_mask(rate_), input.dtype(),
                         noise_shape(input.shape()), moment(args)),
              input);
}

Tensor StockDropout::gradient(const Tensor& upstream) {
  if (state_ == State::identity) return upstream;
  if (state_ == State::zeros) return Tensor(upstream.dtype(), upstream.shape());
  return keep(mask_.replay(), upstream);
}

void StockDropout::on_config(Config& config) const {
  config.set("rate", rate_);
  config.set("seed", seed_);
}

}  // namespace seedproof::kinds
