// keras.layers.Dense: activation(x @ kernel + bias).
#include <array>

#include <seedproof/layers/constraint.h>
#include <seedproof/layers/kinds/activations.h>
#include <seedproof/layers/kinds/affine_bounds.h>
#include <seedproof/layers/kinds/opened_initializer.h>
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof {
namespace {

/// What is said of one weight: `<name>_initializer`, `<name>_regularizer`, `<name>_constraint`.
struct Wish {
  std::string name;
  std::shared_ptr<const Initializer> initializer;
  std::shared_ptr<const Regularizer> regularizer;
  std::shared_ptr<const Constraint> constraint;
  Stream* stream = nullptr;  // opened where Keras constructs the initialiser, in __init__
};

struct Arguments {
  std::int64_t units;
  const kinds::Activation* activation;
  bool use_bias;
  Wish kernel;
  Wish bias;
};

class Dense final : public kinds::UnaryLayer {
 public:
  Dense(LayerOptions options, Arguments arguments)
      : UnaryLayer(std::move(options)), arguments_(std::move(arguments)) {
    supports_masking = true;
    input_spec.emplace();
    input_spec->min_ndim = 2;
  }
  std::string_view class_name() const override { return "Dense"; }

  /// For the linear activation; another throws NotImplementedError.
  Tensor forward_bound(const Tensor&, const Tensor& input_bound,
                       const VariableBounds& variables) override {
    if (arguments_.activation->name != "linear") {
      throw NotImplementedError("layer '" + path() + "': no error bound through the activation " +
                                std::string(arguments_.activation->name));
    }
    input_bound_ = input_bound;
    return kinds::affine_forward_bound({input_, input_bound_, *kernel_, bias_}, variables);
  }

  Tensor backward_bound(const Tensor&, const Tensor& upstream, const Tensor& upstream_bound,
                        const VariableBounds& variables, VariableBounds& gradients) override {
    return kinds::affine_backward_bound({input_, input_bound_, *kernel_, bias_}, upstream,
                                        upstream_bound, variables, gradients);
  }

 protected:
  void on_attach() override {
    open(arguments_.kernel);
    open(arguments_.bias);
  }

  void make_state(const Shape& input_shape) override {
    if (input_shape.size() < 2) {
      fail_value("expected min_ndim=2, found ndim=" + std::to_string(input_shape.size()) +
                 ". Full shape received: " + to_string(input_shape));
    }
    kernel_ = &make(arguments_.kernel, {input_shape.back(), arguments_.units});
    if (arguments_.use_bias) bias_ = &make(arguments_.bias, {arguments_.units});
    input_spec->axes[-1] = input_shape.back();
  }

  Shape output_shape(const Shape& input_shape) const override {
    if (input_shape.empty()) fail_value("expected min_ndim=2, found ndim=0");
    Shape out = input_shape;
    out.back() = arguments_.units;
    return out;
  }

  Tensor forward(const Tensor& input, const CallArgs&) override {
    input_ = input;
    affine_ = ops::matmul(input, weight_value(*kernel_));
    if (bias_ != nullptr) ops::add_in_place(affine_, weight_value(*bias_));
    output_ = arguments_.activation->forward(affine_);
    return output_;
  }

  Tensor gradient(const Tensor& upstream) override {
    const Tensor inner = arguments_.activation->backward(affine_, output_, upstream);
    kernel_->accumulate_gradient(ops::matmul_tn(input_, inner));
    if (bias_ != nullptr) bias_->accumulate_gradient(ops::sum_to(inner, bias_->shape()));
    return ops::matmul_nt(inner, weight_value(*kernel_));
  }

  void on_config(Config& config) const override {
    const auto& [units, activation, use_bias, kernel, bias] = arguments_;
    config.set("units", units);
    config.set("activation", std::string(activation->name));
    config.set("use_bias", use_bias);
    config.set("kernel_initializer", serialize(*kernel.initializer));
    config.set("bias_initializer", serialize(*bias.initializer));
    config.set("kernel_regularizer", serialize(kernel.regularizer.get()));
    config.set("bias_regularizer", serialize(bias.regularizer.get()));
    config.set("kernel_constraint", serialize(kernel.constraint.get()));
    config.set("bias_constraint", serialize(bias.constraint.get()));
  }

 private:
  void open(Wish& wish) {
    const Initializer& initializer = *wish.initializer;
    if (!initializer.random()) return;
    wish.stream = &open_stream(wish.name, initializer.seed(), Role::initializer);
  }
  Variable& make(const Wish& wish, Shape shape) {
    WeightSpec spec;
    spec.name = wish.name;
    spec.shape = std::move(shape);
    spec.initializer = std::make_shared<kinds::OpenedInitializer>(wish.initializer, wish.stream);
    spec.regularizer = wish.regularizer;
    spec.constraint = wish.constraint;
    return add_weight(spec);
  }

  Arguments arguments_;
  Variable* kernel_ = nullptr;
  Variable* bias_ = nullptr;
  Tensor input_;
  Tensor affine_;
  Tensor output_;
  Tensor input_bound_;
};

Wish read_wish(ConfigReader& reader, std::string name, std::string_view initializer,
               std::array<std::string_view, 3> entries) {
  Wish wish;
  wish.name = std::move(name);
  const auto value = [&](std::size_t index, std::string_view otherwise) {
    const ConfigValue* found = reader.value(entries[index]);
    if (found != nullptr) return *found;
    return otherwise.empty() ? ConfigValue() : ConfigValue(std::string(otherwise));
  };
  wish.initializer = make_initializer(value(0, initializer));
  wish.regularizer = make_regularizer(value(1, ""));
  wish.constraint = make_constraint(value(2, ""));
  return wish;
}

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("Dense", config);
  LayerOptions options = kinds::read_options(reader);
  Arguments arguments{kinds::read_units(reader), &kinds::get_activation(reader.value("activation")),
                      reader.truth("use_bias", true),
                      read_wish(reader, "kernel", "glorot_uniform",
                                {"kernel_initializer", "kernel_regularizer", "kernel_constraint"}),
                      read_wish(reader, "bias", "zeros",
                                {"bias_initializer", "bias_regularizer", "bias_constraint"})};
  reader.finish();
  return std::make_shared<Dense>(std::move(options), std::move(arguments));
}

ConfigValue named(std::string class_name, Config config) {
  return Config{{"class_name", std::move(class_name)}, {"config", std::move(config)}};
}

}  // namespace

LayerEntry register_dense() {
  LayerEntry entry;
  entry.class_name = "Dense";
  entry.family = "stock";
  entry.draws_in_build = true;
  entry.probe_config = {
      {"units", 4},
      {"activation", "tanh"},
      {"use_bias", true},
      {"kernel_initializer",
       named("HeNormal", {{"seed", 25}, {"input_axes", {}}, {"output_axes", {}}})},
      {"bias_initializer",
       named("RandomUniform", {{"seed", 0}, {"minval", -0.5}, {"maxval", 0.5}})},
      {"kernel_regularizer", named("L1L2", {{"l1", 0.125}, {"l2", 0.25}})},
      {"bias_regularizer", named("L2", {{"l2", 0.5}})},
      {"activity_regularizer", named("L2", {{"l2", 0.0625}})},
      {"kernel_constraint", named("MaxNorm", {{"max_value", 1.5}, {"axis", 1}})},
      {"bias_constraint", named("NonNeg", {})}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
