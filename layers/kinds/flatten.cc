// keras.layers.Flatten(data_format=None): one axis after the batch's. channels_first moves the
// channels to the end before.
#include <vector>

#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {
namespace {

class Flatten final : public kinds::UnaryLayer {
 public:
  Flatten(LayerOptions options, std::string data_format)
      : UnaryLayer(std::move(options)), data_format_(std::move(data_format)) {
    input_spec.emplace();
    input_spec->min_ndim = 1;
  }
  std::string_view class_name() const override { return "Flatten"; }

 protected:
  Shape output_shape(const Shape& input_shape) const override {
    if (input_shape.empty()) fail_value("expected min_ndim=1, found ndim=0");
    const auto rest = std::span<const std::int64_t>(input_shape).subspan(1);
    return {input_shape[0], kinds::flat_extent(rest)};
  }
  Tensor forward(const Tensor& input, const CallArgs&) override {
    input_shape_ = input.shape();
    const Shape shape = output_shape(input_shape_);
    if (!moves(input.rank())) return input.reshaped(shape);
    return ops::transpose(input, channels_last(input.rank())).reshaped(shape);
  }
  Tensor gradient(const Tensor& upstream) override {
    const auto rank = static_cast<std::int64_t>(input_shape_.size());
    if (!moves(rank)) return upstream.reshaped(input_shape_);
    const std::vector<std::int64_t> there = channels_last(rank);
    Shape moved;
    std::vector<std::int64_t> back(there.size());
    for (std::size_t i = 0; i < there.size(); ++i) {
      moved.push_back(input_shape_[static_cast<std::size_t>(there[i])]);
      back[static_cast<std::size_t>(there[i])] = static_cast<std::int64_t>(i);
    }
    return ops::transpose(upstream.reshaped(moved), back);
  }
  void on_config(Config& config) const override { config.set("data_format", data_format_); }

 private:
  bool moves(std::int64_t rank) const { return data_format_ == "channels_first" && rank > 1; }
  /// 0, 2, ..., rank - 1, 1.
  static std::vector<std::int64_t> channels_last(std::int64_t rank) {
    std::vector<std::int64_t> axes{0};
    for (std::int64_t axis = 2; axis < rank; ++axis) axes.push_back(axis);
    axes.push_back(1);
    return axes;
  }

  std::string data_format_;
  Shape input_shape_;
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("Flatten", config);
  LayerOptions options = kinds::read_options(reader);
  std::string format = kinds::read_data_format(reader);
  reader.finish();
  return std::make_shared<Flatten>(std::move(options), std::move(format));
}

}  // namespace

LayerEntry register_flatten() {
  LayerEntry entry;
  entry.class_name = "Flatten";
  entry.family = "stock";
  entry.probe_config = {{"data_format", "channels_first"}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
