// Weights, random state, losses and metrics: what a layer holds, and in which order.
#include <algorithm>
#include <deque>

#include <seedproof/layers/layer.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof {

namespace {

template <class T>
void append_once(std::vector<T*>& list, T* item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

}  // namespace

void Layer::set_trainable(bool trainable) {
  trainable_ = trainable;
  for (const auto& variable : trainable_variables_) variable->set_trainable(trainable);
  for (const auto& layer : sublayers_) layer->set_trainable(trainable);
}

void Layer::collect_weights(std::vector<Variable*>& out) const {
  for (const auto& variable : trainable_variables_) append_once(out, variable.get());
  for (const auto& variable : other_variables_) append_once(out, variable.get());
  for (const auto& layer : sublayers_) layer->collect_weights(out);
}

std::vector<Variable*> Layer::weights() const {
  std::vector<Variable*> out;
  collect_weights(out);
  return out;
}

std::vector<Variable*> Layer::trainable_weights() const {
  std::vector<Variable*> out;
  if (!trainable_) return out;
  for (Variable* variable : weights()) {
    if (variable->trainable()) out.push_back(variable);
  }
  return out;
}

std::vector<Variable*> Layer::non_trainable_weights() const {
  std::vector<Variable*> out;
  for (Variable* variable : weights()) {
    if (!trainable_ || !variable->trainable()) out.push_back(variable);
  }
  return out;
}

std::vector<Variable*> Layer::variables() const {
  std::vector<Variable*> out;
  std::vector<std::pair<const Generator*, StateImage>> images;
  collect_variables(out, images);
  return out;
}

void Layer::collect_variables(std::vector<Variable*>& out,
                              std::vector<std::pair<const Generator*, StateImage>>& images) const {
  for (const auto& variable : trainable_variables_) append_once(out, variable.get());
  for (const auto& variable : other_variables_) append_once(out, variable.get());
  if (!seed_states_.empty()) {
    auto image = std::find_if(images.begin(), images.end(),
                              [&](const auto& entry) { return entry.first == generator_; });
    if (image == images.end()) {
      images.emplace_back(generator_, generator_->save());
      image = images.end() - 1;
    }
    refresh_seed_states(image->second);
    for (const SeedState& state : seed_states_) {
      if (state.variable) append_once(out, state.variable.get());
    }
  }
  for (const auto& layer : sublayers_) layer->collect_variables(out, images);
}

void Layer::refresh_seed_states(const StateImage& image) const {
  for (SeedState& state : seed_states_) {
    const Site& site = state.stream->site();
    const StateSection* section = image.find(site.to_string());
    if (section == nullptr || section->bytes.empty()) {
      state.variable.reset();
      continue;
    }
    Tensor value(DType::u8, {static_cast<std::int64_t>(section->bytes.size())});
    std::copy(section->bytes.begin(), section->bytes.end(), value.data());
    if (state.variable && state.variable->shape() == value.shape()) {
      state.variable->assign(value);
      continue;
    }
    VariableOptions options;
    options.name = "seed_generator_state";
    options.trainable = false;
    options.autocast = false;
    options.aggregation = Aggregation::only_first_replica;
    state.variable = std::make_unique<Variable>(
        std::move(value), path() + "/" + site.purpose + "/" + options.name, options);
  }
}

std::vector<Tensor> Layer::get_weights() const {
  std::vector<Tensor> out;
  for (const Variable* variable : weights()) out.push_back(variable->value());
  return out;
}

void Layer::set_weights(const std::vector<Tensor>& values) {
  const std::vector<Variable*> targets = weights();
  if (targets.size() != values.size()) {
    throw ValueError("You called `set_weights(weights)` on layer '" + name() +
                     "' with a weight list of length " + std::to_string(values.size()) +
                     ", but the layer was expecting " + std::to_string(targets.size()) +
                     " weights.");
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i]->shape() == values[i].shape()) continue;
    throw ValueError("Layer " + name() + " weight shape " + to_string(targets[i]->shape()) +
                     " is not compatible with provided weight shape " +
                     to_string(values[i].shape()) + " (weight '" + targets[i]->path() + "').");
  }
  for (std::size_t i = 0; i < targets.size(); ++i) targets[i]->assign(values[i]);
}

void Layer::clear_gradients() {
  for (Variable* variable : weights()) variable->clear_gradient();
}

std::vector<Stream*> Layer::streams() const {
  std::vector<Stream*> out;
  for (const auto& stream : streams_) out.push_back(stream.get());
  for (const auto& layer : sublayers_) {
    for (Stream* stream : layer->streams()) append_once(out, stream);
  }
  return out;
}

// ---- losses

void Layer::add_loss(const Tensor& scalar) {
  if (!is_float(scalar.dtype()) || scalar.count() != 1) {
    fail_value("`add_loss()` takes one float, got shape " + to_string(scalar.shape()) + " of " +
               std::string(keras_name(scalar.dtype())));
  }
  losses_.push_back(scalar.rank() == 0 ? scalar : scalar.reshaped({}));
}

/// Nested layers, each once, in the order in which Keras visits them.
std::vector<Layer*> Layer::flattened() const {
  std::vector<Layer*> out;
  std::deque<Layer*> due;
  for (const auto& layer : sublayers_) due.push_back(layer.get());
  while (!due.empty()) {
    Layer* layer = due.front();
    due.pop_front();
    if (std::find(out.begin(), out.end(), layer) != out.end()) continue;
    out.push_back(layer);
    for (const auto& nested : layer->sublayers_) due.push_front(nested.get());
  }
  return out;
}

std::vector<Tensor> Layer::losses() const {
  std::vector<Tensor> out = losses_;
  for (const Layer* layer : flattened()) {
    out.insert(out.end(), layer->losses_.begin(), layer->losses_.end());
  }
  for (const Variable* variable : trainable_weights()) {
    if (variable->regularizer() != nullptr) {
      out.push_back(variable->regularizer()->loss(variable->value()));
    }
  }
  return out;
}

void Layer::clear_losses() {
  losses_.clear();
  for (const auto& layer : sublayers_) layer->clear_losses();
}

// ---- metrics

MetricState& Layer::add_metric(std::string name) {
  metrics_.push_back(std::make_unique<MetricState>());
  metrics_.back()->name = std::move(name);
  return *metrics_.back();
}

std::vector<MetricState*> Layer::metrics() {
  std::vector<MetricState*> out;
  for (const auto& metric : metrics_) out.push_back(metric.get());
  for (const auto& layer : sublayers_) {
    for (MetricState* metric : layer->metrics()) append_once(out, metric);
  }
  return out;
}

void Layer::reset_metrics() {
  for (MetricState* metric : metrics()) {
    metric->total = 0.0;
    metric->count = 0.0;
  }
}

}  // namespace seedproof
