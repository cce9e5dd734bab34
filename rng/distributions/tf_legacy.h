// Seeds of TensorFlow's stateful ops (tf.random.normal, uniform, shuffle, nn.dropout, ...):
// python/framework/random_seed.py, core/util/guarded_philox_random.cc.
#pragma once

#include <cstdint>

#include <seedproof/rng/bits/python_random.h>
#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/values/integer.h>

namespace seedproof::tf {

/// The global seed of an op that has a seed while none was set.
inline constexpr std::int64_t kDefaultGraphSeed = 87654321;

/// The state of an op's kernel at its first run, from tf.random.set_seed(global) and the op's seed:
/// counter word 1 and key, each modulo 2^31 - 1 (floor), (0, 0) put aside. Every run then moves it
/// by advance(state, elements), a shuffle by advance_blocks(state, shuffle_blocks(rows)).
State op_state(const Integer& global_seed, const Integer& op_seed);

/// The seed of the next eager op that has none: `source` is PythonRandom(global_seed), made anew by
/// set_seed. In [0, 2^31 - 1].
std::int64_t next_op_seed(PythonRandom& source);

/// The seed that Keras 2 and 3 give an unseeded layer, initialiser or generator: randint(1, 10^9).
/// `source` is PythonRandom(G) after set_random_seed(G).
std::int64_t next_keras_seed(PythonRandom& source);

}  // namespace seedproof::tf
