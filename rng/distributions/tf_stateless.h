// Seeds of TensorFlow's stateless ops (python/ops/stateless_random_ops.py, on the CPU), and of
// Keras 2's and 3's draws, which are such ops.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/values/integer.h>

namespace seedproof::tf {

/// The state of a stateless op with seed [a, b], int32 (sign-extended) or int64. Keras 2's
/// stateless mode and its initialisers with seed s: scramble(s, 0).
State scramble(std::int64_t a, std::int64_t b);

/// random.fold_in: [a full integer of T from `seed`, data]. T, the dtype of `data`: std::int32_t (a
/// Python int that fits), std::int64_t.
template <class T>
std::array<T, 2> fold_in(std::int64_t a, std::int64_t b, T data);

/// random.split(seed, n): out holds n pairs, row-major. T, the dtype of the seed: std::int32_t,
/// std::int64_t.
template <class T>
void fill_split(T a, T b, std::span<T> out);

/// Keras 3 on TensorFlow: the state of call `call` of SeedGenerator(seed), both first taken modulo
/// 2^31 - 2 (floor). An int seed, as initialisers have, is call 0.
State keras3_state(const Integer& seed, const Integer& call);

}  // namespace seedproof::tf
