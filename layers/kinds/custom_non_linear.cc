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

  Tensor forward_bound(const Tensor& output, const Tensor& input_bound,
                       const VariableBounds& variables) override {
    affine_bound_ = Affine::forward_bound(output, input_bound, variables);
    const Tensor a_bound = bounds::of(variables, *a_);
    angle_bound_ = ops::multiply(ops::add(bounds::magnitude(a_->value()), a_bound), affine_bound_);
    ops::add_in_place(angle_bound_, ops::multiply(bounds::magnitude(affine_), a_bound));
    angle_bound_ = bounds::rounded(angle_bound_, angle_, unit());
    return sine_bound(output);
  }

  Tensor backward_bound(const Tensor& gradient, const Tensor& upstream,
                        const Tensor& upstream_bound, const VariableBounds& variables,
                        VariableBounds& gradients) override {
    const Tensor slope = ops::cos(angle_);
    const Tensor inner = ops::multiply(upstream, slope);
    Tensor inner_bound = ops::multiply(upstream_bound, bounds::magnitude(slope));
    ops::add_in_place(
        inner_bound,
        ops::multiply(ops::add(bounds::magnitude(upstream), upstream_bound), sine_bound(slope)));
    inner_bound = bounds::rounded(inner_bound, inner, unit());
    add_a_bound(inner, inner_bound, gradients);
    const Tensor a_bound = bounds::of(variables, *a_);
    const Tensor scaled = ops::multiply(inner, weight_value(*a_));
    Tensor scaled_bound =
        ops::multiply(inner_bound, ops::add(bounds::magnitude(a_->value()), a_bound));
    ops::add_in_place(scaled_bound, ops::multiply(bounds::magnitude(inner), a_bound));
    return Affine::backward_bound(gradient, scaled, bounds::rounded(scaled_bound, scaled, unit()),
                                  variables, gradients);
  }

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
    a_->accumulate_gradient(ops::sum_to(ops::multiply(inner, affine_), a_->shape()));
    return Affine::gradient(ops::multiply(inner, weight_value(*a_)));
  }

 private:
  static constexpr double kSineUlps = 4.0;  // what DESIGN grants a transcendental function

  double unit() const { return bounds::roundoff(angle_.dtype()); }
  /// Sine and cosine have slopes of at most 1. A unit in the last place is at most 2 roundoffs.
  Tensor sine_bound(const Tensor& value) const {
    return bounds::rounded(angle_bound_, value, 2.0 * kSineUlps * unit());
  }
  void add_a_bound(const Tensor& inner, const Tensor& inner_bound, VariableBounds& gradients) {
    const double gamma = bounds::gamma(inner.count() / a_->value().count() + 1, inner.dtype());
    const Tensor wide_affine = ops::add(bounds::magnitude(affine_), affine_bound_);
    const Tensor wide_inner = ops::add(bounds::magnitude(inner), inner_bound);
    Tensor terms = ops::multiply(ops::multiply(wide_inner, wide_affine), gamma);
    ops::add_in_place(terms, ops::multiply(inner_bound, wide_affine));
    ops::add_in_place(terms, ops::multiply(bounds::magnitude(inner), affine_bound_));
    bounds::add(gradients, *a_, ops::sum_to(terms, a_->shape()));
  }

  Variable* a_ = nullptr;
  Tensor affine_;
  Tensor angle_;
  Tensor affine_bound_;
  Tensor angle_bound_;
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
