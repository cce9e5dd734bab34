// The update rules of keras/src/optimizers/{sgd,adam}.py (Keras 3.15.1), one operation a line:
// every product, sum, quotient and root is rounded to the variable's dtype, as TensorFlow's eager
// operations do. Python numbers become the variable's dtype when they meet a tensor; but the
// learning rate, momentum and the bases of Adam's powers pass through float32 first, the learning
// rate since that is its variable's dtype, the others since ops.cast makes a float32 tensor of
// them.
#include <map>
#include <string>
#include <utility>

#include <seedproof/layers/constraint.h>
#include <seedproof/layers/ops/exact.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/optimizer.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

class BaseOptimizer : public Optimizer {
 public:
  void step(std::span<Variable* const> variables) final;
  std::uint64_t iterations() const final { return iterations_; }

 protected:
  BaseOptimizer(double learning_rate, std::size_t slots)
      : learning_rate_(static_cast<float>(learning_rate)), slot_count_(slots) {}

  virtual void update(Variable& variable, const Tensor& gradient, std::vector<Tensor>& slots) = 0;
  float learning_rate() const { return learning_rate_; }

 private:
  void make_slots(std::span<Variable* const> variables);
  std::vector<Variable*> with_gradients(std::span<Variable* const> variables) const;

  float learning_rate_;
  std::size_t slot_count_;
  std::map<const Variable*, std::vector<Tensor>> slots_;
  std::uint64_t iterations_ = 0;
};

void BaseOptimizer::make_slots(std::span<Variable* const> variables) {
  if (slots_.empty()) {
    for (const Variable* variable : variables) {
      std::vector<Tensor>& slots = slots_[variable];
      while (slots.size() < slot_count_) slots.emplace_back(variable->dtype(), variable->shape());
    }
  }
  for (const Variable* variable : variables) {
    if (slots_.count(variable) != 0) continue;
    throw ValueError("Unknown variable: " + variable->describe() +
                     ". This optimizer can only be called for the variables it was originally "
                     "built with. When working with a new set of variables, you should recreate a "
                     "new optimizer instance.");
  }
}

std::vector<Variable*> BaseOptimizer::with_gradients(std::span<Variable* const> variables) const {
  std::vector<Variable*> out;
  for (Variable* variable : variables) {
    if (variable->trainable() && variable->gradient()) out.push_back(variable);
  }
  if (out.empty()) throw ValueError("No gradients provided for any variable.");
  return out;
}

void BaseOptimizer::step(std::span<Variable* const> variables) {
  if (variables.empty()) return;
  make_slots(variables);
  const std::vector<Variable*> due = with_gradients(variables);
  for (Variable* variable : due) {
    if (variable->overwrite_with_gradient()) variable->assign(*variable->gradient());
  }
  for (Variable* variable : due) {
    if (variable->overwrite_with_gradient()) continue;
    update(*variable, *variable->gradient(), slots_[variable]);
  }
  for (Variable* variable : due) {
    if (variable->overwrite_with_gradient() || variable->constraint() == nullptr) continue;
    variable->assign(variable->constraint()->project(variable->value()));
  }
  ++iterations_;
}

class Sgd final : public BaseOptimizer {
 public:
  Sgd(double learning_rate, double momentum, bool nesterov)
      : BaseOptimizer(learning_rate, momentum != 0.0 ? 1 : 0),
        momentum_(static_cast<float>(momentum)),
        nesterov_(nesterov) {}

 private:
  // momentum * m - learning_rate * gradient
  Tensor velocity(const Tensor& m, const Tensor& scaled) const {
    Tensor out = ops::multiply(m, momentum_);
    ops::subtract_in_place(out, scaled);
    return out;
  }

  void update(Variable& variable, const Tensor& gradient, std::vector<Tensor>& slots) override {
    const Tensor scaled = ops::multiply(gradient, learning_rate());
    if (slots.empty()) {
      variable.assign(ops::subtract(variable.value(), scaled));
      return;
    }
    slots[0] = velocity(slots[0], scaled);
    variable.assign(ops::add(variable.value(), nesterov_ ? velocity(slots[0], scaled) : slots[0]));
  }

  float momentum_;
  bool nesterov_;
};

