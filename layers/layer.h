// Keras 3's Layer, as its documentation has it, with a generator plugged in and a backward pass.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/layers/config.h>
#include <seedproof/layers/dtype_policy.h>
#include <seedproof/layers/initializer.h>
#include <seedproof/layers/input_spec.h>
#include <seedproof/layers/variable.h>
#include <seedproof/rng/generators/generator.h>

namespace seedproof {

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
  std::shared_ptr<const Initializer> initializer;  // none: by dtype, as Keras: glorot_uniform or zeros
  std::optional<DType> dtype;                      // none: variable_dtype
  bool trainable = true;
  bool autocast = true;
  Aggregation aggregation = Aggregation::none;
  bool overwrite_with_gradient = false;
  std::shared_ptr<const Regularizer> regularizer;
  std::shared_ptr<const Constraint> constraint;
};

/// A float accumulated over calls (sum and count), as keras.metrics.Mean.
struct MetricState {
  std::string name;
  double total = 0.0;
  double count = 0.0;
  double result() const { return count == 0.0 ? 0.0 : total / count; }
};

class Layer {
 public:
  explicit Layer(LayerOptions options = {});
  virtual ~Layer();
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  // ---- identity
  virtual std::string_view class_name() const = 0;  // "CustomDropout"
  const std::string& name() const { return name_; }
  bool name_given() const { return name_given_; }
  /// Path in the tree: parents' names and the own one, joined by '/'. The own name before attach().
  const std::string& path() const { return path_; }

  // ---- dtypes
  const DTypePolicy& policy() const { return policy_; }
  DType dtype() const { return policy_.variable_dtype(); }
  DType variable_dtype() const { return policy_.variable_dtype(); }
  DType compute_dtype() const { return policy_.compute_dtype(); }
  bool autocast() const { return autocast_; }

  // ---- construction and calling
  /// Construction's second half: the generator and the place in the tree. Opens the streams that
  /// Keras makes in __init__ (initialisers constructed there, seed generators), in order. A layer
  /// that never draws may be used without. Nested layers are attached after their parent.
  void attach(Generator& generator, const Scope& parent = {});
  Generator* generator() const { return generator_; }

  /// Creates weights for these input shapes. Building twice is a no-op, as in Keras.
  void build(std::span<const Shape> input_shapes);
  void build(const Shape& input_shape) { build(std::span<const Shape>(&input_shape, 1)); }
  bool built() const { return built_; }

  /// Builds on first use, casts float inputs to compute_dtype (autocast), checks input_spec, calls,
  /// collects the activity regulariser's loss. Throws ValueError naming layer, axis and shapes.
  Tensors operator()(const Tensors& inputs, const CallArgs& args = {});
  Tensor operator()(const Tensor& input, const CallArgs& args = {});

  /// The raw computation. Throws RuntimeError naming the layer before build().
  Tensors call(const Tensors& inputs, const CallArgs& args = {});

  /// Gradients of the last forward call: takes one upstream gradient per output, adds to the
  /// trainable variables' gradients (regularisers' included) and returns one gradient per input.
  /// Random masks are replayed from the receipt, not stored. Throws RuntimeError before a call.
  Tensors backward(const Tensors& upstream);
  Tensor backward(const Tensor& upstream);

  virtual std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const;

  // ---- state
  bool trainable() const { return trainable_; }
  void set_trainable(bool trainable);  // and that of all nested layers and their variables
  std::vector<Variable*> trainable_weights() const;
  std::vector<Variable*> non_trainable_weights() const;
  std::vector<Variable*> weights() const;    // trainable first, without random state
  std::vector<Variable*> variables() const;  // weights, then random state and metric state
  std::vector<Tensor> get_weights() const;
  /// Throws ValueError naming layer, weight, expected and found count or shape; nothing is set then.
  void set_weights(const std::vector<Tensor>& values);
  void clear_gradients();

  /// The layer's own and nested layers' streams.
  std::vector<Stream*> streams() const;

  // ---- losses and metrics
  void add_loss(const Tensor& scalar);
  /// Values added during the last call, nested ones, and the variables' regularisation losses.
  std::vector<Tensor> losses() const;
  void clear_losses();
  MetricState& add_metric(std::string name);
  std::vector<MetricState*> metrics();
  void reset_metrics();

  // ---- configuration
  /// name, trainable, dtype and, from the layer, every constructor argument.
  Config get_config() const;

  // ---- nesting
  /// Tracks a layer as Keras tracks one assigned to an attribute. Returns it.
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
  Variable& add_weight(const WeightSpec& spec);
  /// Opens the stream of a purpose. The layer owns it. Throws RuntimeError without a generator.
  Stream& open_stream(std::string_view purpose, const Seed& seed, Role role);
  /// The moment of a draw in this call. Each (step, phase) counts its calls from 0.
  Moment moment(const CallArgs& args) const;
  bool training(const CallArgs& args) const { return args.training.value_or(false); }
  /// As keras.backend.convert: the variable's value in the compute dtype (autocast).
  Tensor weight_value(const Variable& variable) const;
  [[noreturn]] void fail_value(const std::string& message) const;  // ValueError "layer 'x': ..."

 private:
  friend class SeedGeneratorVariable;
  void track_layer(std::shared_ptr<Layer> layer);
  void count_call(const CallArgs& args);

  std::string name_;
  bool name_given_ = true;
  std::string path_;
  DTypePolicy policy_;
  bool trainable_ = true;
  bool autocast_ = true;
  std::shared_ptr<const Regularizer> activity_regularizer_;
  Generator* generator_ = nullptr;
  bool built_ = false;
  bool called_ = false;
  std::vector<std::unique_ptr<Variable>> variables_;
  std::vector<std::unique_ptr<Stream>> streams_;
  std::vector<std::shared_ptr<Layer>> sublayers_;
  std::vector<Tensor> losses_;
  std::vector<std::unique_ptr<MetricState>> metrics_;
  std::vector<Tensor> last_outputs_;  // kept only for an activity regulariser
  std::uint64_t calls_ = 0;
  std::optional<std::pair<std::uint64_t, Phase>> counted_;
};

/// One row of the list of layers.
struct LayerEntry {
  std::string class_name;
  std::string family;  // "documented", "stock", "model"
  bool draws_in_call = false;   // in training
  bool draws_in_build = false;  // random initialisers
  /// Every constructor argument with a value that is not its default, for round trips.
  Config probe_config;
  /// Throws ValueError naming an unknown or missing entry.
  std::shared_ptr<Layer> (*from_config)(const Config& config) = nullptr;
};

/// The built-in layers, in the order of their list.
std::vector<LayerEntry> builtin_layers();

/// Resets the counters behind automatic names, as keras.backend.clear_session. Thread-local.
void clear_session();

}  // namespace seedproof
