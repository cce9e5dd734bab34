// CustomDropout, documented: the layer owns its generator, made in build. In training it keeps an
// element where its uniform is *above* the rate (Keras's own dropout keeps from the rate on), and
// computes (x * mask) / (1 - rate): an infinity that is dropped becomes NaN, and so does everything
// at rate 1. The document checks no range.
#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

class CustomDropout final : public kinds::UnaryLayer {
 public:
  CustomDropout(LayerOptions options, double rate, Seed seed)
      : UnaryLayer(std::move(options)), rate_(rate), seed_(std::move(seed)) {}
  std::string_view class_name() const override { return "CustomDropout"; }

 protected:
  void make_state(const Shape&) override { stream_ = &open_stream("mask", seed_, Role::layer); }

  Tensor forward(const Tensor& input, const CallArgs& args) override {
    active_ = training(args);
    if (!active_) return input;
    Tensor out = mask_.draw(*stream_, Distribution::uniform(), input.dtype(), input.shape(),
                            moment(args), Epilogue::greater(rate_));
    ops::multiply_in_place(out, input);
    ops::divide_in_place(out, 1.0 - rate_);
    return out;
  }

  Tensor gradient(const Tensor& upstream) override {
    if (!active_) return upstream;
    Tensor out = ops::divide(upstream, 1.0 - rate_);
    ops::multiply_in_place(out, mask_.replay());
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
  kinds::RandomDraw mask_;
  bool active_ = false;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("CustomDropout", config);
  LayerOptions options = kinds::read_options(reader);
  const double rate = reader.number("rate");
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<CustomDropout>(std::move(options), rate, std::move(seed));
}

}  // namespace

LayerEntry register_custom_dropout() {
  LayerEntry entry;
  entry.class_name = "CustomDropout";
  entry.family = "documented";
  entry.draws_in_call = true;
  entry.probe_config = {{"rate", 0.3}, {"seed", 11}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
