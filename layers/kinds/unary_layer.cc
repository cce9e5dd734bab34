#include <algorithm>

#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof::kinds {

template <class Items>
const typename Items::value_type& UnaryLayer::only(const Items& items) const {
  if (items.size() == 1) return items.front();
  throw ValueError("Layer \"" + name() + "\" expects 1 input(s), but it received " +
                   std::to_string(items.size()) + " input tensors.");
}

std::vector<Shape> UnaryLayer::compute_output_shape(std::span<const Shape> input_shapes) const {
  return {output_shape(only(input_shapes))};
}
void UnaryLayer::on_build(std::span<const Shape> input_shapes) { make_state(only(input_shapes)); }
Tensors UnaryLayer::on_call(const Tensors& inputs, const CallArgs& args) {
  Tensors out;
  out.push_back(forward(only(inputs), args));
  return out;
}
Tensors UnaryLayer::on_backward(const Tensors& upstream) {
  Tensors out;
  out.push_back(gradient(only(upstream)));
  return out;
}

namespace {

// Roundings of an element-wise layer on its way: a product, a quotient, a sum, and one to spare.
constexpr double kElementRoundings = 4.0;

}  // namespace

Tensor UnaryLayer::forward_bound(const Tensor& output, const Tensor& input_bound,
                                 const VariableBounds&) {
  if (bounds::is_zero(input_bound)) return bounds::zero(output.shape());
  const Tensor slope = bounds::magnitude(gradient(Tensor::full(output.dtype(), output.shape(), 1)));
  const Tensor carried = ops::multiply(slope.reshaped(input_bound.shape()), input_bound);
  return bounds::rounded(carried.reshaped(output.shape()), output,
                         kElementRoundings * bounds::roundoff(output.dtype()));
}

Tensor UnaryLayer::backward_bound(const Tensor& result, const Tensor& upstream,
                                  const Tensor& upstream_bound, const VariableBounds&,
                                  VariableBounds&) {
  if (bounds::is_zero(upstream_bound)) return bounds::zero(result.shape());
  const Tensor slope =
      bounds::magnitude(gradient(Tensor::full(upstream.dtype(), upstream.shape(), 1)));
  const Tensor carried = ops::multiply(slope, upstream_bound.reshaped(slope.shape()));
  return bounds::rounded(carried, result, kElementRoundings * bounds::roundoff(upstream.dtype()));
}

Stream& UnaryLayer::require(Stream* stream) const {
  if (stream != nullptr) return *stream;
  throw RuntimeError("layer '" + path() + "' draws, but was not attached to a generator");
}

LayerOptions read_options(ConfigReader& reader) {
  LayerOptions options;
  options.name = reader.text("name", "");
  options.trainable = reader.truth("trainable", true);
  options.autocast = reader.truth("autocast", true);
  if (const ConfigValue* regularizer = reader.value("activity_regularizer")) {
    options.activity_regularizer = make_regularizer(*regularizer);
  }
  if (const ConfigValue* dtype = reader.value("dtype")) {
    Identifier policy = read_identifier("dtype", *dtype);
    if (policy.class_name == "DTypePolicy") {
      policy.class_name = policy.config.at("name").as_text("DTypePolicy.name");
    }
    options.dtype = DTypePolicy(policy.class_name);
  }
  return options;
}

namespace {

std::int64_t check_units(std::int64_t units) {
  if (units > 0) return units;
  throw ValueError(
      "Received an invalid value for `units`, expected a positive integer. Received: units=" +
      std::to_string(units));
}

}  // namespace

std::int64_t read_units(ConfigReader& reader) { return check_units(reader.integer("units")); }
std::int64_t read_units(ConfigReader& reader, std::int64_t otherwise) {
  return check_units(reader.integer("units", otherwise));
}

double read_fraction(ConfigReader& reader, std::string_view name) {
  const double value = reader.number(name);
  if (value >= 0.0 && value <= 1.0) return value;
  throw ValueError("Invalid value received for argument `" + std::string(name) +
                   "`. Expected a float value between 0 and 1. Received: " + std::string(name) +
                   "=" + number_text(value));
}

std::int64_t flat_extent(std::span<const std::int64_t> shape) {
  if (std::find(shape.begin(), shape.end(), -1) != shape.end()) return -1;
  return static_cast<std::int64_t>(element_count(shape));
}

std::string read_data_format(ConfigReader& reader) {
  std::string format = reader.text("data_format", "channels_last");
  std::transform(format.begin(), format.end(), format.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (format == "channels_last" || format == "channels_first") return format;
  throw ValueError(
      "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: "
      "data_format=" +
      format);
}

}  // namespace seedproof::kinds
