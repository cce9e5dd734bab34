// GaussianNoiseLayer, documented: the layer owns its generator, made in build; in training it adds
// normal noise.
#include <seedproof/layers/kinds/random_draw.h>
#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof {
namespace {

class GaussianNoiseLayer final : public kinds::UnaryLayer {
 public:
  GaussianNoiseLayer(LayerOptions options, double stddev, Seed seed)
      : UnaryLayer(std::move(options)), stddev_(stddev), seed_(std::move(seed)) {}
  std::string_view class_name() const override { return "GaussianNoiseLayer"; }

 protected:
  void make_state(const Shape&) override { stream_ = &open_stream("noise", seed_, Role::layer); }

  Tensor forward(const Tensor& input, const CallArgs& args) override {
    if (!training(args)) return input;
    return noise_.draw(*stream_, Distribution::normal(0.0, stddev_), input.dtype(), input.shape(),
                       moment(args), Epilogue::add(input.data()));
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
  ConfigReader reader("GaussianNoiseLayer", config);
  LayerOptions options = kinds::read_options(reader);
  const double stddev = reader.number("stddev", 0.1);
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<GaussianNoiseLayer>(std::move(options), stddev, std::move(seed));
}

}  // namespace

LayerEntry register_gaussian_noise_layer() {
  LayerEntry entry;
  entry.class_name = "GaussianNoiseLayer";
  entry.family = "documented";
  entry.draws_in_call = true;
  entry.probe_config = {{"stddev", 0.25}, {"seed", 12}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
