// Equal runs of numbers in two sets of draws, at whatever offsets.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

/// Numbers a_at, a_at + 1, ... of `a` are the numbers b_at, b_at + 1, ... of `b`, `length` of them.
struct SharedRun {
  const DrawEvent* a = nullptr;
  std::size_t a_at = 0;
  const DrawEvent* b = nullptr;
  std::size_t b_at = 0;
  std::size_t length = 0;
};

/// The first run that shows at least `bits` random bits; draws without numbers are passed over, and
/// so is a draw compared with itself. Runs of one and the same number say nothing.
std::optional<SharedRun> find_shared_run(std::span<const DrawEvent* const> a,
                                         std::span<const DrawEvent* const> b, double bits);

}  // namespace seedproof
