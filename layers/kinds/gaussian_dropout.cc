// keras.layers.GaussianDropout(rate, seed=None): x * N(1, sqrt(rate / (1 - rate))) in training.
// Rate 1 is accepted and divides by zero in the first training call, as in Keras.
#include <cmath>

#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

class GaussianDropout final : public kinds::UnaryLayer {
 public:
  GaussianDropout(LayerOptions options, double rate, Seed seed)
      : UnaryLayer(std::move(options)), rate_(rate), seed_(std::move(seed)) {
    supports_masking = true;
  }
  std::string_view class_name() const override { return "GaussianDropout"; }

 protected:
  void on_attach() override {
    if (rate_ > 0.0) stream_ = &open_stream("noise", seed_, Role::stock);
  }
  Tensor forward(const Tensor& input, const CallArgs& args) override {
    active_ = training(args) && rate_ > 0.0;
    if (!active_) return input;
    if (rate_ == 1.0) fail_value("division by zero: sqrt(rate / (1 - rate)) with rate=1.0");
    Tensor out =
        noise_.draw(require(stream_), Distribution::normal(1.0, std::sqrt(rate_ / (1.0 - rate_))),
                    input.dtype(), input.shape(), moment(args));
    ops::multiply_in_place(out, input);
    return out;
  }
  Tensor gradient(const Tensor& upstream) override {
    if (!active_) return upstream;
    Tensor out = noise_.replay();
    ops::multiply_in_place(out, upstream);
    return out;
  }
  void on_config(Config& config) const override {
    config.set("rate", rate_);
    config.set("seed", seed_);
  }

 private:
  double rate_;
  Seed seed_;
  Stream* stream_ = nullptr;
  kinds::RandomDraw noise_;
  bool active_ = false;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("GaussianDropout", config);
  LayerOptions options = kinds::read_options(reader);
  const double rate = kinds::read_fraction(reader, "rate");
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<GaussianDropout>(std::move(options), rate, std::move(seed));
}

}  // namespace

LayerEntry register_gaussian_dropout() {
  LayerEntry entry;
  entry.class_name = "GaussianDropout";
  entry.family = "stock";
  entry.draws_in_call = true;
  entry.probe_config = {{"rate", 0.3}, {"seed", 23}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
