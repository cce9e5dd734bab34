// CustomNonLinear, documented: sin((x @ w + b) * a).
#include <seedproof/layers/kinds/affine.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

class CustomNonLinear final : public kinds::Affine {
 public:
  CustomNonLinear(LayerOptions options, std::int64_t units)
      : Affine(std::move(options), units, {"w", "random_normal", "b", "zeros"}) {}
  std::string_view class_name() const override { return "CustomNonLinear"; }

 protected:
  void make_state(const Shape& input_shape) override {
    Affine::make_state(input_shape);
    a_ = &make_weight("a", "random_normal", {units()});
  }

  Tensor forward(const Tensor& input, const CallArgs& args) override {
    affine_ = Affine::forward(input, args);
    angle_ = ops::multiply(affine_, weight_value(*a_));
    return ops::sin(angle_);
  }

  Tensor gradient(const Tensor& upstream) override {
    const Tensor inner = ops::multiply(upstream, ops::cos(angle_));
    accumulate(*a_, ops::sum_to(ops::multiply(inner, affine_), a_->shape()));
    return Affine::gradient(ops::multiply(inner, weight_value(*a_)));
  }

 private:
  Variable* a_ = nullptr;
  Tensor affine_;
  Tensor angle_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("CustomNonLinear", config);
  LayerOptions options = kinds::read_options(reader);
  const std::int64_t units = kinds::read_units(reader);
  reader.finish();
  return std::make_shared<CustomNonLinear>(std::move(options), units);
}

}  // namespace

LayerEntry register_custom_non_linear() {
  LayerEntry entry;
  entry.class_name = "CustomNonLinear";
  entry.family = "documented";
  entry.draws_in_build = true;
  entry.probe_config = {{"units", 8}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
