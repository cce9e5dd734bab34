#include <algorithm>
#include <optional>

#include <seedproof/harness/subjects/model.h>
#include <seedproof/harness/subjects/run.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

Model::Model(const Plan& plan, const Registry& registry, Generator& generator)
    : plan_(plan), registry_(registry), generator_(generator) {
  resolve_inputs();
}

void Model::resolve_inputs() {
  const std::vector<LayerSpec>& specs = plan_.subject.layers;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    sources_.emplace_back();
    for (const std::string& input : specs[i].inputs) {
      if (input == "input") {
        sources_.back().push_back(-1);
        continue;
      }
      const auto end = specs.begin() + static_cast<std::ptrdiff_t>(i);
      const auto at = std::find_if(specs.begin(), end,
                                   [&](const LayerSpec& spec) { return spec.name == input; });
      if (at == end) {
        throw ConfigError("layer '" + specs[i].name + "' of subject '" + plan_.subject.name +
                          "' takes its input from '" + input + "', which is no earlier layer");
      }
      sources_.back().push_back(static_cast<int>(at - specs.begin()));
    }
  }
}

std::shared_ptr<Layer> Model::round_trip(const LayerSpec& spec, const Config& given,
                                         const Layer& layer, const LayerEntry& entry) {
  const Config kept = Config::from_json(layer.get_config().to_json());
  for (const auto& [name, value] : given.entries()) {
    const ConfigValue* const after = kept.find(name);
    if (after != nullptr && *after == value) continue;
    config_changes_.push_back(spec.name + "." + name + ": " + value.to_json() +
                              (after == nullptr ? " was left out" : " became " + after->to_json()));
  }
  return entry.from_config(kept);
}

std::shared_ptr<Layer> Model::make(const LayerSpec& spec) {
  const LayerEntry& entry = registry_.layer(spec.class_name);
  Config config = spec.config;
  if (spec.name_given) config.set("name", spec.name);
  std::shared_ptr<Layer> layer = entry.from_config(config);
  if (plan_.config_round_trip) layer = round_trip(spec, spec.config, *layer, entry);
  return layer;
}

void Model::construct() {
  clear_session();
  for (const LayerSpec& spec : plan_.subject.layers) {
    at_hand_ = spec.name;
    layers_.push_back(make(spec));
    layers_.back()->attach(generator_);
  }
  at_hand_.clear();
}

void Model::build() {
  std::vector<std::optional<Shape>> shapes;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    at_hand_ = plan_.subject.layers[i].name;
    std::vector<Shape> inputs;
    bool known = true;
    for (const int source : sources_[i]) {
      const std::optional<Shape> shape =
          source < 0 ? plan_.subject.input_shape : shapes[static_cast<std::size_t>(source)];
      known = known && shape.has_value();
      inputs.push_back(shape.value_or(Shape{}));
    }
    // As in Keras, a layer that cannot be built by its shapes is built by its first call.
    shapes.emplace_back();
    if (!known) continue;
    layers_[i]->build(inputs);
    try {
      shapes.back() = layers_[i]->compute_output_shape(inputs).at(0);
    } catch (const NotImplementedError&) {
      // The layer does not say its shape, as it need not.
    }
  }
  at_hand_.clear();
}

void Model::forward(std::uint64_t step, Phase phase, bool training) {
  const Tensor input = subject_input(plan_.subject, step);
  CallArgs args;
  args.training = training;
  args.step = step;
  args.phase = phase;
  outputs_.assign(layers_.size(), {});
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    at_hand_ = plan_.subject.layers[i].name;
    Tensors inputs;
    for (const int source : sources_[i]) {
      inputs.push_back(source < 0 ? input : outputs_[static_cast<std::size_t>(source)].at(0));
    }
    outputs_[i] = (*layers_[i])(inputs, args);
    if (outputs_[i].empty()) throw RuntimeError("layer '" + at_hand_ + "' returned no output");
  }
  at_hand_.clear();
}

void Model::train() {
  std::vector<std::optional<Tensor>> upstream(layers_.size());
  for (std::size_t i = layers_.size(); i-- > 0;) {
    at_hand_ = plan_.subject.layers[i].name;
    const Tensor& output = outputs_[i].at(0);
    if (!upstream[i].has_value()) {
      upstream[i] = mean_squared_error(output, Tensor(output.dtype(), output.shape())).gradient;
    }
    Tensors gradients = {*upstream[i]};
    for (std::size_t k = 1; k < outputs_[i].size(); ++k) {
      gradients.emplace_back(outputs_[i][k].dtype(), outputs_[i][k].shape());
    }
    gradients = layers_[i]->backward(gradients);
    for (std::size_t k = 0; k < sources_[i].size() && k < gradients.size(); ++k) {
      if (sources_[i][k] < 0) continue;
      std::optional<Tensor>& sum = upstream[static_cast<std::size_t>(sources_[i][k])];
      sum = sum.has_value() ? ops::add(*sum, gradients[k]) : std::move(gradients[k]);
    }
  }
  at_hand_.clear();
  if (optimizer_ == nullptr) optimizer_ = make_sgd();
  std::vector<Variable*> variables;
  for (const std::shared_ptr<Layer>& layer : layers_) {
    const std::vector<Variable*> own = layer->trainable_weights();
    variables.insert(variables.end(), own.begin(), own.end());
  }
  optimizer_->step(variables);
  for (const std::shared_ptr<Layer>& layer : layers_) layer->clear_gradients();
}

std::vector<std::vector<Tensor>> Model::weights() const {
  std::vector<std::vector<Tensor>> out;
  for (const std::shared_ptr<Layer>& layer : layers_) out.push_back(layer->get_weights());
  return out;
}

void Model::set_weights(const std::vector<std::vector<Tensor>>& weights) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    at_hand_ = plan_.subject.layers[i].name;
    layers_[i]->set_weights(weights.at(i));
  }
  at_hand_.clear();
}

std::vector<std::pair<std::string, std::string>> Model::paths() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    out.emplace_back(plan_.subject.layers[i].name, layers_[i]->path());
  }
  return out;
}

}  // namespace seedproof
