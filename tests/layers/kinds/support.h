// Built layers, tensors and independent draws, for the tests of layers.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/layers/kinds/registry.h>

namespace seedproof::test {

/// A layer and the generator that it draws from. The layer is destroyed first.
struct Built {
  std::unique_ptr<Generator> generator;
  std::shared_ptr<Layer> layer;

  Tensor operator()(const Tensor& input, const CallArgs& args) const {
    return (*layer)(input, args);
  }
};

inline Built make(std::string_view class_name, Config config = {},
                  std::string_view generator = "philox", const Seed& root = 1) {
  if (config.find("name") == nullptr) config.set("name", "it");
  Built out{make_generator(generator, root), make_layer(class_name, config)};
  out.layer->attach(*out.generator);
  return out;
}

inline CallArgs training(std::uint64_t step = 0) {
  CallArgs args;
  args.training = true;
  args.step = step;
  return args;
}

inline CallArgs inference() {
  CallArgs args;
  args.training = false;
  args.phase = Phase::predict;
  return args;
}

/// Distinct values in (-3, 3.3), none of them near a kink of an activation.
inline Tensor ramp(const Shape& shape, DType dtype = DType::f32) {
  Tensor out(DType::f64, shape);
  const auto values = out.as<double>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<double>((i * 37) % 101) / 16.0 - 3.03;
  }
  return out.cast(dtype);
}

/// The first draw of the layer's stream, from a generator of its own.
inline Tensor oracle(const Built& built, std::string_view generator, const Seed& seed,
                     std::string_view purpose, Role role, const Distribution& distribution,
                     const Shape& shape, DType dtype = DType::f32, const Seed& root = 1) {
  const auto twin = make_generator(generator, root);
  const auto stream = twin->open(Site{built.layer->scope(), std::string(purpose), role}, seed);
  Tensor out(dtype, shape);
  stream->draw(Draw{distribution, dtype, Region{shape}}, Moment{}, out.data());
  return out;
}

inline std::uint64_t draws(const Built& built) {
  std::uint64_t total = 0;
  for (const Stream* stream : built.layer->streams()) total += stream->counts().draws;
  return total;
}

inline std::vector<float> floats(const Tensor& tensor) {
  const auto values = tensor.as<float>();
  return {values.begin(), values.end()};
}

template <class E, class F>
std::string message_of(F&& f) {
  try {
    f();
  } catch (const E& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// An input shape that a layer with its probe configuration takes.
inline Shape shape_for(std::string_view class_name) {
  if (class_name == "SpatialDropout1D") return {2, 3, 5};
  if (class_name == "SpatialDropout2D") return {2, 3, 4, 5};
  if (class_name == "SpatialDropout3D") return {2, 3, 2, 4, 5};
  return {4, 3};
}

inline std::vector<LayerEntry> plain_layers() {
  std::vector<LayerEntry> out;
  for (LayerEntry& entry : builtin_layers()) {
    if (entry.family != "model") out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace seedproof::test
