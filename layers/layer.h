// Keras 3's Layer, as its documentation has it, with a generator plugged in and a backward pass.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <seedproof/layers/config.h>
#include <seedproof/layers/dtype_policy.h>
#include <seedproof/layers/initializer.h>
#include <seedproof/layers/input_spec.h>
#include <seedproof/layers/variable.h>
#include <seedproof/rng/generators/generator.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

class NameRegistry;

using Tensors = std::vector<Tensor>;

/// What a call is given beside its inputs.
struct CallArgs {
  std::optional<bool> training;  // none: inference, as Keras 3 resolves it
  const Tensor* mask = nullptr;  // boolean, of the inputs' leading axes
  std::uint64_t step = 0;        // step of the run; resets the count of calls when it changes
  Phase phase = Phase::train;
  bool has_step = true;
  std::uint64_t trace = 0;
  std::uint64_t operation = 0;
};

struct LayerOptions {
  std::string name;                  // empty: "<snake_case class>", "_1", "_2", ... are made
  std::optional<DTypePolicy> dtype;  // none: the global policy
  bool trainable = true;
  bool autocast = true;
  std::shared_ptr<const Regularizer> activity_regularizer;
};

/// A weight to be made by Layer::add_weight.
struct WeightSpec {
  Shape shape;
  std::string name;
  std::shared_ptr<const Initializer>
      initializer;             // none: by dtype, as Keras: glorot_uniform or zeros
  std::optional<DType> dtype;  // none: variable_dtype
  bool trainable = true;
  bool autocast = true;
  Aggregation aggregation = Aggregation::none;
  bool overwrite_with_gradient = false;
  std::shared_ptr<const Regularizer> regularizer;
  std::shared_ptr<const Constraint> constraint;
};

/// What a layer does not have, as Python's NotImplementedError.
class NotImplementedError final : public RuntimeError {
 public:
  using RuntimeError::RuntimeError;
};

/// A float accumulated over calls (sum and count), as keras.metrics.Mean.
struct MetricState {
  std::string name;
  double total = 0.0;
  double count = 0.0;
  void update(double value, double weight = 1.0) {
    total += value * weight;
    count += weight;
  }
  double result() const { return count == 0.0 ? 0.0 : total / count; }
};

class Layer {
 public:
  explicit Layer(LayerOptions options = {});
  virtual ~Layer();
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  // ---- identity
  /// "CustomDropout". Automatic names are made of it, so where a constructor asks for names, its
  /// own class must answer already.
  virtual std::string_view class_name() const = 0;
  /// Automatic names are numbered by the order of construction within a thread.
  const std::string& name() const;
  bool name_given() const { return name_given_; }
  /// Path in the tree: parents' names and the own one, joined by '/'. The own name before attach()
  /// or build(), which settle it.
  const std::string& path() const { return placed_ ? path_ : name(); }
  Scope scope() const { return {path(), placed_ ? path_given_ : name_given_}; }

  // ---- dtypes
  const DTypePolicy& policy() const { return policy_; }
  DType dtype() const { return policy_.variable_dtype(); }
  DType variable_dtype() const { return policy_.variable_dtype(); }
  DType compute_dtype() const { return policy_.compute_dtype(); }
  bool autocast() const { return autocast_; }

  // ---- construction and calling
  /// Construction's second half: the generator and the place in the tree. Opens the streams that
  /// Keras makes in __init__ (initialisers constructed there, seed generators), in order. A layer
  /// that never draws may be used without. Nested layers are attached after their parent; those
  /// attached before keep their generator. The generator hears Event::construct and must outlive
  /// the layer. Throws RuntimeError when the layer is attached already.
  void attach(Generator& generator, const Scope& parent = {});
  Generator* generator() const { return generator_; }

  /// Creates weights for these input shapes (-1: an extent not known yet). Building twice is a
  /// no-op. When it throws, the layer is as before and may be built again.
  void build(std::span<const Shape> input_shapes);
  void build(const Shape& input_shape) { build(std::span<const Shape>(&input_shape, 1)); }
  bool built() const { return built_; }

  /// Casts float inputs to compute_dtype (autocast), checks input_spec, builds on first use, calls,
  /// collects the activity regulariser's loss (of each output, divided by its batch size).
  /// `training` is inherited from the enclosing layer's call when it is not given. The outermost
  /// call clears the losses of the one before. Throws ValueError naming layer, axis and shapes.
  Tensors operator()(const Tensors& inputs, const CallArgs& args = {});
  Tensor operator()(const Tensor& input, const CallArgs& args = {});

