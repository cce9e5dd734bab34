#include <cstddef>
#include <string>
#include <type_traits>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/distributions/tf_element.h>
#include <seedproof/rng/distributions/tf_groups.h>
#include <seedproof/rng/distributions/tf_integers.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::tf {
namespace {

template <class T, class Finish>
void fill_finished(const State& state, std::uint64_t first, std::span<T> out,
                   const Finish& finish) {
  const Key<std::uint32_t, 2> key = key_of(state);
  fill_groups<kGroup<T>>(first, out, [&](std::uint64_t group, std::span<T, kGroup<T>> to) {
    const auto words = philox4x32(counter_at(state, group), key).words;
    for (std::size_t i = 0; i < kGroup<T>; ++i) {
      if constexpr (sizeof(T) == 8) {
        to[i] = finish(words[2 * i] | std::uint64_t{words[2 * i + 1]} << 32);
      } else {
        to[i] = finish(words[i]);
      }
    }
  });
}

}  // namespace

template <class T>
void fill_full_integers(const State& state, std::uint64_t first, std::span<T> out) {
  using Word = std::make_unsigned_t<T>;
  fill_finished(state, first, out, [](Word word) { return static_cast<T>(word); });
}

template <class T>
void fill_integers(const State& state, std::uint64_t first, std::span<T> out, T low, T high) {
  using Word = std::make_unsigned_t<T>;
  if (low >= high) {
    throw ValueError("tf integers: need low < high, got " + std::to_string(low) +
                     " >= " + std::to_string(high));
  }
  const Word base = static_cast<Word>(low);
  const Word width = static_cast<Word>(high) - base;
  fill_finished(state, first, out, [=](Word word) { return static_cast<T>(base + word % width); });
}

template void fill_full_integers(const State&, std::uint64_t, std::span<std::int32_t>);
template void fill_full_integers(const State&, std::uint64_t, std::span<std::uint32_t>);
template void fill_full_integers(const State&, std::uint64_t, std::span<std::int64_t>);
template void fill_full_integers(const State&, std::uint64_t, std::span<std::uint64_t>);
template void fill_integers(const State&, std::uint64_t, std::span<std::int32_t>, std::int32_t,
                            std::int32_t);
template void fill_integers(const State&, std::uint64_t, std::span<std::int64_t>, std::int64_t,
                            std::int64_t);

}  // namespace seedproof::tf
