// Draw by draw, the plain run against the varied one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <seedproof/harness/relations/relation.h>

namespace seedproof {

struct DrawComparison {
  std::uint64_t draws = 0;        // compared, or missing on one side
  std::uint64_t layers = 0;       // that draw
  std::vector<Finding> findings;  // the first divergence of each site

  std::string summary() const;  // "9 draws of 3 layers compared"
};

DrawComparison compare_draws(const RunPair& runs, const std::vector<std::string>& layers);

/// The same for outputs and for states: the first divergence of each layer, or of the run.
std::vector<Finding> compare_outputs(const RunPair& runs, const std::vector<std::string>& layers);
std::vector<Finding> compare_states(const RunPair& runs);

}  // namespace seedproof
