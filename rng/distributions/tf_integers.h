// Integers as TensorFlow fills them. `out` receives the elements first, first + 1, ... of the fill.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/distributions/tf_state.h>

namespace seedproof::tf {

/// The words themselves: uniform_full_int. T: std::int32_t, std::uint32_t (one word an element),
/// std::int64_t, std::uint64_t (two, the first one low).
template <class T>
void fill_full_integers(const State& state, std::uint64_t first, std::span<T> out);

/// [low, high): low + word mod (high - low), with the bias that has. T: std::int32_t, std::int64_t.
/// Throws ValueError when low >= high.
template <class T>
void fill_integers(const State& state, std::uint64_t first, std::span<T> out, T low, T high);

}  // namespace seedproof::tf
