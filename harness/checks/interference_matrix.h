// Which layers' draws change when one layer is disturbed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <seedproof/harness/checks/check.h>

namespace seedproof {

/// Disturbances of one layer: additional draws, another layer inserted before it, its removal,
/// another seed.
enum class Disturbance : std::uint8_t { extra_draws, insertion, removal, other_seed };
inline constexpr int kDisturbanceCount = 4;
std::string_view to_string(Disturbance disturbance);

/// Draws made while building count as drawn before step 0's: a layer that draws only then (a
/// weight initialiser) is seen at step 0 and not after it.
struct InterferenceMatrix {
  std::string generator;
  std::vector<std::string> layers;  // the drawing layers, in the order of their first draws
  std::vector<bool> draws_later;    // one a layer: it draws after step 0 too
  /// changed[disturbance][i][j]: layer j's draws differ when layer i is disturbed. A removed layer
  /// counts as changed itself.
  using Cells = std::vector<std::vector<bool>>;
  std::vector<Cells> at_step_0;  // one a disturbance
  std::vector<Cells> later;
  std::string problem;  // why there is no matrix; empty when there is one

  Cells any_at_step_0() const;
  Cells any_later() const;
  /// any_later() of the layers that draw after step 0 alone; its shape is what counts.
  Cells later_square() const;
};

/// Shape of a matrix in words, read with a row for each layer that may change and a column for each
/// that is disturbed: "diagonal" (a disturbance stays in its layer), "lower triangular" (it reaches
/// every layer that draws later, itself included), "full", "empty", "neither ...".
std::string describe(const InterferenceMatrix::Cells& cells);
/// Two sentences for a person: what was found at step 0 and after it, and what that means.
std::string describe(const InterferenceMatrix& matrix);

/// Runs the subject plain, and once for each layer and disturbance. Never throws for what a subject
/// does: a run that ends early becomes the matrix's problem.
InterferenceMatrix measure_interference(const Subject& subject, const std::string& generator,
                                        const Seed& root, const Registry& registry);

}  // namespace seedproof
