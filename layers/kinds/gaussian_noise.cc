// keras.layers.GaussianNoise(stddev, seed=None): x + noise in training.
#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof {
namespace {

class GaussianNoise final : public kinds::UnaryLayer {
 public:
  GaussianNoise(LayerOptions options, double stddev, Seed seed)
      : UnaryLayer(std::move(options)), stddev_(stddev), seed_(std::move(seed)) {
    supports_masking = true;
  }
  std::string_view class_name() const override { return "GaussianNoise"; }

 protected:
  void on_attach() override {
    if (stddev_ > 0.0) stream_ = &open_stream("noise", seed_, Role::stock);
  }
  Tensor forward(const Tensor& input, const CallArgs& args) override {
    if (!training(args) || stddev_ == 0.0) return input;
    return noise_.draw(require(stream_), Distribution::normal(0.0, stddev_), input.dtype(),
                       input.shape(), moment(args), Epilogue::add(input.data()));
  }
  Tensor gradient(const Tensor& upstream) override { return upstream; }
  void on_config(Config& config) const override {
    config.set("stddev", stddev_);
    config.set("seed", seed_);
  }

 private:
  double stddev_;
  Seed seed_;
  Stream* stream_ = nullptr;
  kinds::RandomDraw noise_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("GaussianNoise", config);
  LayerOptions options = kinds::read_options(reader);
  const double stddev = kinds::read_fraction(reader, "stddev");
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<GaussianNoise>(std::move(options), stddev, std::move(seed));
}

}  // namespace

LayerEntry register_gaussian_noise() {
  LayerEntry entry;
  entry.class_name = "GaussianNoise";
  entry.family = "stock";
  entry.draws_in_call = true;
  entry.probe_config = {{"stddev", 0.25}, {"seed", 22}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
