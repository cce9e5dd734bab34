#include <algorithm>
#include <utility>

#include <seedproof/harness/golden/layer_run.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// Part of `text` after `prefix`, when it begins with it.
std::optional<std::string> after(const std::string& text, const std::string& prefix) {
  if (text.rfind(prefix, 0) != 0) return std::nullopt;
  return text.substr(prefix.size());
}

std::unique_ptr<Optimizer> optimizer_of(const GoldenObject& object) {
  Config config = Config::from_json(object.config);
  const auto number = [&](const char* name, double otherwise) {
    const ConfigValue* found = config.find(name);
    return found == nullptr ? otherwise : found->as_double(object.class_name + "." + name);
  };
  if (object.class_name == "SGD") {
    const ConfigValue* nesterov = config.find("nesterov");
    return make_sgd(number("learning_rate", 0.01), number("momentum", 0.0),
                    nesterov != nullptr && nesterov->as_bool("SGD.nesterov"));
  }
  if (object.class_name == "Adam") {
    return make_adam(number("learning_rate", 0.001), number("beta_1", 0.9), number("beta_2", 0.999),
                     number("epsilon", 1e-7));
  }
  throw ValueError("unknown optimizer '" + object.class_name + "'");
}

/// Bound of `carried` through at most four roundings; an exact value stays exact.
Tensor carried_bound(const Tensor& carried, const Tensor& value) {
  if (bounds::is_zero(carried)) return carried;
  return bounds::rounded(carried, value, 4.0 * bounds::roundoff(value.dtype()));
}

}  // namespace

LayerRun::LayerRun(const Registry& registry, const GoldenRow& row, GoldenFiles& files)
    : row_(row), subject_(std::get<GoldenLayersSubject>(row.subject)), files_(files) {
  construct(registry);
  build();
  set_weights();
}

void LayerRun::construct(const Registry& registry) {
  if (!row_.generator.empty()) {
    generator_ = registry.generator(row_.generator).make();
    generator_->seed(row_.seed);
  }
  for (const GoldenObject& object : subject_.layers) {
    Config config = Config::from_json(object.config);
    config.set("name", object.name);
    std::shared_ptr<Layer> layer = registry.layer(object.class_name).from_config(config);
    if (generator_) layer->attach(*generator_);
    layers_.push_back(std::move(layer));
  }
}

void LayerRun::build() {
  const GoldenCall& first = subject_.before.empty() ? subject_.call : subject_.before.front();
  std::vector<Shape> shapes;
  for (const std::string& file : first.inputs) shapes.push_back(files_.load(file).shape());
  for (const std::shared_ptr<Layer>& layer : layers_) {
    layer->build(shapes);
    if (layer != layers_.back()) shapes = layer->compute_output_shape(shapes);
  }
}

void LayerRun::set_weights() {
  for (const auto& [path, file] : subject_.weights) {
    variable(path).assign(files_.load(file));
  }
}

void LayerRun::run() {
  if (subject_.train) {
    train();
    return;
  }
  for (std::size_t k = 0; k < static_cast<std::size_t>(row_.call); ++k) {
    call(subject_.before.empty() ? subject_.call : subject_.before.at(k));
  }
  call(subject_.call);
  loss_ = own_losses();
  if (subject_.upstream.empty()) return;
  const Tensor upstream = files_.load(subject_.upstream);
  backward({upstream, bounds::zero(upstream.shape())});
}

