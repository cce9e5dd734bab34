// Forward and backward calls.
#include <seedproof/layers/layer.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof {

namespace {

/// What an enclosing layer's call hands down, as Keras's call context and autocast scope.
struct CallContext {
  std::optional<bool> training;
  std::optional<DType> autocast;  // none: variables are not cast
};

thread_local const CallContext* current_context = nullptr;

class ContextScope {
 public:
  explicit ContextScope(const CallContext& context) : before_(current_context) {
    current_context = &context;
  }
  ~ContextScope() { current_context = before_; }
  ContextScope(const ContextScope&) = delete;
  ContextScope& operator=(const ContextScope&) = delete;

 private:
  const CallContext* before_;
};

/// Keras's rule for the dtype that variables are cast to within a layer's call.
std::optional<DType> autocast_dtype(const Layer& layer) {
  if (current_context != nullptr && current_context->autocast) {
    if (!layer.autocast()) return std::nullopt;
    return layer.compute_dtype();
  }
  if (layer.compute_dtype() != layer.variable_dtype()) return layer.compute_dtype();
  return std::nullopt;
}

bool needs_cast(const Tensor& input, DType compute) {
  return is_float(input.dtype()) && input.dtype() != compute;
}

}  // namespace

Tensor Layer::operator()(const Tensor& input, const CallArgs& args) {
  single_input_.resize(1);
  single_input_[0] = input;
  Tensors outputs = (*this)(single_input_, args);
  if (outputs.size() != 1) {
    fail_value("gives " + std::to_string(outputs.size()) + " outputs where one was asked for");
  }
  return std::move(outputs[0]);
}

void Layer::check_inputs(const Tensors& inputs) const {
  if (!input_spec) return;
  if (inputs.size() != 1) {
    throw ValueError("Layer \"" + name() + "\" expects 1 input(s), but it received " +
                     std::to_string(inputs.size()) + " input tensors.");
  }
  input_spec->check(name(), inputs[0]);
}

Tensors Layer::operator()(const Tensors& inputs, const CallArgs& args) {
  if (inputs.empty()) fail_value("called without inputs");
  std::vector<DType> given;
  given.reserve(inputs.size());
  bool cast = false;
  for (const Tensor& input : inputs) {
    given.push_back(input.dtype());
    cast = cast || (autocast_ && needs_cast(input, compute_dtype()));
  }
  Tensors converted;
  if (cast) {
    for (const Tensor& input : inputs) {
      converted.push_back(needs_cast(input, compute_dtype()) ? input.cast(compute_dtype()) : input);
    }
  }
  const Tensors& used = cast ? converted : inputs;

  check_inputs(used);
  if (!built_) {
    std::vector<Shape> shapes;
    for (const Tensor& input : used) shapes.push_back(input.shape());
    build(shapes);
    check_inputs(used);  // build() may have set the specification
  }

  if (current_context == nullptr) clear_losses();
  CallContext context;
  context.autocast = autocast_dtype(*this);
  context.training = args.training;
  if (!context.training && current_context != nullptr) {
    context.training = current_context->training;
  }
  const ContextScope scope(context);
  CallArgs inner = args;
  inner.training = context.training;
  Tensors outputs = run(used, inner);
  last_input_dtypes_ = std::move(given);
  if (activity_regularizer_) collect_activity_losses(outputs);
  return outputs;
}

Tensors Layer::call(const Tensors& inputs, const CallArgs& args) {
  if (!built_) {
    throw RuntimeError("layer '" + path() + "' (" + std::string(class_name()) +
                       "): call() before build(); call the layer itself, which builds it first");
  }
  Tensors outputs = run(inputs, args);
  last_input_dtypes_.clear();
  return outputs;
}

Tensors Layer::run(const Tensors& inputs, const CallArgs& args) {
  count_call(args);
  called_ = false;  // until the call has gone through
  cast_to_ = current_context == nullptr ? std::nullopt : current_context->autocast;
  Tensors outputs = on_call(inputs, args);
  last_outputs_.resize(outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    last_outputs_[i].shape = outputs[i].shape();
    last_outputs_[i].dtype = outputs[i].dtype();
    if (activity_regularizer_) last_outputs_[i].value = Tensor();
  }
  called_ = true;
  return outputs;
}

