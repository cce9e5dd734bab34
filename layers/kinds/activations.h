// Keras's activation functions with their gradients. Internal.
//
// A step is one operation in the tensor's dtype, in TensorFlow's order; elementary functions are
// those of ops/elementary.h, rounded once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <seedproof/layers/config.h>

namespace seedproof::kinds {

struct Activation {
  std::string_view name;
  Tensor (*forward)(const Tensor& x);
  /// d loss / d x from x, y = forward(x) and d loss / d y.
  Tensor (*backward)(const Tensor& x, const Tensor& y, const Tensor& upstream);
};

/// By Keras's name; None is "linear". Throws ValueError "Could not interpret activation function
/// identifier: ..." for another.
const Activation& get_activation(const ConfigValue* identifier);
std::vector<std::string_view> activation_names();

}  // namespace seedproof::kinds
