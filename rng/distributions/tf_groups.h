// Every TensorFlow fill is made of groups of N elements, each a function of the state and of its
// own number alone, so that any run of elements can be had without those before it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace seedproof::tf {

/// Writes elements first, first + 1, ... of the fill whose group g is what make(g, std::span<T, N>)
/// writes. A group of which only a part is wanted is made whole.
template <std::size_t N, class T, class Make>
[[gnu::always_inline]] inline void fill_groups(std::uint64_t first, std::span<T> out,
                                               const Make& make) {
  std::uint64_t group = first / N;
  std::size_t from = static_cast<std::size_t>(first % N);
  while (!out.empty()) {
    if (from == 0 && out.size() >= N) {
      make(group, out.template first<N>());
      out = out.subspan(N);
    } else {
      std::array<T, N> whole;
      make(group, std::span<T, N>(whole));
      const std::size_t count = std::min(N - from, out.size());
      std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(from), count, out.begin());
      out = out.subspan(count);
      from = 0;
    }
    ++group;
  }
}

}  // namespace seedproof::tf
