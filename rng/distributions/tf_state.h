// The state that every TensorFlow fill starts from, and how draws move it. TensorFlow 2.21,
// core/kernels/stateful_random_ops.cc, python/ops/stateful_random_ops.py.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/values/integer.h>
#include <seedproof/rng/values/seed.h>
#include <seedproof/rng/values/words.h>

namespace seedproof::tf {

/// A Philox4x32-10 stream: block j of a fill is Philox at the 128-bit counter (c0, c1) + j, c0 the
/// low word, under `key`. As int64 these are the three words of tf.random.Generator's `state`.
struct State {
  std::uint64_t c0 = 0;
  std::uint64_t c1 = 0;
  std::uint64_t key = 0;
  friend bool operator==(const State&, const State&) = default;
};

/// tf.random.Generator.from_seed(int): the seed's three low 64-bit words, two's complement: 7 gives
/// {7, 0, 0}, -1 all ones, 2^64 + 3 {3, 1, 0}. So an int seed is a counter, not a key.
State from_seed(const Integer& seed);

/// from_seed(list or tuple): at most the first three, modulo 2^64, zeros put in front: [7] gives
/// {0, 0, 7}. Throws ValueError naming an element outside [-2^63, 2^64 + 2^63), as TensorFlow does,
/// whether it is among those three or not.
State from_seed(std::span<const Integer> seeds);

/// Either of the two, or {0, 0, word 0} of a key. Throws ValueError for None and for an ambient
/// seed, and for a key of more than one word.
State from_seed(const Seed& seed);

/// Adds `blocks` to the counter, with carry into c1, as PhiloxRandom::Skip does: for blocks >= 2^64
/// - 2^32, which only a negative skip reaches, it loses that carry where the low 32 bits carry too.
void advance_blocks(State& state, std::uint64_t blocks);

/// What a draw of `elements` numbers, of any distribution and dtype, does to the state, and
/// Generator.skip(elements), negative ones modulo 2^64: advance_blocks(state, 256 * elements).
void advance(State& state, std::uint64_t elements);

inline Counter<std::uint32_t, 4> counter_at(const State& state, std::uint64_t block) {
  const std::uint64_t low = state.c0 + block;
  const std::uint64_t high = state.c1 + (low < block ? 1u : 0u);
  return {{static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(low >> 32),
           static_cast<std::uint32_t>(high), static_cast<std::uint32_t>(high >> 32)}};
}

inline Key<std::uint32_t, 2> key_of(const State& state) {
  return {{static_cast<std::uint32_t>(state.key), static_cast<std::uint32_t>(state.key >> 32)}};
}

}  // namespace seedproof::tf
