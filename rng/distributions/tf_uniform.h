// Uniform floats as TensorFlow fills them (core/lib/random/random_distributions.h). T: float,
// double, f16 or bf16. `out` receives the elements first, first + 1, ... of the fill, in row-major
// order of the tensor.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/distributions/tf_state.h>

namespace seedproof::tf {

/// [0, 1): multiples of 2^-23, 2^-52, 2^-10, 2^-7.
template <class T>
void fill_uniform(const State& state, std::uint64_t first, std::span<T> out);

/// Generator.uniform and stateless_uniform: u * (high - low) + low, each operation in T; the upper
/// bound is reached where that rounds up to it. The bounds are not compared.
template <class T>
void fill_uniform(const State& state, std::uint64_t first, std::span<T> out, double low,
                  double high);

/// tf.random.uniform(minval=0): u * high, which differs by the sign of a zero when high < 0.
template <class T>
void fill_uniform_below(const State& state, std::uint64_t first, std::span<T> out, double high);

/// The mask of tf.nn.dropout, general_dropout and stateless_dropout: 1 where u >= T(rate), else 0.
/// Throws ValueError unless 0 <= rate < 1.
template <class T>
void fill_keep_mask(const State& state, std::uint64_t first, std::span<T> out, double rate);

/// The factor of the kept elements when the rate is a Python number: T(1 / (1 - rate)), the
/// quotient in double. A dropped element is +0, not a product.
template <class T>
T dropout_scale(double rate);

}  // namespace seedproof::tf
