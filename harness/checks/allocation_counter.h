// Counts heap allocations of the calling thread, by replacing the global operator new.
#pragma once

#include <cstdint>

namespace seedproof {

/// Calls of operator new by this thread so far; a count without meaning but for its differences.
std::uint64_t allocations_of_this_thread();

/// False where the program brought its own operator new, or a sanitizer's came first: then nothing
/// is counted.
bool allocations_are_counted();

}  // namespace seedproof
