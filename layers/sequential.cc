#include <algorithm>
#include <utility>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/model.h>

namespace seedproof {

Sequential::Sequential(LayerOptions options) : Layer(std::move(options)) {}

void Sequential::add(std::shared_ptr<Layer> layer) {
  if (layer) {
    for (const auto& known : sublayers()) {
      if (known->name() != layer->name()) continue;
      throw ValueError(
          "All layers added to a Sequential model should have unique names. Name '" +
          layer->name() +
          "' is already the name of a layer in this model. Update the `name` argument to pass a "
          "unique name.");
    }
  }
  track(std::move(layer));
  rebuild();
}

std::vector<Shape> Sequential::compute_output_shape(std::span<const Shape> input_shapes) const {
  std::vector<Shape> shapes(input_shapes.begin(), input_shapes.end());
  for (const auto& layer : sublayers()) shapes = layer->compute_output_shape(shapes);
  return shapes;
}

void Sequential::on_build(std::span<const Shape> input_shapes) {
  if (sublayers().empty()) {
    throw ValueError("Sequential model " + name() +
                     " cannot be built because it has no layers. Call `model.add(layer)`.");
  }
  if (input_shapes.size() != 1) {
    fail_value("a Sequential model takes one input, got " + std::to_string(input_shapes.size()));
  }
  std::vector<Shape> shapes(input_shapes.begin(), input_shapes.end());
  for (const auto& layer : sublayers()) {
    layer->build(shapes);
    if (layer == sublayers().back()) break;
    try {
      shapes = layer->compute_output_shape(shapes);
    } catch (const NotImplementedError&) {
      return;  // as in Keras, the rest is built by the first call
    }
  }
}

Tensors Sequential::on_call(const Tensors& inputs, const CallArgs& args) {
  if (inputs.size() != 1) {
    fail_value("a Sequential model takes one input, got " + std::to_string(inputs.size()));
  }
  const auto& layers = sublayers();
  Tensors flowing = (*layers.front())(inputs, args);
  for (std::size_t i = 1; i < layers.size(); ++i) flowing = (*layers[i])(flowing, args);
  return flowing;
}

Tensors Sequential::on_backward(const Tensors& upstream) {
  Tensors flowing = upstream;
  for (auto layer = sublayers().rbegin(); layer != sublayers().rend(); ++layer) {
    flowing = (*layer)->backward(flowing);
  }
  return flowing;
}

void Sequential::on_config(Config& config) const {
  ConfigValue::List list;
  for (const auto& layer : sublayers()) list.push_back(serialize(*layer));
  config.set("layers", std::move(list));
}

namespace {

std::shared_ptr<Layer> sequential_from_config(const Config& config) {
  ConfigReader reader("Sequential", config);
  auto model = std::make_shared<Sequential>(kinds::read_options(reader));
  if (const ConfigValue* layers = reader.value("layers")) {
    for (const ConfigValue& layer : layers->as_list("Sequential.layers")) {
      model->add(deserialize_layer(layer));
    }
  }
  reader.finish();
  return model;
}

}  // namespace

LayerEntry sequential_entry() {
  LayerEntry entry;
  entry.class_name = "Sequential";
  entry.family = "model";
  entry.probe_config = {
      {"layers", ConfigValue::List{Config{
                     {"class_name", "Dense"},
                     {"config", Config{{"name", "first"}, {"units", 3}, {"use_bias", false}}}}}}};
  entry.from_config = sequential_from_config;
  return entry;
}

}  // namespace seedproof
