// Gradient descent steps with Keras's arithmetic, so that a training trajectory exists.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <seedproof/layers/variable.h>

namespace seedproof {

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  /// One step over the variables that are trainable and have a gradient, in order; constraints are
  /// applied after it; overwrite_with_gradient variables take their gradient as value.
  virtual void step(std::span<Variable* const> variables) = 0;
};

/// keras.optimizers.SGD(learning_rate, momentum, nesterov).
std::unique_ptr<Optimizer> make_sgd(double learning_rate = 0.01, double momentum = 0.0,
                                    bool nesterov = false);
/// keras.optimizers.Adam(learning_rate, beta_1, beta_2, epsilon).
std::unique_ptr<Optimizer> make_adam(double learning_rate = 0.001, double beta_1 = 0.9,
                                     double beta_2 = 0.999, double epsilon = 1e-7);

/// Mean of squared differences and its gradient with respect to `predicted`.
struct LossValue {
  Tensor loss;      // scalar
  Tensor gradient;  // of predicted's shape
};
LossValue mean_squared_error(const Tensor& predicted, const Tensor& target);

}  // namespace seedproof
