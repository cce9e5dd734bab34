// ComputeSum, documented: a non-trainable running total of the rows, which is also the output. (The
// docstring of Keras 3.15.1 has a scalar total of everything and leaves input_dim unused; this is
// the guide's.) Keras's gradient stops at the assignment; here it flows to the input, as the
// formula has it.
#include <array>

#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

constexpr std::array<std::int64_t, 1> kRows{0};

class ComputeSum final : public kinds::UnaryLayer {
 public:
  ComputeSum(LayerOptions options, std::int64_t input_dim)
      : UnaryLayer(std::move(options)), input_dim_(input_dim) {}
  std::string_view class_name() const override { return "ComputeSum"; }

  Tensor forward_bound(const Tensor& output, const Tensor& input_bound,
                       const VariableBounds& variables) override {
    const double gamma = bounds::gamma(1 + rows_, output.dtype());
    const Tensor wide = ops::add(ops::multiply(bounds::magnitude(input_), gamma),
                                 ops::multiply(input_bound, 1.0 + gamma));
    Tensor bound = ops::broadcast_to(ops::sum(wide, kRows), total_->shape());
    bound = ops::add(bound, bounds::of(variables, *total_));
    total_bound_ = bounds::rounded(bound, output, bounds::roundoff(output.dtype()));
    return total_bound_;
  }
  void state_bounds(const Tensor&, VariableBounds& variables) override {
    variables[total_] = total_bound_;
  }

 protected:
  void make_state(const Shape&) override {
    WeightSpec spec;
    spec.name = "total";
    spec.shape = {input_dim_};
    spec.initializer = make_initializer("zeros");
    spec.trainable = false;
    total_ = &add_weight(spec);
  }
  Shape output_shape(const Shape&) const override { return {input_dim_}; }

  Tensor forward(const Tensor& input, const CallArgs&) override {
    if (input.rank() == 0) fail_value("expected an input of at least one axis, found ()");
    input_ = input;
    input_shape_ = input.shape();
    rows_ = static_cast<std::size_t>(input_shape_.front());
    const Tensor rows = ops::sum(input, kRows);
    sum_shape_ = rows.shape();
    total_->assign(ops::add(weight_value(*total_), rows));
    return weight_value(*total_);
  }
  Tensor gradient(const Tensor& upstream) override {
    return ops::broadcast_to(ops::sum_to(upstream, sum_shape_), input_shape_);
  }
  void on_config(Config& config) const override { config.set("input_dim", input_dim_); }

 private:
  std::int64_t input_dim_;
  Variable* total_ = nullptr;
  Shape input_shape_;
  Shape sum_shape_;
  Tensor input_;
  std::size_t rows_ = 0;
  Tensor total_bound_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("ComputeSum", config);
  LayerOptions options = kinds::read_options(reader);
  const std::int64_t input_dim = reader.integer("input_dim");
  reader.finish();
  if (input_dim < 0) {
    throw ValueError("ComputeSum: `input_dim` must not be negative. Received: input_dim=" +
                     std::to_string(input_dim));
  }
  return std::make_shared<ComputeSum>(std::move(options), input_dim);
}

}  // namespace

LayerEntry register_compute_sum() {
  LayerEntry entry;
  entry.class_name = "ComputeSum";
  entry.family = "documented";
  entry.probe_config = {{"input_dim", 3}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
