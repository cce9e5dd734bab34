// L1, L2, L1L2, and the names of all.
#include <cmath>
#include <string>

#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/regularizers/rules.h>

namespace seedproof {
namespace regularizers {

double read_factor(ConfigReader& reader, std::string_view name, double otherwise) {
  const double value = reader.number(name, otherwise);
  if (std::isfinite(value) && value >= 0.0) return value;
  throw ValueError("Invalid value for argument " + std::string(name) +
                   ": expected a non-negative float. Received: " + std::string(name) + "=" +
                   number_text(value));
}

namespace {

// factor * sum(|x|) and factor * sum(x^2), each step in the tensor's dtype; gradients in the order
// that TensorFlow's are made.
Tensor l1_loss(double factor, const Tensor& x) {
  return ops::multiply(ops::sum(ops::abs(x)), factor);
}
Tensor l2_loss(double factor, const Tensor& x) {
  return ops::multiply(ops::sum(ops::square(x)), factor);
}
Tensor l1_gradient(double factor, const Tensor& x) { return ops::multiply(ops::sign(x), factor); }
Tensor l2_gradient(double factor, const Tensor& x) {
  return ops::multiply(ops::multiply(x, 2.0), factor);
}

class L1 final : public Regularizer {
 public:
  // Keras holds this factor, unlike L2's, as a float32 tensor.
  explicit L1(double factor) : factor_(static_cast<float>(factor)) {}
  std::string_view class_name() const override { return "L1"; }
  Tensor loss(const Tensor& value) const override { return l1_loss(factor_, value); }
  Tensor gradient(const Tensor& value) const override { return l1_gradient(factor_, value); }
  Config get_config() const override { return {{"l1", factor_}}; }

 private:
  double factor_;
};

class L2 final : public Regularizer {
 public:
  explicit L2(double factor) : factor_(factor) {}
  std::string_view class_name() const override { return "L2"; }
  Tensor loss(const Tensor& value) const override { return l2_loss(factor_, value); }
  Tensor gradient(const Tensor& value) const override { return l2_gradient(factor_, value); }
  Config get_config() const override { return {{"l2", factor_}}; }

 private:
  double factor_;
};

class L1L2 final : public Regularizer {
 public:
  L1L2(double l1, double l2) : l1_(l1), l2_(l2) {}
  std::string_view class_name() const override { return "L1L2"; }
  Tensor loss(const Tensor& value) const override {
    Tensor total(value.dtype(), {});
    if (l1_ != 0.0) ops::add_in_place(total, l1_loss(l1_, value));
    if (l2_ != 0.0) ops::add_in_place(total, l2_loss(l2_, value));
    return total;
  }
  Tensor gradient(const Tensor& value) const override {
    Tensor total(value.dtype(), value.shape());
    if (l1_ != 0.0) ops::add_in_place(total, l1_gradient(l1_, value));
    if (l2_ != 0.0) ops::add_in_place(total, l2_gradient(l2_, value));
    return total;
  }
  Config get_config() const override { return {{"l1", l1_}, {"l2", l2_}}; }

 private:
  double l1_;
  double l2_;
};

}  // namespace
}  // namespace regularizers

std::shared_ptr<const Regularizer> make_regularizer(const ConfigValue& identifier) {
  if (identifier.is_none()) return nullptr;
  const auto [name, config] = read_identifier("regularizer", identifier);
  if (name == "OrthogonalRegularizer" || name == "orthogonal_regularizer") {
    return regularizers::make_orthogonal(config);
  }
  ConfigReader reader(name, config);
  std::shared_ptr<const Regularizer> made;
  if (name == "L1" || name == "l1") {
    made = std::make_shared<regularizers::L1>(regularizers::read_factor(reader, "l1", 0.01));
  } else if (name == "L2" || name == "l2") {
    made = std::make_shared<regularizers::L2>(regularizers::read_factor(reader, "l2", 0.01));
  } else if (name == "L1L2" || name == "l1_l2" || name == "l1l2") {
    const double l1 = regularizers::read_factor(reader, "l1", 0.0);
    made = std::make_shared<regularizers::L1L2>(l1, regularizers::read_factor(reader, "l2", 0.0));
  } else {
    refuse_identifier("regularizer", name);
  }
  reader.finish();
  return made;
}

ConfigValue serialize(const Regularizer* regularizer) {
  if (regularizer == nullptr) return {};
  return Config{{"class_name", std::string(regularizer->class_name())},
                {"config", regularizer->get_config()}};
}

}  // namespace seedproof
