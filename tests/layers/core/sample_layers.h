// Layers for these tests only, so that the core is tested without the stock ones.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <seedproof/layers/layer.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof::testing {

inline LayerOptions named(std::string name, std::string policy = "float32") {
  LayerOptions options;
  options.name = std::move(name);
  options.dtype = DTypePolicy(policy);
  return options;
}

inline Tensor floats(Shape shape, std::initializer_list<float> values) {
  return Tensor::from<float>(std::move(shape), values);
}
inline Tensor doubles(Shape shape, std::initializer_list<double> values) {
  return Tensor::from<double>(std::move(shape), values);
}

/// A value set by hand.
class Fixed final : public Initializer {
 public:
  explicit Fixed(Tensor value) : value_(std::move(value)) {}
  std::string_view class_name() const override { return "Fixed"; }
  Tensor make(const Shape& shape, DType dtype, Stream*) const override {
    return value_.reshaped(shape).cast(dtype);
  }
  Config get_config() const override { return {}; }

 private:
  Tensor value_;
};

/// x @ w + b.
class Linear final : public Layer {
 public:
  Linear(std::int64_t units, LayerOptions options,
         std::shared_ptr<const Regularizer> regularizer = nullptr)
      : Layer(std::move(options)), units_(units), regularizer_(std::move(regularizer)) {}
  std::string_view class_name() const override { return "Linear"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> shapes) const override {
    Shape out = shapes[0];
    out.back() = units_;
    return {out};
  }
  Variable& kernel() { return *kernel_; }
  Variable& bias() { return *bias_; }

 protected:
  void on_build(std::span<const Shape> shapes) override {
    WeightSpec spec;
    spec.shape = {shapes[0].back(), units_};
    spec.name = "kernel";
    spec.regularizer = regularizer_;
    kernel_ = &add_weight(spec);
    WeightSpec bias;
    bias.shape = {units_};
    bias.name = "bias";
    bias.initializer = make_initializer("zeros");
    bias_ = &add_weight(bias);
  }
  Tensors on_call(const Tensors& inputs, const CallArgs&) override {
    input_ = inputs[0];
    return {ops::add(ops::matmul(input_, weight_value(*kernel_)), weight_value(*bias_))};
  }
  Tensors on_backward(const Tensors& upstream) override {
    kernel_->accumulate_gradient(ops::matmul_tn(input_, upstream[0]));
    bias_->accumulate_gradient(ops::sum_to(upstream[0], bias_->shape()));
    return {ops::matmul_nt(upstream[0], weight_value(*kernel_))};
  }
  void on_config(Config& config) const override { config.set("units", units_); }

 private:
  std::int64_t units_;
  std::shared_ptr<const Regularizer> regularizer_;
  Variable* kernel_ = nullptr;
  Variable* bias_ = nullptr;
  Tensor input_;
};

/// Two inputs, multiplied.
class Product final : public Layer {
 public:
  using Layer::Layer;
  std::string_view class_name() const override { return "Product"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> shapes) const override {
    return {ops::broadcast_shape(shapes[0], shapes[1])};
  }

 protected:
  Tensors on_call(const Tensors& inputs, const CallArgs&) override {
    inputs_ = inputs;
    return {ops::multiply(inputs[0], inputs[1])};
  }
  Tensors on_backward(const Tensors& upstream) override {
    return {ops::sum_to(ops::multiply(upstream[0], inputs_[1]), inputs_[0].shape()),
            ops::sum_to(ops::multiply(upstream[0], inputs_[0]), inputs_[1].shape())};
  }
  void on_config(Config&) const override {}

 private:
  Tensors inputs_;
};

/// Two outputs: sin(x) and x^2.
class Fork final : public Layer {
 public:
  using Layer::Layer;
  std::string_view class_name() const override { return "Fork"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> shapes) const override {
    return {shapes[0], shapes[0]};
  }

