// Constraints: projections applied to a variable after an update.
#pragma once

#include <memory>
#include <string_view>

#include <seedproof/layers/config.h>

namespace seedproof {

class Constraint {
 public:
  virtual ~Constraint() = default;
  virtual std::string_view class_name() const = 0;  // "NonNeg", "MaxNorm", "UnitNorm", "MinMaxNorm"
  virtual Tensor project(const Tensor& value) const = 0;
  virtual Config get_config() const = 0;
};

/// By identifier ("non_neg", "max_norm", "unit_norm", "min_max_norm") or {"class_name", "config"};
/// null for None. Throws ValueError naming an unknown one.
std::shared_ptr<const Constraint> make_constraint(const ConfigValue& identifier);
ConfigValue serialize(const Constraint* constraint);

}  // namespace seedproof