class Adam final : public BaseOptimizer {
 public:
  Adam(double learning_rate, double beta_1, double beta_2, double epsilon)
      : BaseOptimizer(learning_rate, 2), beta_1_(beta_1), beta_2_(beta_2), epsilon_(epsilon) {}

 private:
  /// beta^step, both in the dtype.
  static Tensor beta_power(double beta, std::uint64_t step, DType dtype) {
    const Tensor base = Tensor::full(dtype, {}, static_cast<float>(beta));
    const Tensor exponent = Tensor::full(dtype, {}, static_cast<double>(step));
    const double count = exponent.at(0);
    constexpr double kFar = 1e18;  // f16 has no greater finite numbers: its step becomes infinite
    if (!(count < kFar)) return Tensor::full(dtype, {}, base.at(0) < 1.0 ? 0.0 : 1.0);
    return Tensor::full(dtype, {}, ops::power(base.at(0), static_cast<std::uint64_t>(count)).high);
  }

  // learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t)
  Tensor step_size(DType dtype) const {
    const std::uint64_t step = iterations() + 1;
    Tensor out = ops::sqrt(ops::subtract(1.0, beta_power(beta_2_, step, dtype)));
    ops::multiply_in_place(out, learning_rate());
    ops::divide_in_place(out, ops::subtract(1.0, beta_power(beta_1_, step, dtype)));
    return out;
  }

  // slot += (target - slot) * (1 - beta)
  static void decay(Tensor& slot, const Tensor& target, double beta) {
    Tensor change = ops::subtract(target, slot);
    ops::multiply_in_place(change, 1.0 - beta);
    ops::add_in_place(slot, change);
  }

  void update(Variable& variable, const Tensor& gradient, std::vector<Tensor>& slots) override {
    const Tensor alpha = step_size(variable.dtype());
    decay(slots[0], gradient, beta_1_);
    decay(slots[1], ops::square(gradient), beta_2_);
    Tensor change = ops::multiply(slots[0], alpha);
    Tensor root = ops::sqrt(slots[1]);
    ops::add_in_place(root, epsilon_);
    ops::divide_in_place(change, root);
    variable.assign(ops::subtract(variable.value(), change));
  }

  double beta_1_;
  double beta_2_;
  double epsilon_;
};

void require_share(const char* name, double value) {
  if (value >= 0.0 && value <= 1.0) return;
  throw ValueError("`" + std::string(name) +
                   "` must be a float between [0, 1]. Received: " + std::to_string(value));
}

}  // namespace

std::unique_ptr<Optimizer> make_sgd(double learning_rate, double momentum, bool nesterov) {
  require_share("momentum", momentum);
  return std::make_unique<Sgd>(learning_rate, momentum, nesterov);
}

std::unique_ptr<Optimizer> make_adam(double learning_rate, double beta_1, double beta_2,
                                     double epsilon) {
  require_share("beta_1", beta_1);
  require_share("beta_2", beta_2);
  return std::make_unique<Adam>(learning_rate, beta_1, beta_2, epsilon);
}

namespace {

bool is_half(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16; }

}  // namespace

LossValue mean_squared_error(const Tensor& predicted, const Tensor& target) {
  ops::require_float("mean_squared_error", predicted.dtype());
  if (predicted.shape() != target.shape()) {
    throw ValueError("mean_squared_error: predicted has shape " + to_string(predicted.shape()) +
                     ", target " + to_string(target.shape()));
  }
  const DType dtype = is_half(predicted.dtype()) ? DType::f32 : predicted.dtype();
  const Tensor difference = ops::subtract(target.cast(dtype), predicted.cast(dtype));
  const Tensor squares = ops::square(difference);
  const bool flat = predicted.rank() == 0;
  const std::int64_t last[] = {-1};
  const Tensor rows = flat ? squares : ops::mean(squares, last);
  LossValue out;
  out.loss = ops::mean(rows);
  // d loss / d difference = (1 / rows) / extent * (2 * difference), in TensorFlow's order.
  Tensor share = ops::divide(Tensor::full(dtype, {}, 1.0), static_cast<double>(rows.count()));
  if (!flat) ops::divide_in_place(share, static_cast<double>(predicted.shape().back()));
  Tensor gradient = ops::multiply(difference, 2.0);
  ops::multiply_in_place(gradient, share);
  out.gradient = ops::negate(gradient).cast(predicted.dtype());
  return out;
}

}  // namespace seedproof
