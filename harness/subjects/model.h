// A subject's layers, alive: constructed, built and run in order.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/plan.h>
#include <seedproof/layers/optimizer.h>

namespace seedproof {

/// Names the layer at hand before each thing it does with it, so that an error can be placed.
class Model {
 public:
  /// The generator must outlive the model.
  Model(const Plan& plan, const Registry& registry, Generator& generator);

  /// Constructs the layers and attaches them to the root, in order.
  void construct();
  void build();
  /// One pass; the values stay until the next one.
  void forward(std::uint64_t step, Phase phase, bool training);
  /// Backward pass of the mean square of every node that feeds no other, and an SGD step.
  void train();

  std::vector<std::vector<Tensor>> weights() const;
  void set_weights(const std::vector<std::vector<Tensor>>& weights);

  /// Node -> path, as Trace::paths.
  std::vector<std::pair<std::string, std::string>> paths() const;
  /// The first output of a node in the last pass.
  const Tensor& output(std::size_t node) const { return outputs_.at(node).front(); }
  const std::vector<std::string>& config_changes() const { return config_changes_; }
  /// The layer that something was last done with; empty between layers.
  const std::string& at_hand() const { return at_hand_; }

 private:
  std::shared_ptr<Layer> make(const LayerSpec& spec);
  std::shared_ptr<Layer> round_trip(const LayerSpec& spec, const Config& given, const Layer& layer,
                                    const LayerEntry& entry);
  /// Where each input of each node comes from: a node's index, or -1 for the subject's own.
  void resolve_inputs();

  const Plan& plan_;
  const Registry& registry_;
  Generator& generator_;
  std::vector<std::shared_ptr<Layer>> layers_;
  std::vector<std::vector<int>> sources_;
  std::vector<Tensors> outputs_;
  std::unique_ptr<Optimizer> optimizer_;
  std::vector<std::string> config_changes_;
  std::string at_hand_;
};

}  // namespace seedproof
