// What the built-in layers share: one input, one output, and arguments read from a configuration.
// Internal.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/error_bounds.h>
#include <seedproof/layers/layer.h>

namespace seedproof::kinds {

class UnaryLayer : public Layer, public ErrorBounded {
 public:
  using Layer::Layer;

  // Of a layer that works element by element: the bound is carried by its slope, which the backward
  // pass gives for an upstream of ones. A layer that mixes elements or trains overrides both.
  Tensor forward_bound(const Tensor& output, const Tensor& input_bound,
                       const VariableBounds& variables) override;
  Tensor backward_bound(const Tensor& gradient, const Tensor& upstream,
                        const Tensor& upstream_bound, const VariableBounds& variables,
                        VariableBounds& gradients) override;
  std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const final;

 protected:
  // ---- what a layer writes, in place of on_build, on_call and on_backward
  virtual void make_state(const Shape&) {}
  virtual Tensor forward(const Tensor& input, const CallArgs& args) = 0;
  virtual Tensor gradient(const Tensor& upstream) = 0;
  virtual Shape output_shape(const Shape& input_shape) const { return input_shape; }

  // ---- what a layer uses
  /// The stream, or RuntimeError when the layer was never attached to a generator.
  Stream& require(Stream* stream) const;

 private:
  void on_build(std::span<const Shape> input_shapes) final;
  Tensors on_call(const Tensors& inputs, const CallArgs& args) final;
  Tensors on_backward(const Tensors& upstream) final;
  template <class Items>
  const typename Items::value_type& only(const Items& items) const;
};

/// The arguments that every layer takes: name, trainable, dtype, autocast, activity_regularizer.
LayerOptions read_options(ConfigReader& reader);

/// units: a positive integer, in Keras's words otherwise.
std::int64_t read_units(ConfigReader& reader);
std::int64_t read_units(ConfigReader& reader, std::int64_t otherwise);

/// A number in [0, 1], in Keras's words otherwise.
double read_fraction(ConfigReader& reader, std::string_view name);

/// "channels_last" (default) or "channels_first".
std::string read_data_format(ConfigReader& reader);

/// Product of the extents; -1 when one of them is unknown.
std::int64_t flat_extent(std::span<const std::int64_t> shape);

}  // namespace seedproof::kinds
