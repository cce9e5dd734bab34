// What a generator can draw: its distributions and dtypes, and the check of a draw against them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <seedproof/rng/generators/draw.h>

namespace seedproof {

struct Abilities {
  std::vector<DistributionKind> distributions;
  std::vector<DType> dtypes;
  bool parts = false;       // draws a part of a tensor
  bool closed_rate = true;  // keep_mask takes a rate of 1

  /// Throws ValueError naming `generator` and what it does not have.
  void check(std::string_view generator, const Draw& draw) const;

  std::vector<std::string> distribution_names() const;
  std::vector<std::string> dtype_names() const;
};

}  // namespace seedproof
