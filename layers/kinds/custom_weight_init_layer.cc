// CustomWeightInitLayer, documented: adds a weight of the input's shape without the batch, drawn
// uniformly from [-1, 1) by the generator that the layer owns.
#include <algorithm>

#include <seedproof/layers/kinds/opened_initializer.h>
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

class CustomWeightInitLayer final : public kinds::UnaryLayer {
 public:
  CustomWeightInitLayer(LayerOptions options, Seed seed)
      : UnaryLayer(std::move(options)), seed_(std::move(seed)) {}
  std::string_view class_name() const override { return "CustomWeightInitLayer"; }

  Tensor forward_bound(const Tensor& output, const Tensor& input_bound,
                       const VariableBounds& variables) override {
    const Tensor bound = ops::add(input_bound, bounds::of(variables, *weights_));
    if (bounds::is_zero(bound)) return bound;
    return bounds::rounded(bound, output, bounds::roundoff(output.dtype()));
  }
  Tensor backward_bound(const Tensor&, const Tensor& upstream, const Tensor& upstream_bound,
                        const VariableBounds&, VariableBounds& gradients) override {
    const std::size_t rows = upstream.count() / std::max<std::size_t>(1, weights_->value().count());
    const double gamma = bounds::gamma(rows, upstream.dtype());
    const Tensor terms = ops::add(ops::multiply(bounds::magnitude(upstream), gamma),
                                  ops::multiply(upstream_bound, 1.0 + gamma));
    bounds::add(gradients, *weights_, ops::sum_to(terms, weights_->shape()));
    return upstream_bound;
  }

 protected:
  void make_state(const Shape& input_shape) override {
    if (input_shape.empty()) fail_value("expected an input of at least one axis, found ()");
    Stream& stream = open_stream("weights", seed_, Role::layer);
    WeightSpec spec;
    spec.name = "custom_weights";
    spec.shape.assign(input_shape.begin() + 1, input_shape.end());
    spec.initializer = std::make_shared<kinds::OpenedInitializer>(
        make_initializer(Config{{"class_name", "RandomUniform"},
                                {"config", Config{{"minval", -1.0}, {"maxval", 1.0}}}}),
        &stream);
    weights_ = &add_weight(spec);
  }

  Tensor forward(const Tensor& input, const CallArgs&) override {
    return ops::add(input, weight_value(*weights_));
  }
  Tensor gradient(const Tensor& upstream) override {
    weights_->accumulate_gradient(ops::sum_to(upstream, weights_->shape()));
    return upstream;
  }
  void on_config(Config& config) const override { config.set("seed", seed_); }

 private:
  Seed seed_;
  Variable* weights_ = nullptr;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("CustomWeightInitLayer", config);
  LayerOptions options = kinds::read_options(reader);
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<CustomWeightInitLayer>(std::move(options), std::move(seed));
}

}  // namespace

LayerEntry register_custom_weight_init_layer() {
  LayerEntry entry;
  entry.class_name = "CustomWeightInitLayer";
  entry.family = "documented";
  entry.draws_in_build = true;
  entry.probe_config = {{"seed", 13}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
