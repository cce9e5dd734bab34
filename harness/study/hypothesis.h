// A claim, the experiment that decides it, and the threshold fixed beforehand.
#pragma once

#include <string>
#include <vector>

#include <seedproof/harness/registry.h>

namespace seedproof {

enum class Outcome : std::uint8_t { supported, refuted, conditional, undecided };

std::string_view to_string(Outcome outcome);

struct HypothesisResult {
  Outcome outcome = Outcome::undecided;
  std::string measured;   // figures, in words: "shared-global 5 of 5 layers changed, philox 0 of 5"
  std::string condition;  // of conditional: under which condition it holds
};

struct Hypothesis {
  std::string name;                             // "insertion-moves-draws"
  std::string statement;                        // the claim
  std::string experiment;                       // what is run
  std::string threshold;                        // which measurement decides, said beforehand
  Outcome expected_control = Outcome::refuted;  // what the negative control must give
  /// `control` true: the negative control in the subject's place; the verdict must flip.
  HypothesisResult (*run)(const Registry& registry, bool control) = nullptr;
};

/// The built-in hypotheses, in the order of their list.
std::vector<Hypothesis> builtin_hypotheses();

}  // namespace seedproof
