// VarianceScaling, and its named cases Glorot, He and Lecun. Constants are computed in double, as
// Python does, and rounded to the variable's dtype by the draw.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/initializers/random_initializer.h>
#include <seedproof/layers/initializers/rules.h>

namespace seedproof {

std::pair<std::int64_t, std::int64_t> compute_fans(const Shape& shape) {
  if (shape.empty()) return {1, 1};
  if (shape.size() == 1) return {shape[0], shape[0]};
  const std::size_t last = shape.size() - 1;
  const std::int64_t receptive = static_cast<std::int64_t>(
      element_count(std::span<const std::int64_t>(shape).first(last - 1)));
  // A rank-2 shape has an empty product, 1.
  return {shape[last - 1] * receptive, shape[last] * receptive};
}

namespace initializers {
namespace {

using Axes = std::vector<std::int64_t>;

/// Standard deviation of a standard normal cut off at two: Keras's constant.
constexpr double kTruncatedStddev = 0.87962566103423978;

struct Scaling {
  double scale = 1.0;
  std::string mode = "fan_in";
  std::string distribution = "truncated_normal";
  Axes input_axes;
  Axes output_axes;
};

std::int64_t product_of(const Shape& shape, const Axes& axes) {
  Shape extents;
  for (const std::int64_t axis : axes) {
    const auto rank = static_cast<std::int64_t>(shape.size());
    if (axis < -rank || axis >= rank) {
      throw ValueError("VarianceScaling: axis " + std::to_string(axis) + " is outside of shape " +
                       to_string(shape));
    }
    extents.push_back(shape[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)]);
  }
  return static_cast<std::int64_t>(element_count(extents));
}

ConfigValue axes_value(const Axes& axes) {
  return axes.empty() ? ConfigValue() : ConfigValue::from_shape(axes);
}

class VarianceScaling final : public RandomInitializer {
 public:
  VarianceScaling(std::string_view name, Scaling scaling, Seed seed)
      : RandomInitializer(name, std::move(seed)), scaling_(std::move(scaling)) {}

  Tensor make(const Shape& shape, DType dtype, Stream* stream) const override {
    const double scale = scaling_.scale / std::max(1.0, fan(shape));
    Distribution distribution;
    if (scaling_.distribution == "uniform") {
      const double limit = std::sqrt(3.0 * scale);
      distribution = Distribution::uniform(-limit, limit);
    } else if (scaling_.distribution == "untruncated_normal") {
      distribution = Distribution::normal(0.0, std::sqrt(scale));
    } else {
      distribution = Distribution::truncated_normal(0.0, std::sqrt(scale) / kTruncatedStddev);
    }
    return draw(distribution, shape, dtype, stream);
  }

  Config get_config() const override {
    Config config{{"seed", seed()}};
    if (class_name() == "VarianceScaling") {
      config.set("scale", scaling_.scale);
      config.set("mode", scaling_.mode);
      config.set("distribution", scaling_.distribution);
    }
    config.set("input_axes", axes_value(scaling_.input_axes));
    config.set("output_axes", axes_value(scaling_.output_axes));
    return config;
  }

 private:
  double fan(const Shape& shape) const {
    auto [in, out] = compute_fans(shape);
    if (!scaling_.input_axes.empty() && !scaling_.output_axes.empty()) {
      in = product_of(shape, scaling_.input_axes);
      out = product_of(shape, scaling_.output_axes);
    }
    if (scaling_.mode == "fan_in") return static_cast<double>(in);
    if (scaling_.mode == "fan_out") return static_cast<double>(out);
    return (static_cast<double>(in) + static_cast<double>(out)) / 2.0;
  }

  Scaling scaling_;
};

Made finish(std::string_view name, ConfigReader& reader, Scaling scaling) {
  scaling.input_axes = reader.integers("input_axes");
  scaling.output_axes = reader.integers("output_axes");
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<VarianceScaling>(name, std::move(scaling), std::move(seed));
}

void check(const Scaling& scaling) {
  if (!(scaling.scale > 0.0)) {
    throw ValueError("Argument `scale` must be positive float. Received: scale=" +
                     number_text(scaling.scale));
  }
  if (scaling.mode != "fan_in" && scaling.mode != "fan_out" && scaling.mode != "fan_avg") {
    throw ValueError("Invalid `mode` argument: " + scaling.mode +
                     ". Please use one of {'fan_in', 'fan_out', 'fan_avg'}");
  }
  if (scaling.distribution != "uniform" && scaling.distribution != "truncated_normal" &&
      scaling.distribution != "untruncated_normal") {
    throw ValueError("Invalid `distribution` argument: " + scaling.distribution +
                     ". Please use one of {'uniform', 'truncated_normal', 'untruncated_normal'}");
  }
}

}  // namespace

Made make_variance_scaling(std::string_view name, const Config& config) {
  ConfigReader reader(name, config);
  Scaling scaling;
  scaling.scale = reader.number("scale", 1.0);
  scaling.mode = reader.text("mode", "fan_in");
  std::string distribution = reader.text("distribution", "truncated_normal");
  for (char& letter : distribution) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  scaling.distribution = distribution == "normal" ? "truncated_normal" : distribution;
  check(scaling);
  return finish(name, reader, std::move(scaling));
}

Made make_scaled(std::string_view name, const Config& config) {
  ConfigReader reader(name, config);
  Scaling scaling;
  scaling.scale = name.starts_with("He") ? 2.0 : 1.0;
  scaling.mode = name.starts_with("Glorot") ? "fan_avg" : "fan_in";
  scaling.distribution = name.ends_with("Uniform") ? "uniform" : "truncated_normal";
  return finish(name, reader, std::move(scaling));
}

}  // namespace initializers
}  // namespace seedproof