void Layer::count_call(const CallArgs& args) {
  const std::pair now(args.step, args.phase);
  if (counted_ == now) {
    ++calls_;
    return;
  }
  counted_ = now;
  calls_ = 0;
}

Moment Layer::moment(const CallArgs& args) const {
  return {args.step, calls_, args.trace, args.operation, args.phase, args.has_step};
}

const Tensor& Layer::weight_value(const Variable& variable) const {
  return cast_to_ ? variable.value_as(*cast_to_) : variable.value();
}

std::vector<Shape> Layer::compute_output_shape(std::span<const Shape>) const {
  throw NotImplementedError("Layer " + std::string(class_name()) +
                            " does not have a `compute_output_shape` method implemented.");
}

// ---- regularisers

namespace {

/// 1 / batch size in the loss's dtype: what TensorFlow hands back through divide_no_nan. 0 for an
/// empty batch, 1 for a scalar.
Tensor batch_share(const Tensor& output, DType dtype) {
  if (output.rank() == 0) return Tensor::full(dtype, {}, 1.0);
  const auto batch = static_cast<double>(output.shape()[0]);
  if (batch == 0.0) return Tensor::full(dtype, {}, 0.0);
  return ops::divide(Tensor::full(dtype, {}, 1.0), batch);
}

}  // namespace

void Layer::collect_activity_losses(const Tensors& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Tensor& output = outputs[i];
    if (!is_float(output.dtype())) continue;
    last_outputs_[i].value = output;
    Tensor loss = activity_regularizer_->loss(output);
    if (output.rank() > 0) {
      const auto batch = static_cast<double>(output.shape()[0]);
      loss = batch == 0.0 ? Tensor(loss.dtype(), loss.shape()) : ops::divide(loss, batch);
    }
    add_loss(loss);
  }
}

Tensors Layer::with_activity_gradients(const Tensors& upstream) const {
  Tensors out = upstream;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Tensor& value = last_outputs_[i].value;
    if (value.count() == 0 || value.shape() != out[i].shape()) continue;
    Tensor gradient = activity_regularizer_->gradient(value);
    ops::multiply_in_place(gradient, batch_share(value, gradient.dtype()));
    ops::add_in_place(out[i], gradient);
  }
  return out;
}

void Layer::add_regularizer_gradients() {
  if (!trainable_) return;
  for (const auto& variable : trainable_variables_) {
    if (!variable->trainable() || variable->regularizer() == nullptr) continue;
    variable->accumulate_gradient(variable->regularizer()->gradient(variable->value()));
  }
}

// ---- backward

Tensor Layer::backward(const Tensor& upstream) {
  Tensors gradients = backward(Tensors{upstream});
  if (gradients.size() != 1) {
    fail_value("has " + std::to_string(gradients.size()) + " inputs, not one");
  }
  return std::move(gradients[0]);
}

void Layer::check_upstream(const Tensors& upstream) const {
  if (upstream.size() != last_outputs_.size()) {
    fail_value("backward takes " + std::to_string(last_outputs_.size()) + " gradients, got " +
               std::to_string(upstream.size()));
  }
  for (std::size_t i = 0; i < upstream.size(); ++i) {
    const LastOutput& output = last_outputs_[i];
    if (upstream[i].shape() != output.shape) {
      fail_value("gradient " + std::to_string(i) + " has shape " + to_string(upstream[i].shape()) +
                 ", its output " + to_string(output.shape));
    }
    if (upstream[i].dtype() != output.dtype) {
      throw TypeError("layer '" + path() + "': gradient " + std::to_string(i) + " is " +
                      std::string(keras_name(upstream[i].dtype())) + ", its output " +
                      std::string(keras_name(output.dtype)));
    }
  }
}

Tensors Layer::backward(const Tensors& upstream) {
  if (!called_) {
    throw RuntimeError("layer '" + path() + "' (" + std::string(class_name()) +
                       "): backward() before a call");
  }
  check_upstream(upstream);
  Tensors gradients =
      on_backward(activity_regularizer_ ? with_activity_gradients(upstream) : upstream);
  for (std::size_t i = 0; i < gradients.size() && i < last_input_dtypes_.size(); ++i) {
    const DType given = last_input_dtypes_[i];
    if (is_float(given) && gradients[i].dtype() != given) gradients[i] = gradients[i].cast(given);
  }
  add_regularizer_gradients();
  return gradients;
}

}  // namespace seedproof
