// AddUniformNoise, documented: flattens to one axis (49152 for the document's (16, 32, 32, 3), not
// the (16, 3072) it claims) and adds uniform noise.
#include <seedproof/layers/kinds/ambient_noise.h>

namespace seedproof {
namespace {

class AddUniformNoise final : public kinds::AmbientNoise {
 public:
  AddUniformNoise(LayerOptions options, double minval, double maxval)
      : AmbientNoise(std::move(options)), minval_(minval), maxval_(maxval) {}
  std::string_view class_name() const override { return "AddUniformNoise"; }

 protected:
  Shape output_shape(const Shape& input_shape) const override {
    return kinds::flat_shape(input_shape);
  }
  Tensor forward(const Tensor& input, const CallArgs& args) override {
    return add_noise(input, Distribution::uniform(minval_, maxval_),
                     kinds::flat_shape(input.shape()), args);
  }
  void on_config(Config& config) const override {
    config.set("minval", minval_);
    config.set("maxval", maxval_);
  }

 private:
  double minval_;
  double maxval_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("AddUniformNoise", config);
  LayerOptions options = kinds::read_options(reader);
  const double minval = reader.number("minval", -0.1);
  const double maxval = reader.number("maxval", 0.1);
  reader.finish();
  return std::make_shared<AddUniformNoise>(std::move(options), minval, maxval);
}

}  // namespace

LayerEntry register_add_uniform_noise() {
  LayerEntry entry;
  entry.class_name = "AddUniformNoise";
  entry.family = "documented";
  entry.draws_in_call = true;
  entry.probe_config = {{"minval", -0.25}, {"maxval", 0.5}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
