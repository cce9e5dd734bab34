#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/shared_run.h>

namespace seedproof {

namespace {

/// Numbers that together show `bits`; 0 when the draw has too few, or kept none.
std::size_t window_of(const DrawEvent& draw, double bits) {
  const double each = bits_per_number(draw.record);
  if (each <= 0.0 || draw.numbers.count() != draw.record.count) return 0;
  const auto window = static_cast<std::size_t>(std::ceil(bits / each));
  return window <= draw.numbers.count() ? std::max<std::size_t>(window, 1) : 0;
}

const std::byte* at(const DrawEvent& draw, std::size_t index) {
  return draw.numbers.data() + index * size_of(draw.numbers.dtype());
}

bool is_constant(const DrawEvent& draw, std::size_t begin, std::size_t window) {
  const std::size_t size = size_of(draw.numbers.dtype());
  for (std::size_t i = 1; i < window; ++i) {
    if (std::memcmp(at(draw, begin), at(draw, begin + i), size) != 0) return false;
  }
  return window > 1;
}

bool comparable(const DrawEvent& a, const DrawEvent& b) {
  return &a != &b && a.record.dtype == b.record.dtype &&
         a.record.distribution == b.record.distribution;
}

SharedRun extended(SharedRun run) {
  const std::size_t size = size_of(run.a->numbers.dtype());
  const auto equal = [&](std::size_t i, std::size_t j) {
    return std::memcmp(at(*run.a, i), at(*run.b, j), size) == 0;
  };
  while (run.a_at > 0 && run.b_at > 0 && equal(run.a_at - 1, run.b_at - 1)) {
    --run.a_at, --run.b_at, ++run.length;
  }
  while (run.a_at + run.length < run.a->numbers.count() &&
         run.b_at + run.length < run.b->numbers.count() &&
         equal(run.a_at + run.length, run.b_at + run.length)) {
    ++run.length;
  }
  return run;
}

}  // namespace

std::optional<SharedRun> find_shared_run(std::span<const DrawEvent* const> a,
                                         std::span<const DrawEvent* const> b, double bits) {
  struct Place {
    const DrawEvent* draw;
    std::size_t index;
  };
  std::unordered_multimap<std::uint64_t, Place> windows;
  for (const DrawEvent* draw : a) {
    const std::size_t window = window_of(*draw, bits);
    if (window == 0) continue;
    const std::size_t bytes = window * size_of(draw->numbers.dtype());
    for (std::size_t i = 0; i + window <= draw->numbers.count(); ++i) {
      windows.emplace(digest_bytes(at(*draw, i), bytes), Place{draw, i});
    }
  }
  for (const DrawEvent* draw : b) {
    const std::size_t window = window_of(*draw, bits);
    if (window == 0) continue;
    const std::size_t bytes = window * size_of(draw->numbers.dtype());
    for (std::size_t i = 0; i + window <= draw->numbers.count(); ++i) {
      const auto [begin, end] = windows.equal_range(digest_bytes(at(*draw, i), bytes));
      for (auto place = begin; place != end; ++place) {
        const DrawEvent& other = *place->second.draw;
        if (!comparable(other, *draw) || is_constant(*draw, i, window)) continue;
        if (std::memcmp(at(other, place->second.index), at(*draw, i), bytes) != 0) continue;
        return extended({&other, place->second.index, draw, i, window});
      }
    }
  }
  return std::nullopt;
}

}  // namespace seedproof
