// Identity, place in the tree, construction.
#include <algorithm>
#include <utility>

#include <seedproof/layers/layer.h>
#include <seedproof/layers/names.h>

namespace seedproof {

Layer::Layer(LayerOptions options)
    : name_(std::move(options.name)),
      name_given_(!name_.empty()),
      policy_(options.dtype ? *options.dtype : dtype_policy()),
      trainable_(options.trainable),
      autocast_(options.autocast),
      activity_regularizer_(std::move(options.activity_regularizer)) {
  if (name_.find('/') != std::string::npos) {
    throw ValueError(
        "Argument `name` must be a string and cannot contain character `/`. Received: name=" +
        name_);
  }
  if (name_given_) return;
  names_ = NameRegistry::current();
  names_->add(*this);
}

Layer::~Layer() {
  if (names_) names_->remove(*this);
}

const std::string& Layer::name() const {
  if (names_) names_->settle();
  return name_;
}

void Layer::fail_value(const std::string& message) const {
  // A constructor may fail before its class, and so an automatic name, can be known.
  const std::string& who = placed_ ? path_ : name_;
  throw ValueError(who.empty() ? message : "layer '" + who + "': " + message);
}

// ---- place in the tree

void Layer::place(const Scope& parent) {
  if (!placed_) {
    path_ = parent.path.empty() ? name() : parent.path + "/" + name();
    path_given_ = name_given_ && parent.given;
    placed_ = true;
  }
  for (const auto& layer : sublayers_) layer->place(scope());
}

bool Layer::contains(const Layer* layer) const {
  return this == layer || std::any_of(sublayers_.begin(), sublayers_.end(),
                                      [&](const auto& nested) { return nested->contains(layer); });
}

void Layer::refuse_when_locked() const {
  if (!built_ || grows()) return;
  throw ValueError("layer '" + path() +
                   "': You cannot add new elements of state (variables or sub-layers) to a layer "
                   "that is already built. All state must be created in the `__init__()` method or "
                   "in the `build()` method.");
}

void Layer::track_layer(std::shared_ptr<Layer> layer) {
  if (!layer) fail_value("a nested layer is null");
  if (layer->contains(this)) {
    fail_value("nesting layer '" + layer->name() + "' would make a cycle");
  }
  if (std::find(sublayers_.begin(), sublayers_.end(), layer) != sublayers_.end()) return;
  refuse_when_locked();
  sublayers_.push_back(std::move(layer));
  Layer& nested = *sublayers_.back();
  if (placed_) nested.place(scope());
  if (generator_ == nullptr || nested.generator_ != nullptr) return;
  try {
    nested.attach(*generator_, scope());
  } catch (...) {
    sublayers_.pop_back();
    throw;
  }
}

// ---- construction

Layer::Mark Layer::mark() const {
  return {trainable_variables_.size(), other_variables_.size(), streams_.size(),
          seed_states_.size(), sublayers_.size()};
}

void Layer::go_back(const Mark& mark) {
  trainable_variables_.resize(mark.trainable);
  other_variables_.resize(mark.others);
  seed_states_.resize(mark.seed_states);
  streams_.resize(mark.streams);
  sublayers_.resize(mark.sublayers);
}

void Layer::attach(Generator& generator, const Scope& parent) {
  if (generator_ != nullptr) {
    throw RuntimeError("layer '" + path() + "' is attached already, to a generator '" +
                       std::string(generator_->name()) + "'");
  }
  place(parent);
  generator_ = &generator;
  const Mark before = mark();
  try {
    generator.on({Event::Kind::construct, scope()});
    on_attach();
    // By index: an attached layer may track more.
    for (std::size_t i = 0; i < sublayers_.size(); ++i) {
      if (sublayers_[i]->generator_ == nullptr) sublayers_[i]->attach(generator, scope());
    }
  } catch (...) {
    go_back(before);
    generator_ = nullptr;
    throw;
  }
}

void Layer::build(std::span<const Shape> input_shapes) {
  if (built_) return;
  for (const Shape& shape : input_shapes) {
    for (const std::int64_t extent : shape) {
      if (extent < -1) fail_value("input shape " + to_string(shape) + " has a negative extent");
    }
  }
  place({});
  const Mark before = mark();
  try {
    on_build(input_shapes);
  } catch (...) {
    go_back(before);
    throw;
  }
  built_ = true;
}

void Layer::on_build(std::span<const Shape>) {}

std::string Layer::free_purpose(std::string_view wanted) const {
  const auto taken = [&](const std::string& purpose) {
    return std::any_of(streams_.begin(), streams_.end(),
                       [&](const auto& stream) { return stream->site().purpose == purpose; });
  };
  std::string purpose(wanted);
  for (unsigned number = 1; taken(purpose); ++number) {
    purpose = std::string(wanted) + "_" + std::to_string(number);
  }
  return purpose;
}

Stream& Layer::open_stream(std::string_view purpose, const Seed& seed, Role role) {
  if (generator_ == nullptr) {
    throw RuntimeError("layer '" + path() + "' draws '" + std::string(purpose) +
                       "' but was attached to no generator");
  }
  streams_.push_back(generator_->open({scope(), free_purpose(purpose), role}, seed));
  Stream& stream = *streams_.back();
  // An initialiser's draws are over after build, and the ambient state is nobody's own.
  if (role == Role::layer || role == Role::stock) seed_states_.push_back({&stream, nullptr});
  return stream;
}

Variable& Layer::add_weight(const WeightSpec& spec) {
  refuse_when_locked();
  VariableOptions options;
  options.name = spec.name.empty() ? NameRegistry::current()->next("Variable") : spec.name;
  const std::string path = this->path() + "/" + options.name;
  if (std::any_of(spec.shape.begin(), spec.shape.end(), [](std::int64_t e) { return e < 0; })) {
    throw ValueError(
        "Shapes used to initialize variables must be fully-defined (no `None` dimensions). "
        "Received: shape=" +
        to_string(spec.shape) + " for variable path='" + path + "'");
  }
  const DType dtype = spec.dtype.value_or(variable_dtype());
  const auto initializer = spec.initializer
                               ? spec.initializer
                               : make_initializer(is_float(dtype) ? "glorot_uniform" : "zeros");
  options.trainable = spec.trainable && trainable_;
  options.autocast = spec.autocast;
  options.aggregation = spec.aggregation;
  options.overwrite_with_gradient = spec.overwrite_with_gradient;
  options.regularizer = spec.regularizer;
  options.constraint = spec.constraint;

  // A name that was made by counting would shift with other layers' weights, so it is no purpose.
  const std::string_view purpose = spec.name.empty() ? "variable" : std::string_view(spec.name);
  Stream* stream = initializer->random()
                       ? &open_stream(purpose, initializer->seed(), Role::initializer)
                       : nullptr;
  Tensor value = initializer->make(spec.shape, dtype, stream);
  auto variable = std::make_unique<Variable>(std::move(value), path, std::move(options));
  auto& list = spec.trainable ? trainable_variables_ : other_variables_;
  list.push_back(std::move(variable));
  return *list.back();
}

}  // namespace seedproof