 protected:
  Tensors on_call(const Tensors& inputs, const CallArgs&) override {
    input_ = inputs[0];
    return {ops::sin(input_), ops::square(input_)};
  }
  Tensors on_backward(const Tensors& upstream) override {
    const Tensor first = ops::multiply(upstream[0], ops::cos(input_));
    const Tensor second = ops::multiply(upstream[1], ops::multiply(input_, 2.0));
    return {ops::add(first, second)};
  }
  void on_config(Config&) const override {}

 private:
  Tensor input_;
};

/// Adds uniform noise of its own stream when training; shows what each call was given.
class Noise final : public Layer {
 public:
  explicit Noise(LayerOptions options, Seed seed = 5)
      : Layer(std::move(options)), seed_(std::move(seed)) {}
  std::string_view class_name() const override { return "Noise"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> shapes) const override {
    return {shapes.begin(), shapes.end()};
  }
  Moment last_moment;
  std::optional<bool> last_training;

 protected:
  void on_build(std::span<const Shape>) override {
    stream_ = &open_stream("noise", seed_, Role::layer);
  }
  Tensors on_call(const Tensors& inputs, const CallArgs& args) override {
    last_moment = moment(args);
    last_training = args.training;
    if (!training(args)) return inputs;
    Tensor out = Tensor::uninitialized(inputs[0].dtype(), inputs[0].shape());
    stream_->draw(Draw{Distribution::uniform(), out.dtype(), Region{out.shape()},
                       Epilogue::add(inputs[0].data())},
                  moment(args), out.data());
    Tensors outputs;
    outputs.push_back(std::move(out));
    return outputs;
  }
  Tensors on_backward(const Tensors& upstream) override { return upstream; }
  void on_config(Config& config) const override { config.set("seed", seed_); }

 private:
  Seed seed_;
  Stream* stream_ = nullptr;
};

/// A layer whose weights, losses and nested layers a test asks for; passes its input through all of
/// its nested layers.
class Box final : public Layer {
 public:
  explicit Box(LayerOptions options = {}) : Layer(std::move(options)) {}
  std::string_view class_name() const override { return "Box"; }
  using Layer::add_weight;
  using Layer::open_stream;
  using Layer::weight_value;
  std::vector<WeightSpec> wanted;
  std::vector<float> losses_in_call;
  std::vector<Variable*> made;
  Tensors seen;
  Tensor weight_seen;

 protected:
  void on_build(std::span<const Shape>) override {
    for (const WeightSpec& spec : wanted) made.push_back(&add_weight(spec));
  }
  Tensors on_call(const Tensors& inputs, const CallArgs& args) override {
    seen = inputs;
    if (!made.empty()) weight_seen = weight_value(*made[0]);
    for (const float loss : losses_in_call) add_loss(floats({}, {loss}));
    CallArgs inner = args;
    inner.training.reset();  // nested layers inherit it
    Tensors flowing = inputs;
    for (const auto& layer : sublayers()) flowing = (*layer)(flowing, inner);
    return flowing;
  }
  Tensors on_backward(const Tensors& upstream) override {
    Tensors flowing = upstream;
    for (auto layer = sublayers().rbegin(); layer != sublayers().rend(); ++layer) {
      flowing = (*layer)->backward(flowing);
    }
    return flowing;
  }
  void on_config(Config&) const override {}
};

inline WeightSpec weight(std::string name, Shape shape, bool trainable = true) {
  WeightSpec spec;
  spec.name = std::move(name);
  spec.shape = std::move(shape);
  spec.trainable = trainable;
  spec.initializer = make_initializer("ones");
  return spec;
}

/// The message of the error of kind E that `action` throws; fails when it throws none or another.
template <class E, class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const E& error) {
    return error.what();
  } catch (const std::exception& error) {
    ADD_FAILURE() << "another error: " << error.what();
    return {};
  }
  ADD_FAILURE() << "no error";
  return {};
}

}  // namespace seedproof::testing
