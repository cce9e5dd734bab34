#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/distributions/tf_shuffle.h>
#include <seedproof/rng/distributions/tf_uniform.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::tf {

void fill_shuffle_order(const State& state, std::span<std::int64_t> order) {
  if (order.size() >> 32 != 0) {
    throw ValueError("tf shuffle: " + std::to_string(order.size()) + " rows, not below 2^32");
  }
  std::iota(order.begin(), order.end(), std::int64_t{0});
  const Key<std::uint32_t, 2> key = key_of(state);
  std::array<std::uint32_t, 4> words{};
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    if (i % 4 == 0) {
      words = philox4x32(counter_at(state, i / 4), key).words;
    }
    const std::uint32_t left = static_cast<std::uint32_t>(order.size() - i);
    std::swap(order[i], order[i + words[i % 4] % left]);
  }
}

std::uint64_t shuffle_blocks(std::uint64_t rows) { return rows < 2 ? 0 : (rows + 2) / 4; }

void fill_argsort_order(const State& state, std::span<std::int64_t> order,
                        std::span<float> scratch) {
  if (scratch.size() != order.size()) {
    throw ValueError("tf argsort: " + std::to_string(scratch.size()) + " floats for " +
                     std::to_string(order.size()) + " rows");
  }
  fill_uniform(state, 0, scratch);
  std::iota(order.begin(), order.end(), std::int64_t{0});
  // The index breaks ties, so that no stable sort with a buffer is needed.
  std::ranges::sort(order, [scratch](std::int64_t a, std::int64_t b) {
    const float x = scratch[static_cast<std::size_t>(a)];
    const float y = scratch[static_cast<std::size_t>(b)];
    return x < y || (x == y && a < b);
  });
}

}  // namespace seedproof::tf
