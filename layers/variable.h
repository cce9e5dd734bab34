// Keras's Variable: a named tensor that a layer owns.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

class Regularizer;
class Constraint;

enum class Aggregation { none, mean, sum, only_first_replica };
enum class Synchronization { automatic, none, on_write, on_read };

std::string_view to_string(Aggregation aggregation);
Aggregation parse_aggregation(std::string_view text);  // ValueError names `text`
std::string_view to_string(Synchronization synchronization);
Synchronization parse_synchronization(std::string_view text);

struct VariableOptions {
  std::string name = "variable";
  bool trainable = true;
  bool autocast = true;
  Aggregation aggregation = Aggregation::none;
  Synchronization synchronization = Synchronization::automatic;
  bool overwrite_with_gradient = false;
  std::shared_ptr<const Regularizer> regularizer;
  std::shared_ptr<const Constraint> constraint;
};

class Variable {
 public:
  /// Throws ValueError when the name holds a '/'.
  Variable(Tensor initial, std::string path, VariableOptions options);

  const std::string& name() const { return options_.name; }
  const std::string& path() const { return path_; }
  const Shape& shape() const { return value_.shape(); }
  std::int64_t ndim() const { return value_.rank(); }
  DType dtype() const { return value_.dtype(); }
  bool trainable() const { return options_.trainable; }
  void set_trainable(bool trainable) { options_.trainable = trainable; }
  bool autocast() const { return options_.autocast; }
  Aggregation aggregation() const { return options_.aggregation; }
  Synchronization synchronization() const { return options_.synchronization; }
  bool overwrite_with_gradient() const { return options_.overwrite_with_gradient; }
  const Regularizer* regularizer() const { return options_.regularizer.get(); }
  const Constraint* constraint() const { return options_.constraint.get(); }

  const Tensor& value() const { return value_; }
  /// The value in the dtype that computations use: cast when autocast is on and both are floats.
  /// The cast is made once for each value; the reference holds until the next assign().
  const Tensor& value_as(DType compute) const;
  /// Casts to the variable's dtype. Throws ValueError naming path and both shapes when they differ.
  void assign(const Tensor& value);

  /// "<Variable path=dense/kernel, shape=(3, 2), dtype=float32>", for messages.
  std::string describe() const;

  /// Gradient of the loss, in the variable's dtype; empty until a backward pass.
  const std::optional<Tensor>& gradient() const { return gradient_; }
  /// Adds to the gradient; does nothing to a variable that is not trainable. Throws ValueError
  /// naming path and both shapes when they differ.
  void accumulate_gradient(const Tensor& gradient);
  void clear_gradient() { gradient_.reset(); }

 private:
  Tensor value_;
  std::string path_;
  VariableOptions options_;
  std::optional<Tensor> gradient_;
  mutable std::optional<Tensor> cast_;  // of value_
};

}  // namespace seedproof
