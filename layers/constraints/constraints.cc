// NonNeg, MaxNorm, UnitNorm, MinMaxNorm: Keras's formulas, each step in the variable's dtype.
#include <string>
#include <utility>
#include <vector>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/constraint.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

constexpr double kEpsilon = 1e-7;  // keras.config.epsilon()

class NonNeg final : public Constraint {
 public:
  std::string_view class_name() const override { return "NonNeg"; }
  Tensor project(const Tensor& value) const override { return ops::maximum(value, 0.0); }
  Config get_config() const override { return {}; }
};

/// What looks at the length along some axes.
class NormConstraint : public Constraint {
 protected:
  explicit NormConstraint(std::vector<std::int64_t> axes) : axes_(std::move(axes)) {}
  Tensor norms(const Tensor& value) const {
    std::vector<std::int64_t> axes = axes_;
    for (std::int64_t axis = 0; axes_.empty() && axis < value.rank(); ++axis) axes.push_back(axis);
    return ops::sqrt(ops::sum(ops::square(value), axes, true));
  }
  static Tensor clip(const Tensor& norms, double low, double high) {
    return ops::maximum(ops::minimum(norms, high), low);
  }
  static Tensor rescale(const Tensor& value, const Tensor& wanted, const Tensor& found) {
    return ops::multiply(value, ops::divide(wanted, ops::add(found, kEpsilon)));
  }
  ConfigValue axis() const {
    if (axes_.empty()) return {};
    return axes_.size() == 1 ? ConfigValue(axes_[0]) : ConfigValue::from_shape(axes_);
  }

 private:
  std::vector<std::int64_t> axes_;  // empty: all of them
};

class MaxNorm final : public NormConstraint {
 public:
  MaxNorm(double max_value, std::vector<std::int64_t> axes)
      : NormConstraint(std::move(axes)), max_value_(max_value) {}
  std::string_view class_name() const override { return "MaxNorm"; }
  Tensor project(const Tensor& value) const override {
    const Tensor found = norms(value);
    return rescale(value, clip(found, 0.0, max_value_), found);
  }
  Config get_config() const override { return {{"max_value", max_value_}, {"axis", axis()}}; }

 private:
  double max_value_;
};

class UnitNorm final : public NormConstraint {
 public:
  explicit UnitNorm(std::vector<std::int64_t> axes) : NormConstraint(std::move(axes)) {}
  std::string_view class_name() const override { return "UnitNorm"; }
  Tensor project(const Tensor& value) const override {
    return ops::divide(value, ops::add(norms(value), kEpsilon));
  }
  Config get_config() const override { return {{"axis", axis()}}; }
};

struct Range {
  double low;
  double high;
  double rate;
};

class MinMaxNorm final : public NormConstraint {
 public:
  MinMaxNorm(Range range, std::vector<std::int64_t> axes)
      : NormConstraint(std::move(axes)), range_(range) {}
  std::string_view class_name() const override { return "MinMaxNorm"; }
  Tensor project(const Tensor& value) const override {
    const Tensor found = norms(value);
    const Tensor strict = ops::multiply(clip(found, range_.low, range_.high), range_.rate);
    return rescale(value, ops::add(strict, ops::multiply(found, 1.0 - range_.rate)), found);
  }
  Config get_config() const override {
    return {{"min_value", range_.low},
            {"max_value", range_.high},
            {"rate", range_.rate},
            {"axis", axis()}};
  }

 private:
  Range range_;
};

/// 0 when absent; empty for an explicit None.
std::vector<std::int64_t> read_axes(ConfigReader& reader, const Config& config) {
  std::vector<std::int64_t> axes = reader.integers("axis");
  if (config.find("axis") == nullptr) axes = {0};
  return axes;
}

}  // namespace

std::shared_ptr<const Constraint> make_constraint(const ConfigValue& identifier) {
  if (identifier.is_none()) return nullptr;
  const auto [name, config] = read_identifier("constraint", identifier);
  ConfigReader reader(name, config);
  std::shared_ptr<const Constraint> made;
  if (name == "NonNeg" || name == "non_neg") {
    made = std::make_shared<NonNeg>();
  } else if (name == "MaxNorm" || name == "max_norm") {
    const double max_value = reader.number("max_value", 2.0);
    made = std::make_shared<MaxNorm>(max_value, read_axes(reader, config));
  } else if (name == "UnitNorm" || name == "unit_norm") {
    made = std::make_shared<UnitNorm>(read_axes(reader, config));
  } else if (name == "MinMaxNorm" || name == "min_max_norm") {
    const Range range{reader.number("min_value", 0.0), reader.number("max_value", 1.0),
                      reader.number("rate", 1.0)};
    made = std::make_shared<MinMaxNorm>(range, read_axes(reader, config));
  } else {
    refuse_identifier("constraint", name);
  }
  reader.finish();
  return made;
}

ConfigValue serialize(const Constraint* constraint) {
  if (constraint == nullptr) return {};
  return Config{{"class_name", std::string(constraint->class_name())},
                {"config", constraint->get_config()}};
}

}  // namespace seedproof
