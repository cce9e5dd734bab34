// Models: layers in a row, or a graph of named layers. Both are layers, so they nest.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <seedproof/layers/layer.h>

namespace seedproof {

/// Layers applied one after the other; each has one input and one output.
class Sequential final : public Layer {
 public:
  explicit Sequential(LayerOptions options = {});
  void add(std::shared_ptr<Layer> layer);

  std::string_view class_name() const override { return "Sequential"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const override;

 protected:
  void on_build(std::span<const Shape> input_shapes) override;
  Tensors on_call(const Tensors& inputs, const CallArgs& args) override;
  Tensors on_backward(const Tensors& upstream) override;
  void on_config(Config& config) const override;
};

/// A directed acyclic graph of named layers. Nodes run in the order they were added.
class Graph final : public Layer {
 public:
  explicit Graph(LayerOptions options = {});
  /// `inputs` name earlier nodes, or "input" / "input:k" for the graph's own. Throws ValueError
  /// naming a node that is unknown or named twice.
  void add(std::shared_ptr<Layer> layer, std::vector<std::string> inputs);
  void set_outputs(std::vector<std::string> nodes);

  std::string_view class_name() const override { return "Graph"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> input_shapes) const override;

 protected:
  void on_build(std::span<const Shape> input_shapes) override;
  Tensors on_call(const Tensors& inputs, const CallArgs& args) override;
  Tensors on_backward(const Tensors& upstream) override;
  void on_config(Config& config) const override;

 private:
  struct Node {
    std::string name;
    std::vector<std::string> inputs;
    std::vector<Shape> input_shapes;
  };
  std::vector<Node> nodes_;
  std::vector<std::string> outputs_;
  std::size_t input_count_ = 1;
};

}  // namespace seedproof
