// Runs the layers of a golden row: one layer or several in a row, with bounds of what other orders
// of the same sums can change. Internal.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <seedproof/harness/golden/manifest.h>
#include <seedproof/harness/golden/verify.h>
#include <seedproof/harness/registry.h>
#include <seedproof/layers/error_bounds.h>
#include <seedproof/layers/layer.h>
#include <seedproof/layers/optimizer.h>

namespace seedproof {

class LayerRun {
 public:
  /// Constructs, attaches and builds the layers in order, and sets the row's weights. Throws the
  /// layers' and generators' errors, and ValueError naming what the row asks for in vain.
  LayerRun(const Registry& registry, const GoldenRow& row, GoldenFiles& files);

  /// All earlier calls, the row's call, its backward pass or its training steps.
  void run();

  /// The array that the row's `output` names, with its bound.
  Evaluation result() const;

 private:
  struct Value {
    Tensor tensor;
    Tensor bound;  // f64
  };

  void construct(const Registry& registry);
  void build();
  void set_weights();
  void call(const GoldenCall& call);
  void backward(const Value& upstream);
  void train();
  void descend();
  Value loss_and_upstream(Value& upstream) const;
  Value own_losses() const;

  Variable& variable(const std::string& path) const;
  Value named(const std::string& output) const;
  Value state_of(const std::string& layer_name) const;
  Layer& layer(const std::string& name) const;
  std::map<std::string, GoldenState> shown_states() const;

  const GoldenRow& row_;
  const GoldenLayersSubject& subject_;
  GoldenFiles& files_;
  std::unique_ptr<Generator> generator_;
  std::vector<std::shared_ptr<Layer>> layers_;
  std::unique_ptr<Optimizer> optimizer_;
  std::uint64_t calls_ = 0;

  std::vector<Value> flow_;  // the input, then each layer's output, of the last call
  Value input_gradient_;
  Value loss_;
  VariableBounds variables_;
  VariableBounds gradients_;
};

}  // namespace seedproof
