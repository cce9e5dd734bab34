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

struct InterferenceMatrix {
  std::string generator;
  std::vector<std::string> layers;  // the drawing layers, in order
  /// changed[disturbance][i][j]: layer j's draws differ when layer i is disturbed. A removed layer
  /// counts as changed itself.
  using Cells = std::vector<std::vector<bool>>;
  std::vector<Cells> at_step_0;  // one a disturbance
  std::vector<Cells> later;

  Cells any_at_step_0() const;
  Cells any_later() const;
};

/// Shape of a matrix in words: "diagonal", "lower triangular", "full", "empty", "neither ...".
std::string describe(const InterferenceMatrix::Cells& cells);
/// Two sentences for a person: what was found at step 0 and after it, and what that means.
std::string describe(const InterferenceMatrix& matrix);

InterferenceMatrix measure_interference(const Subject& subject, const std::string& generator,
                                        const Seed& root, const Registry& registry);

}  // namespace seedproof
