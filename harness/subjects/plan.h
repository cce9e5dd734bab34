// A run as data: which subject, driven by which generator, through which steps. Variations edit it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <seedproof/harness/subjects/subject.h>
#include <seedproof/rng/values/seed.h>

namespace seedproof {

/// Additional numbers drawn from a layer's first stream, just before its own draw of a step.
struct ExtraDraw {
  std::string layer;
  std::uint64_t step = 0;
  std::uint64_t count = 0;
};

struct Plan {
  Subject subject;
  std::string generator;    // name in the registry
  Seed root = 42;           // root seed of the generator
  std::uint64_t steps = 3;  // forward (and, when `train`, backward and SGD) passes
  bool training = true;     // the layers' training flag
  bool train = false;       // backward pass and an SGD step after each forward pass
  std::vector<ExtraDraw> extra_draws;
  std::vector<std::uint64_t> evaluate_before;  // steps before which an inference pass is run
  std::optional<std::uint64_t> resume_at;  // save, load into a fresh model, go on from this step
  bool config_round_trip = false;          // construct the layers from their own get_config
  bool fresh_process = false;              // run in a new process with a perturbed environment
};

}  // namespace seedproof
