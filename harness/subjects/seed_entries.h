// The seeds inside a layer's configuration: entries named "seed", also those of nested parts such
// as initialisers.
#pragma once

#include <cstdint>
#include <functional>

#include <seedproof/layers/config.h>

namespace seedproof {

bool has_integer_seed(const Config& config);

/// `config` with every integer seed replaced by what `change` makes of it.
Config with_seeds(const Config& config, const std::function<ConfigValue(const Integer&)>& change);

/// Every integer seed plus `amount`. A seed that leaves 64 bits by it becomes `amount` itself.
Config with_seeds_moved(const Config& config, std::int64_t amount);

// Distances between the seeds of a subject's layers and of variations: primes far apart, so that no
// sum of them is small, and no two streams that lie in one counter space come near each other.
inline constexpr std::int64_t kSiblingSeedStep = 15485863;
inline constexpr std::int64_t kInsertedSeedStep = 67867967;
inline constexpr std::int64_t kOtherSeedStep = 49979687;

}  // namespace seedproof