  /// The raw computation, as Keras's: nothing is cast, checked or collected. Throws RuntimeError
  /// naming the layer before build().
  Tensors call(const Tensors& inputs, const CallArgs& args = {});

  /// Gradients of the last forward call: takes one upstream gradient per output, adds to the
  /// trainable variables' gradients (regularisers' included) and returns one gradient per input.
  /// The loss is the caller's plus losses(). Random masks are replayed from the receipt, not
  /// stored. Gradients have the dtypes that the inputs had before autocast. Throws RuntimeError
  /// before a call, ValueError or TypeError for an upstream gradient unlike its output.
  Tensors backward(const Tensors& upstream);
  Tensor backward(const Tensor& upstream);

  /// Throws NotImplementedError unless the layer says it.
  virtual std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const;

  // ---- state
  bool trainable() const { return trainable_; }
  /// And that of all nested layers, and of the variables that were made trainable.
  void set_trainable(bool trainable);
  /// Of weights(), those that are trainable; none when the layer is not.
  std::vector<Variable*> trainable_weights() const;
  /// The rest of weights().
  std::vector<Variable*> non_trainable_weights() const;
  /// Keras's order: this layer's own (those made trainable, then the others), then each nested
  /// layer's in the same way. Each once. Without random state.
  std::vector<Variable*> weights() const;
  /// As weights(), each layer's random state after its own weights: one non-trainable u8 variable a
  /// stream, a view of its saved state as of this call. A stream whose state is not its own (the
  /// ambient state, an initialiser's, none at all) has none. Metric state is not in it, as in
  /// Keras.
  std::vector<Variable*> variables() const;
  std::vector<Tensor> get_weights() const;
  /// Throws ValueError naming layer, weight, expected and found count or shape; nothing is set
  /// then.
  void set_weights(const std::vector<Tensor>& values);
  void clear_gradients();

  /// The layer's own streams, initialisers' included, and nested layers'.
  std::vector<Stream*> streams() const;

  // ---- losses and metrics
  /// Throws ValueError unless it is one float.
  void add_loss(const Tensor& scalar);
  /// Values added during the last call, nested ones, and the variables' regularisation losses.
  std::vector<Tensor> losses() const;
  void clear_losses();
  MetricState& add_metric(std::string name);
  std::vector<MetricState*> metrics();
  void reset_metrics();

  // ---- configuration
  /// name, trainable, dtype, an activity regulariser if there is one, and, from the layer, every
  /// constructor argument.
  Config get_config() const;

  // ---- nesting
  /// Tracks a layer as Keras tracks one assigned to an attribute; tracked twice, it counts once.
  /// Returns it. Throws ValueError for null, for a cycle, and after build().
  template <class L>
  std::shared_ptr<L> track(std::shared_ptr<L> layer) {
    track_layer(layer);
    return layer;
  }
  const std::vector<std::shared_ptr<Layer>>& sublayers() const { return sublayers_; }

  std::optional<InputSpec> input_spec;
  bool supports_masking = false;

 protected:
  // ---- what a layer writes
  virtual void on_attach() {}  // what __init__ makes with a generator
  virtual void on_build(std::span<const Shape> input_shapes);
  virtual Tensors on_call(const Tensors& inputs, const CallArgs& args) = 0;
  virtual Tensors on_backward(const Tensors& upstream) = 0;
  virtual void on_config(Config& config) const = 0;  // adds constructor arguments

  // ---- what a layer uses
  /// Draws the first value of a random initialiser from a stream of its own, whose purpose is the
  /// weight's name. Throws ValueError after build() and for a shape that is not fully defined.
  Variable& add_weight(const WeightSpec& spec);
  /// Opens the stream of a purpose. The layer owns it. A purpose opened before gets "_1", "_2", ...
  /// Throws RuntimeError without a generator.
  Stream& open_stream(std::string_view purpose, const Seed& seed, Role role);
  /// The moment of a draw in this call. Each (step, phase) counts its calls from 0.
  Moment moment(const CallArgs& args) const;
  bool training(const CallArgs& args) const { return args.training.value_or(false); }
  /// The variable's value as the current call sees it: in the compute dtype under a mixed policy.
  const Tensor& weight_value(const Variable& variable) const;
  /// May layers be added after build()?
  virtual bool grows() const { return false; }
  /// Forgets that build() ran: the next call builds what is new.
  void rebuild() { built_ = false; }
  /// Throws ValueError "layer 'x': ..."; may be used in a constructor.
  [[noreturn]] void fail_value(const std::string& message) const;

