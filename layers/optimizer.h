// Gradient descent steps with Keras's arithmetic, so that a training trajectory exists.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <seedproof/layers/variable.h>

namespace seedproof {

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  /// One step over the variables that are trainable and have a gradient, in order; constraints are
  /// applied after it; overwrite_with_gradient variables take their gradient as value. The first
  /// step's variables are those the optimiser knows from then on. No variables: nothing happens.
  /// Throws ValueError, in Keras's words, for an unknown variable or when none has a gradient.
  virtual void step(std::span<Variable* const> variables) = 0;
  /// Steps made.
  virtual std::uint64_t iterations() const = 0;
};

/// keras.optimizers.SGD(learning_rate, momentum, nesterov). Throws ValueError unless momentum is in
/// [0, 1].
std::unique_ptr<Optimizer> make_sgd(double learning_rate = 0.01, double momentum = 0.0,
                                    bool nesterov = false);
/// keras.optimizers.Adam(learning_rate, beta_1, beta_2, epsilon). Throws ValueError unless the
/// betas are in [0, 1].
std::unique_ptr<Optimizer> make_adam(double learning_rate = 0.001, double beta_1 = 0.9,
                                     double beta_2 = 0.999, double epsilon = 1e-7);

/// keras.losses.MeanSquaredError: the mean over the last axis, then over the rest; and its gradient
/// with respect to `predicted`, in TensorFlow's order of operations. Half types are computed in
/// f32. Throws ValueError naming both shapes when they differ.
struct LossValue {
  Tensor loss;      // scalar, f32 or f64
  Tensor gradient;  // of predicted's shape and dtype
};
LossValue mean_squared_error(const Tensor& predicted, const Tensor& target);

}  // namespace seedproof
