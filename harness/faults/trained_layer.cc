#include <memory>
#include <utility>

#include <seedproof/harness/faults/trained_layer.h>

namespace seedproof::faults {

namespace {

template <WrongTraining kWrong>
class TrainedNoise final : public Layer {
 public:
  TrainedNoise(Seed seed, LayerOptions options)
      : Layer(std::move(options)), seed_(std::move(seed)) {}
  std::string_view class_name() const override { return kTrainedLayer; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> shapes) const override {
    return {shapes.front()};
  }

 protected:
  void on_build(std::span<const Shape>) override {
    stream_ = &open_stream("noise", seed_, Role::layer);
    WeightSpec spec;
    spec.name = "scale";
    spec.initializer = make_initializer("ones");
    scale_ = &add_weight(spec);
  }

  Tensors on_call(const Tensors& inputs, const CallArgs& args) override {
    noisy_ = inputs.front();
    stream_->draw({Distribution::uniform(),
                   DType::f32,
                   {noisy_.shape()},
                   Epilogue::add(inputs.front().data())},
                  moment(args), noisy_.data());
    ++calls_;
    Tensor out = noisy_;
    const float factor = scale_->value().as<float>()[0];
    for (float& value : out.as<float>()) {
      value *= kWrong == WrongTraining::output_scaled ? 2.0F * factor : factor;
    }
    Tensors outputs;
    outputs.push_back(std::move(out));
    return outputs;
  }

  Tensors on_backward(const Tensors& upstream) override {
    const std::span<const float> from = upstream.front().as<float>();
    const float factor = scale_->value().as<float>()[0];
    Tensor gradient = upstream.front();
    float scale_gradient = 0.0F;
    for (std::size_t i = 0; i < from.size(); ++i) {
      gradient.as<float>()[i] = kWrong == WrongTraining::gradient_stops ? 0.0F : from[i] * factor;
      const bool lost = kWrong == WrongTraining::weight_gradient_lost;
      scale_gradient += from[i] * (lost ? 1.0F : noisy_.as<float>()[i]);
    }
    const bool frozen = kWrong == WrongTraining::frozen_weight && calls_ > 1;
    scale_->accumulate_gradient(Tensor::from<float>({}, {frozen ? 0.0F : scale_gradient}));
    Tensors out;
    out.push_back(std::move(gradient));
    return out;
  }

  void on_config(Config& config) const override { config.set("seed", seed_); }

 private:
  Seed seed_;
  Stream* stream_ = nullptr;
  Variable* scale_ = nullptr;
  Tensor noisy_;
  int calls_ = 0;
};

template <WrongTraining kWrong>
std::shared_ptr<Layer> from_config(const Config& config) {
  LayerOptions options;
  if (const ConfigValue* given = config.find("name")) options.name = given->as_text("name");
  return std::make_shared<TrainedNoise<kWrong>>(config.at("seed").as_seed("seed"), options);
}

}  // namespace

LayerEntry trained_layer(WrongTraining wrong) {
  LayerEntry out;
  out.class_name = kTrainedLayer;
  out.family = "fault";
  out.draws_in_call = true;
  out.probe_config = Config{{"seed", 17}};
  switch (wrong) {
    case WrongTraining::nothing:
      out.from_config = from_config<WrongTraining::nothing>;
      break;
    case WrongTraining::output_scaled:
      out.from_config = from_config<WrongTraining::output_scaled>;
      break;
    case WrongTraining::gradient_stops:
      out.from_config = from_config<WrongTraining::gradient_stops>;
      break;
    case WrongTraining::weight_gradient_lost:
      out.from_config = from_config<WrongTraining::weight_gradient_lost>;
      break;
    case WrongTraining::frozen_weight:
      out.from_config = from_config<WrongTraining::frozen_weight>;
      break;
  }
  return out;
}

}  // namespace seedproof::faults