 private:
  friend class NameRegistry;
  struct SeedState {
    const Stream* stream = nullptr;
    std::unique_ptr<Variable> variable;
  };
  struct LastOutput {
    Shape shape;
    DType dtype = DType::f32;
    Tensor value;  // kept only for an activity regulariser
  };
  struct Mark {  // what a failed build or attach goes back to
    std::size_t trainable, others, streams, seed_states, sublayers;
  };

  void place(const Scope& parent);
  void track_layer(std::shared_ptr<Layer> layer);
  bool contains(const Layer* layer) const;
  void refuse_when_locked() const;
  Mark mark() const;
  void go_back(const Mark& mark);
  std::string free_purpose(std::string_view wanted) const;

  void check_inputs(const Tensors& inputs) const;
  void count_call(const CallArgs& args);
  Tensors run(const Tensors& inputs, const CallArgs& args);
  void collect_activity_losses(const Tensors& outputs);
  void check_upstream(const Tensors& upstream) const;
  Tensors with_activity_gradients(const Tensors& upstream) const;
  void add_regularizer_gradients();

  std::vector<Layer*> flattened() const;
  void collect_weights(std::vector<Variable*>& out) const;
  void collect_variables(std::vector<Variable*>& out,
                         std::vector<std::pair<const Generator*, StateImage>>& images) const;
  void refresh_seed_states(const StateImage& image) const;

  std::string name_;  // empty until an automatic one is asked for
  bool name_given_ = true;
  std::shared_ptr<NameRegistry> names_;  // null when the name was given
  std::string path_;
  bool placed_ = false;
  bool path_given_ = true;
  DTypePolicy policy_;
  bool trainable_ = true;
  bool autocast_ = true;
  std::shared_ptr<const Regularizer> activity_regularizer_;
  Generator* generator_ = nullptr;
  bool built_ = false;
  bool called_ = false;
  std::vector<std::unique_ptr<Variable>> trainable_variables_;  // made so; may be frozen since
  std::vector<std::unique_ptr<Variable>> other_variables_;
  std::vector<std::unique_ptr<Stream>> streams_;
  mutable std::vector<SeedState> seed_states_;
  std::vector<std::shared_ptr<Layer>> sublayers_;
  std::vector<Tensor> losses_;
  std::vector<std::unique_ptr<MetricState>> metrics_;
  std::optional<DType> cast_to_;  // what weight_value casts to in the current call
  std::vector<LastOutput> last_outputs_;
  std::vector<DType> last_input_dtypes_;
  Tensors single_input_;  // kept, so that one call after the other reuses its memory
  std::uint64_t calls_ = 0;
  std::optional<std::pair<std::uint64_t, Phase>> counted_;
};

/// One row of the list of layers.
struct LayerEntry {
  std::string class_name;
  std::string family;           // "documented", "stock", "model"
  bool draws_in_call = false;   // in training
  bool draws_in_build = false;  // random initialisers
  /// Every constructor argument with a value that is not its default, for round trips.
  Config probe_config;
  /// Throws ValueError naming an unknown or missing entry.
  std::shared_ptr<Layer> (*from_config)(const Config& config) = nullptr;
};

/// The built-in layers, in the order of their list.
std::vector<LayerEntry> builtin_layers();

/// While it lives, the layers of this thread's nested configurations may be of these classes too,
/// as under keras.utils.CustomObjectScope.
class CustomLayerScope {
 public:
  explicit CustomLayerScope(std::vector<LayerEntry> entries);
  ~CustomLayerScope();
  CustomLayerScope(const CustomLayerScope&) = delete;
  CustomLayerScope& operator=(const CustomLayerScope&) = delete;

 private:
  std::size_t before_;
};

/// A layer from {"class_name": ..., "config": {...}}; classes of CustomLayerScope, innermost first,
/// then the built-in ones. Throws ValueError naming an unknown class.
std::shared_ptr<Layer> deserialize_layer(const ConfigValue& serialized);
ConfigValue serialize(const Layer& layer);

/// Resets the counters behind automatic names, as keras.backend.clear_session. Thread-local.
void clear_session();

}  // namespace seedproof
