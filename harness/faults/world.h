// The world that faults live in: a registry with every part, right and wrong, under its own name.
// Internal.
#pragma once

#include <string>

#include <seedproof/harness/faults/fault.h>

namespace seedproof::faults {

/// `registry` with the fault generators and layers added, so that a new process knows them too.
Registry with_parts(Registry registry);

/// Three siblings of a fault layer under a fault generator. `seeded` false: without seeds.
FaultCase world(const std::string& generator, const std::string& layer, bool seeded = true);

inline constexpr const char* kHealthyGenerator = "fault:healthy";
inline constexpr const char* kHealthyLayer = "HealthyNoise";

}  // namespace seedproof::faults
