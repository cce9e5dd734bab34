// What is tested: a graph of named layers in this process.
#pragma once

#include <string>
#include <vector>

#include <seedproof/layers/config.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// One node of a subject: a layer class of the registry, its configuration, where its input is
/// from.
struct LayerSpec {
  std::string class_name;
  Config config;                             // without "name"
  std::string name;                          // unique in the subject
  std::vector<std::string> inputs{"input"};  // earlier nodes, or "input" for the subject's own
  bool name_given = true;                    // false: the name is made by counting
};

/// A model as data, so that variations can edit it. Nodes are constructed, built and run in order.
struct Subject {
  std::string name;         // as the command line names it
  std::string description;  // one line
  std::vector<LayerSpec> layers;
  Shape input_shape;  // batch included
  DType input_dtype = DType::f32;
  /// The layer that per-layer checks look at; empty: the last one.
  std::string focus;

  const LayerSpec& focus_layer() const;
  LayerSpec* find(const std::string& layer_name);
  const LayerSpec* find(const std::string& layer_name) const;
};

}  // namespace seedproof
