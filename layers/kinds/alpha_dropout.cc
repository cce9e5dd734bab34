// keras.layers.AlphaDropout(rate, noise_shape=None, seed=None): dropped elements get the value that
// keeps mean and variance of a SELU network. Constants in double, as Python's, each step in the
// input's dtype; the mask is drawn in float32 whatever the policy, as Keras draws it.
#include <cmath>

#include <seedproof/layers/kinds/noise_shape.h>
#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

constexpr double kAlpha = 1.6732632423543772848170429916717;
constexpr double kScale = 1.0507009873554804934193349852946;
constexpr double kDropped = -kAlpha * kScale;

class AlphaDropout final : public kinds::UnaryLayer {
 public:
  AlphaDropout(LayerOptions options, double rate, kinds::NoiseShape shape, Seed seed)
      : UnaryLayer(std::move(options)),
        rate_(rate),
        noise_shape_(std::move(shape)),
        seed_(std::move(seed)),
        scale_(std::pow((1.0 - rate) * (1.0 + rate * kDropped * kDropped), -0.5)) {
    supports_masking = true;
  }
  std::string_view class_name() const override { return "AlphaDropout"; }

 protected:
  void on_attach() override {
    if (rate_ > 0.0) stream_ = &open_stream("mask", seed_, Role::stock);
  }
  Tensor forward(const Tensor& input, const CallArgs& args) override {
    active_ = training(args) && rate_ > 0.0;
    if (!active_) return input;
    if (rate_ == 1.0) fail_value("division by zero: 0 ** -0.5 with rate=1.0");
    const Tensor kept =
        mask_
            .draw(require(stream_), Distribution::uniform(), DType::f32,
                  noise_shape_.of(input.shape()), moment(args), Epilogue::greater_equal(rate_))
            .cast(input.dtype());
    Tensor out = ops::multiply(input, kept);
    ops::add_in_place(out, ops::multiply(ops::subtract(1.0, kept), kDropped));
    ops::multiply_in_place(out, scale_);
    ops::add_in_place(out, -scale_ * kDropped * rate_);
    return out;
  }
  Tensor gradient(const Tensor& upstream) override {
    if (!active_) return upstream;
    Tensor out = ops::multiply(upstream, scale_);
    ops::multiply_in_place(out, mask_.replay().cast(upstream.dtype()));
    return out;
  }
  void on_config(Config& config) const override {
    config.set("rate", rate_);
    config.set("seed", seed_);
    config.set("noise_shape", noise_shape_.to_config());
  }

 private:
  double rate_;
  kinds::NoiseShape noise_shape_;
  Seed seed_;
  double scale_;
  Stream* stream_ = nullptr;
  kinds::RandomDraw mask_;
  bool active_ = false;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("AlphaDropout", config);
  LayerOptions options = kinds::read_options(reader);
  const double rate = kinds::read_fraction(reader, "rate");
  kinds::NoiseShape shape = kinds::NoiseShape::read(reader);
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<AlphaDropout>(std::move(options), rate, std::move(shape),
                                        std::move(seed));
}

}  // namespace

LayerEntry register_alpha_dropout() {
  LayerEntry entry;
  entry.class_name = "AlphaDropout";
  entry.family = "stock";
  entry.draws_in_call = true;
  entry.probe_config = {
      {"rate", 0.3}, {"noise_shape", ConfigValue::List{ConfigValue(), 1}}, {"seed", 24}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
