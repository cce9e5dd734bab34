// Models: layers in a row, or a graph of named layers. Both are layers, so they nest.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <seedproof/layers/layer.h>

namespace seedproof {

/// Layers applied one after the other; each has one input and one output. All are built, in order,
/// before the first draws in its call. May grow after it was built.
class Sequential final : public Layer {
 public:
  explicit Sequential(LayerOptions options = {});
  /// Throws ValueError in Keras's words when the name is taken.
  void add(std::shared_ptr<Layer> layer);

  std::string_view class_name() const override { return "Sequential"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const override;

 protected:
  void on_build(std::span<const Shape> input_shapes) override;
  Tensors on_call(const Tensors& inputs, const CallArgs& args) override;
  Tensors on_backward(const Tensors& upstream) override;
  void on_config(Config& config) const override;
  bool grows() const override { return true; }
};

/// A directed acyclic graph of named layers. Nodes run in the order they were added. A value used
/// several times gets the sum of the gradients that come back. May grow after it was built.
class Graph final : public Layer {
 public:
  explicit Graph(LayerOptions options = {});
  /// `inputs` name earlier nodes, or "input" / "input:k" for the graph's own; "node:k" is output k
  /// of a node that has several. Throws ValueError naming a node that is unknown or named twice.
  void add(std::shared_ptr<Layer> layer, std::vector<std::string> inputs);
  /// Named as inputs are; without it, the last node is the output.
  void set_outputs(std::vector<std::string> nodes);
  std::size_t input_count() const { return input_count_; }

  std::string_view class_name() const override { return "Graph"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const override;

 protected:
  void on_build(std::span<const Shape> input_shapes) override;
  Tensors on_call(const Tensors& inputs, const CallArgs& args) override;
  Tensors on_backward(const Tensors& upstream) override;
  void on_config(Config& config) const override;
  bool grows() const override { return true; }

 private:
  static constexpr std::size_t kOwnInput = static_cast<std::size_t>(-1);
  struct Source {
    std::size_t node = kOwnInput;
    std::size_t output = 0;
  };
  struct Node {
    std::string name;
    std::vector<std::string> inputs;
    std::vector<Source> sources;
  };
  struct Form {
    Shape shape;
    DType dtype = DType::f32;
  };

  Source resolve(const std::string& text) const;
  std::vector<Source> output_sources() const;
  void check_input_count(std::size_t count) const;
  template <class T>
  const T& pick(const Source& source, std::span<const T> own,
                const std::vector<std::vector<T>>& made) const;
  std::optional<Tensors> upstream_of(std::size_t node,
                                     std::vector<std::optional<Tensor>>& gradients) const;

  std::vector<Node> nodes_;  // node i is nested layer i
  std::vector<std::string> outputs_;
  std::vector<Source> output_sources_;
  std::size_t input_count_ = 1;
  std::vector<Form> input_forms_;  // of the last call
  std::vector<std::vector<Form>> output_forms_;
};

LayerEntry sequential_entry();
LayerEntry graph_entry();

}  // namespace seedproof
