// ActivityLoss, documented as the example of add_loss: the sum of the inputs becomes a loss, and
// the inputs pass. The loss's gradient, ones, is added to the upstream one.
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

class ActivityLoss final : public kinds::UnaryLayer {
 public:
  using UnaryLayer::UnaryLayer;
  std::string_view class_name() const override { return "ActivityLoss"; }

  Tensor loss_bound(const Tensor& input_bound) override {
    const double gamma = bounds::gamma(input_.count(), input_.dtype());
    return ops::sum(ops::add(ops::multiply(bounds::magnitude(input_), gamma),
                             ops::multiply(input_bound, 1.0 + gamma)));
  }

 protected:
  Tensor forward(const Tensor& input, const CallArgs&) override {
    input_ = input;
    add_loss(ops::sum(input));
    return input;
  }
  Tensor gradient(const Tensor& upstream) override { return ops::add(upstream, 1.0); }
  void on_config(Config&) const override {}

 private:
  Tensor input_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("ActivityLoss", config);
  LayerOptions options = kinds::read_options(reader);
  reader.finish();
  return std::make_shared<ActivityLoss>(std::move(options));
}

}  // namespace

LayerEntry register_activity_loss() {
  LayerEntry entry;
  entry.class_name = "ActivityLoss";
  entry.family = "documented";
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
