// AddNoise, documented: flattens to one axis and adds noise of a kind that is looked at only in the
// call.
#include <seedproof/layers/kinds/ambient_noise.h>

namespace seedproof {
namespace {

struct Noise {
  std::string type;
  double mean;
  double stddev;
  double minval;
  double maxval;
};

class AddNoise final : public kinds::AmbientNoise {
 public:
  AddNoise(LayerOptions options, Noise noise)
      : AmbientNoise(std::move(options)), noise_(std::move(noise)) {}
  std::string_view class_name() const override { return "AddNoise"; }

 protected:
  Shape output_shape(const Shape& input_shape) const override {
    return kinds::flat_shape(input_shape);
  }
  Tensor forward(const Tensor& input, const CallArgs& args) override {
    return add_noise(input, distribution(), kinds::flat_shape(input.shape()), args);
  }
  void on_config(Config& config) const override {
    config.set("noise_type", noise_.type);
    config.set("mean", noise_.mean);
    config.set("stddev", noise_.stddev);
    config.set("minval", noise_.minval);
    config.set("maxval", noise_.maxval);
  }

 private:
  Distribution distribution() const {
    if (noise_.type == "gaussian") return Distribution::normal(noise_.mean, noise_.stddev);
    if (noise_.type == "uniform") return Distribution::uniform(noise_.minval, noise_.maxval);
    throw ValueError("Invalid noise type. Choose 'gaussian' or 'uniform'. Received: '" +
                     noise_.type + "' in layer '" + path() + "'");
  }

  Noise noise_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("AddNoise", config);
  LayerOptions options = kinds::read_options(reader);
  Noise noise{reader.text("noise_type", "gaussian"), reader.number("mean", 0.0),
              reader.number("stddev", 0.1), reader.number("minval", -0.1),
              reader.number("maxval", 0.1)};
  reader.finish();
  return std::make_shared<AddNoise>(std::move(options), std::move(noise));
}

}  // namespace

LayerEntry register_add_noise() {
  LayerEntry entry;
  entry.class_name = "AddNoise";
  entry.family = "documented";
  entry.draws_in_call = true;
  entry.probe_config = {{"noise_type", "uniform"},
                        {"mean", 0.5},
                        {"stddev", 0.25},
                        {"minval", -0.25},
                        {"maxval", 0.5}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
