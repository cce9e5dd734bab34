#include "echo_noise.h"

#include <memory>

namespace {

using namespace seedproof;

class EchoNoise : public Layer {
 public:
  EchoNoise(double amplitude, Seed seed, bool deaf, LayerOptions options)
      : Layer(std::move(options)), amplitude_(amplitude), seed_(std::move(seed)), deaf_(deaf) {}

  std::string_view class_name() const override { return deaf_ ? "DeafNoise" : "EchoNoise"; }

 protected:
  void on_build(std::span<const Shape>) override {
    stream_ = &open_stream("noise", deaf_ ? Seed(5) : seed_, Role::layer);
  }

  Tensors on_call(const Tensors& inputs, const CallArgs& args) override {
    const Tensor& x = inputs.front();
    if (!training(args)) return {x};
    Tensor out = Tensor::uninitialized(x.dtype(), x.shape());
    stream_->draw(
        {Distribution::uniform(0.0, amplitude_), x.dtype(), {x.shape()}, Epilogue::add(x.data())},
        moment(args), out.data());
    Tensors outputs;
    outputs.push_back(std::move(out));
    return outputs;
  }

  Tensors on_backward(const Tensors& upstream) override { return upstream; }

  void on_config(Config& config) const override {
    config.set("amplitude", amplitude_);
    config.set("seed", seed_);
  }

 private:
  double amplitude_;
  Seed seed_;
  bool deaf_;
  Stream* stream_ = nullptr;
};

template <bool kDeaf>
std::shared_ptr<Layer> from_config(const Config& config) {
  LayerOptions options;
  if (const ConfigValue* name = config.find("name")) options.name = name->as_text("name");
  return std::make_shared<EchoNoise>(config.at("amplitude").as_double("amplitude"),
                                     config.at("seed").as_seed("seed"), kDeaf, options);
}

template <bool kDeaf>
LayerEntry entry(const char* class_name) {
  LayerEntry out;
  out.class_name = class_name;
  out.family = "consumer";
  out.draws_in_call = true;
  out.probe_config = Config{{"amplitude", 0.25}, {"seed", 19}};
  out.from_config = from_config<kDeaf>;
  return out;
}

}  // namespace

seedproof::LayerEntry echo_noise_entry() { return entry<false>("EchoNoise"); }
seedproof::LayerEntry deaf_noise_entry() { return entry<true>("DeafNoise"); }