void LayerRun::call(const GoldenCall& call) {
  if (call.inputs.size() != 1) {
    throw ValueError("a golden row runs layers of one input, not " +
                     std::to_string(call.inputs.size()));
  }
  CallArgs args;
  args.training = call.training;
  args.step = calls_++;
  std::optional<Tensor> mask;
  if (!call.mask.empty()) args.mask = &mask.emplace(files_.load(call.mask));
  const Tensor input = files_.load(call.inputs.front());
  flow_.assign(1, {input, bounds::zero(input.shape())});
  for (const std::shared_ptr<Layer>& layer : layers_) {
    const Value from = flow_.back();
    Value to{(*layer)(from.tensor, args), {}};
    auto* const bounded = dynamic_cast<ErrorBounded*>(layer.get());
    if (bounded != nullptr) {
      to.bound = bounded->forward_bound(to.tensor, from.bound, variables_);
      bounded->state_bounds(from.bound, variables_);
    } else if (bounds::is_zero(from.bound)) {
      to.bound = bounds::zero(to.tensor.shape());
    } else {
      throw ValueError("layer '" + layer->name() + "' says no error bound");
    }
    flow_.push_back(std::move(to));
  }
}

void LayerRun::backward(const Value& upstream) {
  gradients_.clear();
  for (const std::shared_ptr<Layer>& layer : layers_) layer->clear_gradients();
  Value flowing = upstream;
  for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
    Value next{(*layer)->backward(flowing.tensor), {}};
    auto* const bounded = dynamic_cast<ErrorBounded*>(layer->get());
    next.bound = bounded == nullptr
                     ? bounds::zero(next.tensor.shape())
                     : bounded->backward_bound(next.tensor, flowing.tensor, flowing.bound,
                                               variables_, gradients_);
    flowing = std::move(next);
  }
  input_gradient_ = std::move(flowing);
}

LayerRun::Value LayerRun::own_losses() const {
  Value sum{Tensor::full(flow_.back().tensor.dtype(), {}, 0.0), bounds::zero({})};
  bool first = true;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    for (const Tensor& loss : layers_[i]->losses()) {
      sum.tensor = first ? loss : ops::add(sum.tensor, loss);
      first = false;
    }
    if (auto* const bounded = dynamic_cast<ErrorBounded*>(layers_[i].get())) {
      ops::add_in_place(sum.bound, bounded->loss_bound(flow_[i].bound));
    }
  }
  return sum;
}

LayerRun::Value LayerRun::loss_and_upstream(Value& upstream) const {
  const GoldenObject& loss = subject_.train->loss;
  const Value& output = flow_.back();
  if (loss.class_name == "Inner") {
    upstream.tensor = files_.load(subject_.upstream);
    upstream.bound = bounds::zero(upstream.tensor.shape());
    const Tensor products = ops::multiply(upstream.tensor, output.tensor);
    const double gamma = bounds::gamma(products.count() + 1, products.dtype());
    const Tensor carried = ops::multiply(bounds::magnitude(upstream.tensor), output.bound);
    return {ops::sum(products),
            ops::sum(ops::add(carried, ops::multiply(bounds::magnitude(products), gamma)))};
  }
  if (loss.class_name != "MeanSquaredError") {
    throw ValueError("unknown loss '" + loss.class_name + "'");
  }
  const Tensor target = files_.load(subject_.train->target);
  const LossValue value = mean_squared_error(output.tensor, target);
  const auto count = static_cast<double>(target.count());
  upstream.tensor = value.gradient;
  upstream.bound = carried_bound(ops::multiply(output.bound, 2.0 / count), value.gradient);
  const Tensor difference = bounds::magnitude(ops::subtract(target, output.tensor));
  // |(d + e)^2 - d^2| <= e (2 |d| + e); the squares, their sums and the divisions round.
  Tensor terms =
      ops::multiply(output.bound, ops::add(ops::multiply(difference, 2.0), output.bound));
  const double gamma = bounds::gamma(target.count() + 4, value.loss.dtype());
  ops::add_in_place(terms, ops::multiply(ops::square(ops::add(difference, output.bound)), gamma));
  return {value.loss, ops::divide(ops::sum(terms), count)};
}

void LayerRun::train() {
  optimizer_ = optimizer_of(subject_.train->optimizer);
  for (std::int64_t step = 0; step < subject_.train->steps; ++step) {
    call(subject_.call);
    Value upstream;
    loss_ = loss_and_upstream(upstream);
    const Value own = own_losses();
    loss_.tensor = ops::add(loss_.tensor, own.tensor.cast(loss_.tensor.dtype()));
    ops::add_in_place(loss_.bound, own.bound);
    backward(upstream);
    descend();
  }
}

