// AddGaussianNoise, documented: normal noise on the rows of the flattened input, whose shape is
// then restored.
#include <seedproof/layers/kinds/ambient_noise.h>

namespace seedproof {
namespace {

class AddGaussianNoise final : public kinds::AmbientNoise {
 public:
  AddGaussianNoise(LayerOptions options, double mean, double stddev)
      : AmbientNoise(std::move(options)), mean_(mean), stddev_(stddev) {}
  std::string_view class_name() const override { return "AddGaussianNoise"; }

 protected:
  Tensor forward(const Tensor& input, const CallArgs& args) override {
    const Shape& shape = input.shape();
    Shape rows{1, 1};
    if (!shape.empty()) {
      rows = {shape[0], static_cast<std::int64_t>(
                            element_count(std::span<const std::int64_t>(shape).subspan(1)))};
    }
    return add_noise(input, Distribution::normal(mean_, stddev_), std::move(rows), args)
        .reshaped(shape);
  }
  void on_config(Config& config) const override {
    config.set("mean", mean_);
    config.set("stddev", stddev_);
  }

 private:
  double mean_;
  double stddev_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("AddGaussianNoise", config);
  LayerOptions options = kinds::read_options(reader);
  const double mean = reader.number("mean", 0.0);
  const double stddev = reader.number("stddev", 0.1);
  reader.finish();
  return std::make_shared<AddGaussianNoise>(std::move(options), mean, stddev);
}

}  // namespace

LayerEntry register_add_gaussian_noise() {
  LayerEntry entry;
  entry.class_name = "AddGaussianNoise";
  entry.family = "documented";
  entry.draws_in_call = true;
  entry.probe_config = {{"mean", 0.5}, {"stddev", 0.25}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
