// tf.random.shuffle and stateless_shuffle.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/distributions/tf_state.h>

namespace seedproof::tf {

/// Writes the order in which the rows come out: row i of the result is row order[i] of the input.
/// Throws ValueError on 2^32 rows or more, where TensorFlow's 32-bit modulus cannot reach.
void fill_shuffle_order(const State& state, std::span<std::int64_t> order);

/// The blocks that a shuffle of so many rows takes; the state of the legacy op moves by these, not
/// by 256 an element.
std::uint64_t shuffle_blocks(std::uint64_t rows);

/// keras.random.shuffle on TensorFlow: the stable ascending argsort of as many float uniforms.
/// `scratch` holds as many floats as `order` has elements; ValueError otherwise.
void fill_argsort_order(const State& state, std::span<std::int64_t> order,
                        std::span<float> scratch);

}  // namespace seedproof::tf
