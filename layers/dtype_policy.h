// Keras's dtype policies: storage and computation may differ.
#pragma once

#include <string>
#include <string_view>

#include <seedproof/rng/values/dtype.h>

namespace seedproof {

class DTypePolicy {
 public:
  DTypePolicy() = default;  // float32
  /// "float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16". Throws
  /// ValueError naming `name` otherwise.
  explicit DTypePolicy(std::string_view name);

  const std::string& name() const { return name_; }
  DType variable_dtype() const { return variable_; }
  DType compute_dtype() const { return compute_; }
  friend bool operator==(const DTypePolicy&, const DTypePolicy&) = default;

 private:
  std::string name_ = "float32";
  DType variable_ = DType::f32;
  DType compute_ = DType::f32;
};

/// The policy of layers that name none, as keras.config.dtype_policy(). Thread-local.
const DTypePolicy& dtype_policy();
void set_dtype_policy(const DTypePolicy& policy);

}  // namespace seedproof