/// w - rate * g: the bound of the step, for the plain SGD that golden trajectories use.
void LayerRun::descend() {
  const GoldenObject& object = subject_.train->optimizer;
  const Config config = Config::from_json(object.config);
  if (object.class_name != "SGD" || config.find("momentum") != nullptr) {
    throw ValueError("no error bound for steps of " + object.class_name + " " + object.config);
  }
  const double rate = config.at("learning_rate").as_double("learning_rate");
  std::vector<Variable*> due;
  for (const std::shared_ptr<Layer>& layer : layers_) {
    for (Variable* variable : layer->trainable_weights()) due.push_back(variable);
  }
  VariableBounds next = variables_;
  for (const Variable* variable : due) {
    if (!variable->gradient()) continue;
    const Tensor gradient_bound = bounds::of(gradients_, *variable);
    Tensor bound = ops::add(bounds::of(variables_, *variable), ops::multiply(gradient_bound, rate));
    if (!bounds::is_zero(bound)) {
      const double unit = bounds::roundoff(variable->dtype());
      bound = bounds::rounded(bound, *variable->gradient(), 2.0 * rate * unit);
      bound = bounds::rounded(bound, variable->value(), 2.0 * unit);
    }
    next[variable] = bound;
  }
  optimizer_->step(due);
  variables_ = std::move(next);
}

Variable& LayerRun::variable(const std::string& path) const {
  std::string known;
  for (const std::shared_ptr<Layer>& layer : layers_) {
    for (Variable* variable : layer->weights()) {
      if (variable->path() == path) return *variable;
      known += " " + variable->path();
    }
  }
  throw ValueError("no weight '" + path + "' among" + known);
}

Layer& LayerRun::layer(const std::string& name) const {
  for (const std::shared_ptr<Layer>& layer : layers_) {
    if (layer->name() == name) return *layer;
  }
  throw ValueError("no layer '" + name + "' in the row");
}

LayerRun::Value LayerRun::state_of(const std::string& layer_name) const {
  for (const Stream* stream : layer(layer_name).streams()) {
    const std::vector<std::uint64_t> words = stream->shown_state();
    if (words.empty()) continue;
    Tensor tensor = Tensor::from<std::uint64_t>({static_cast<std::int64_t>(words.size())},
                                                std::span<const std::uint64_t>(words));
    return {tensor, bounds::zero(tensor.shape())};
  }
  throw ValueError("layer '" + layer_name + "' shows no state");
}

LayerRun::Value LayerRun::named(const std::string& output) const {
  if (output == "output") return flow_.back();
  if (output == "loss") return loss_;
  if (output == "gradient/input") return input_gradient_;
  if (const auto name = after(output, "state/")) return state_of(*name);
  if (const auto path = after(output, "weight/")) {
    const Variable& weight = variable(*path);
    return {weight.value(), bounds::of(variables_, weight)};
  }
  if (const auto path = after(output, "gradient/")) {
    const Variable& weight = variable(*path);
    if (!weight.gradient()) throw ValueError("weight '" + *path + "' has no gradient");
    return {*weight.gradient(), bounds::of(gradients_, weight)};
  }
  throw ValueError("unknown output '" + output + "'");
}

std::map<std::string, GoldenState> LayerRun::shown_states() const {
  std::map<std::string, GoldenState> states;
  for (const std::shared_ptr<Layer>& layer : layers_) {
    for (const Stream* stream : layer->streams()) {
      const std::vector<std::uint64_t> words = stream->shown_state();
      if (!words.empty()) states[layer->name()] = {words, ""};
    }
  }
  return states;
}

Evaluation LayerRun::result() const {
  Value value = named(subject_.output);
  Evaluation out;
  out.value = std::move(value.tensor);
  if (!bounds::is_zero(value.bound)) out.bound = std::move(value.bound);
  out.state_after = shown_states();
  return out;
}

}  // namespace seedproof
