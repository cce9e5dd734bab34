// Weight and activity regularisers.
#pragma once

#include <memory>
#include <string_view>

#include <seedproof/layers/config.h>

namespace seedproof {

class Regularizer {
 public:
  virtual ~Regularizer() = default;
  virtual std::string_view class_name() const = 0;  // "L1", "L2", "L1L2", "OrthogonalRegularizer"
  /// The scalar loss of a tensor, in its dtype.
  virtual Tensor loss(const Tensor& value) const = 0;
  /// d loss / d value, of value's shape and dtype.
  virtual Tensor gradient(const Tensor& value) const = 0;
  virtual Config get_config() const = 0;
};

/// By identifier ("l1", "l2", "l1_l2", "L1L2", "orthogonal_regularizer") or
/// {"class_name", "config"}; null for None. Throws ValueError naming an unknown one.
std::shared_ptr<const Regularizer> make_regularizer(const ConfigValue& identifier);
ConfigValue serialize(const Regularizer* regularizer);

}  // namespace seedproof
