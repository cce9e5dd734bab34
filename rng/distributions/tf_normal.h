// Normal and truncated normal floats as TensorFlow fills them on Linux, all bits. T: float, double,
// f16 or bf16. `out` receives the elements first, first + 1, ... of the fill, in row-major order of
// the tensor. `variant` says which of glibc's double functions made the stream; only T = double
// depends on it.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/functions/glibc_variant.h>

namespace seedproof::tf {

/// What the op alone returns: standard normals.
template <class T>
void fill_standard_normal(const State& state, std::uint64_t first, std::span<T> out,
                          glibc::Variant variant = glibc::Variant::fma);

/// tf.random.normal, Generator.normal, stateless_normal: z * stddev + mean, each operation in T.
template <class T>
void fill_normal(const State& state, std::uint64_t first, std::span<T> out, double mean,
                 double stddev, glibc::Variant variant = glibc::Variant::fma);

/// What the op alone returns: standard normals within (-2, 2); f16 and bf16 may round to 2. Each
/// group of four (f64: of two) elements has 256 (128) blocks of its own and redraws within them.
template <class T>
void fill_standard_truncated_normal(const State& state, std::uint64_t first, std::span<T> out,
                                    glibc::Variant variant = glibc::Variant::fma);

/// tf.random.truncated_normal and its kin: z * stddev + mean, each operation in T.
template <class T>
void fill_truncated_normal(const State& state, std::uint64_t first, std::span<T> out, double mean,
                           double stddev, glibc::Variant variant = glibc::Variant::fma);

}  // namespace seedproof::tf
