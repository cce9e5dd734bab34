// keras.layers.Activation(activation).
#include <seedproof/layers/kinds/activations.h>
#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof {
namespace {

class ActivationLayer final : public kinds::UnaryLayer {
 public:
  ActivationLayer(LayerOptions options, const kinds::Activation& activation)
      : UnaryLayer(std::move(options)), activation_(activation) {
    supports_masking = true;
  }
  std::string_view class_name() const override { return "Activation"; }

 protected:
  Tensor forward(const Tensor& input, const CallArgs&) override {
    input_ = input;
    output_ = activation_.forward(input);
    return output_;
  }
  Tensor gradient(const Tensor& upstream) override {
    return activation_.backward(input_, output_, upstream);
  }
  void on_config(Config& config) const override {
    config.set("activation", std::string(activation_.name));
  }

 private:
  const kinds::Activation& activation_;
  Tensor input_;
  Tensor output_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("Activation", config);
  LayerOptions options = kinds::read_options(reader);
  const ConfigValue* identifier = reader.value("activation");
  reader.finish();
  return std::make_shared<ActivationLayer>(std::move(options), kinds::get_activation(identifier));
}

}  // namespace

LayerEntry register_activation() {
  LayerEntry entry;
  entry.class_name = "Activation";
  entry.family = "stock";
  entry.probe_config = {{"activation", "tanh"}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
