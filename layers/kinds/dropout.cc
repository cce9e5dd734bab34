// keras.layers.Dropout(rate, noise_shape=None, seed=None).
#include <seedproof/layers/kinds/noise_shape.h>
#include <seedproof/layers/kinds/stock_dropout.h>

namespace seedproof {
namespace {

class Dropout final : public kinds::StockDropout {
 public:
  Dropout(LayerOptions options, double rate, kinds::NoiseShape shape, Seed seed)
      : StockDropout(std::move(options), rate, std::move(seed)), noise_shape_(std::move(shape)) {}
  std::string_view class_name() const override { return "Dropout"; }

 protected:
  Shape noise_shape(const Shape& input_shape) const override {
    return noise_shape_.of(input_shape);
  }
  void on_config(Config& config) const override {
    StockDropout::on_config(config);
    config.set("noise_shape", noise_shape_.to_config());
  }

 private:
  kinds::NoiseShape noise_shape_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("Dropout", config);
  LayerOptions options = kinds::read_options(reader);
  const double rate = kinds::read_fraction(reader, "rate");
  kinds::NoiseShape shape = kinds::NoiseShape::read(reader);
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<Dropout>(std::move(options), rate, std::move(shape), std::move(seed));
}

}  // namespace

LayerEntry register_dropout() {
  LayerEntry entry;
  entry.class_name = "Dropout";
  entry.family = "stock";
  entry.draws_in_call = true;
  entry.probe_config = {
      {"rate", 0.3}, {"noise_shape", ConfigValue::List{ConfigValue(), 1}}, {"seed", 21}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
