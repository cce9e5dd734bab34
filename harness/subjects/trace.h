// What a run left: draws, outputs, states, counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <seedproof/rng/generators/ledger.h>
#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// One draw as the layer received it, before any epilogue.
struct DrawEvent {
  DrawRecord record;
  std::uint64_t digest = 0;  // of the numbers
  Tensor numbers;            // empty when the run was in another process
  bool seeded = false;       // the stream was opened with a seed of the layer's own
  bool recorded = true;      // the generator's ledger heard of it, with the receipt's interval
};

/// Output of a layer in a step. Inference passes that a plan adds are not recorded.
struct LayerOutput {
  std::string layer;
  std::uint64_t step = 0;
  std::uint64_t digest = 0;
  Tensor value;  // empty when the run was in another process
};

/// Digest of the generator's whole state after a step; the first is after building.
struct StateDigest {
  std::uint64_t after_step = 0;  // 0: after building; k: after step k - 1
  std::uint64_t digest = 0;
};

/// Where and why a run ended early.
struct RunError {
  ErrorKind kind = ErrorKind::runtime;
  std::string stage;  // "construct", "build", "step 1", "save", ...
  std::string layer;  // empty when it was no layer's
  std::string message;
  bool unsupported =
      false;  // the draw is of a distribution or dtype that the generator does not list
};

/// Counts of one steady-state forward pass (the last step), which do not depend on a clock.
struct CostCounts {
  std::uint64_t tensors = 0;         // draws
  std::uint64_t numbers = 0;         // numbers drawn
  std::uint64_t words = 0;           // words of the bit generator consumed
  std::uint64_t indirect_calls = 0;  // through the generator interface
  std::uint64_t allocations = 0;     // heap allocations inside the draws
};

struct Trace {
  /// Path that each node of the subject had: its name, unless that was made by counting.
  std::vector<std::pair<std::string, std::string>> paths;
  std::vector<DrawEvent> draws;  // in the order they happened, those of plan.extra_draws left out
  std::vector<LayerOutput> outputs;
  std::vector<StateDigest> states;
  CostCounts costs;
  std::uint64_t extra_numbers = 0;          // drawn for plan.extra_draws
  std::vector<std::string> config_changes;  // of a config round trip: "drop.seed: 7 became null"
  std::optional<RunError> error;

  /// Draws of one node (site paths that are the node's or below it), in order.
  std::vector<const DrawEvent*> draws_of(const std::string& layer) const;
  /// The node that a site path belongs to; the path itself when it is no node's.
  std::string layer_of(const std::string& path) const;
};

/// 64-bit digest of bytes, equal on every platform. Not for security.
std::uint64_t digest_bytes(const void* data, std::size_t size);

}  // namespace seedproof
