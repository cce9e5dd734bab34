// A small folder of goldens made by the healthy parts, for faults to be measured against. Internal.
#pragma once

#include <string>

#include <seedproof/harness/faults/world.h>

namespace seedproof::faults {

/// Names of the arrays in the folder.
inline constexpr const char* kGoldenDraw = "draw.npy";
inline constexpr const char* kGoldenOutput = "output.npy";

/// Writes draws, outputs, gradients and a training trajectory of the trained layer under the
/// healthy generator to `directory`, and returns the case that checks them.
FaultCase golden_world(const std::string& directory);

}  // namespace seedproof::faults
