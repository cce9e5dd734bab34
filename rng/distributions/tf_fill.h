// The fills of TensorFlow by dtype, for callers that hold an untyped run of elements. Each throws
// TypeError naming a dtype that TensorFlow has no such op for, before anything is written.
#pragma once

#include <cstdint>

#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/functions/glibc_variant.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof::tf {

/// f16, bf16, f32, f64. See tf_uniform.h.
void fill_uniform(const State& state, std::uint64_t first, MutableView out, double low,
                  double high);
void fill_uniform_below(const State& state, std::uint64_t first, MutableView out, double high);
void fill_keep_mask(const State& state, std::uint64_t first, MutableView out, double rate);

/// f16, bf16, f32, f64. See tf_normal.h.
void fill_normal(const State& state, std::uint64_t first, MutableView out, double mean,
                 double stddev, glibc::Variant variant = glibc::Variant::fma);
void fill_truncated_normal(const State& state, std::uint64_t first, MutableView out, double mean,
                           double stddev, glibc::Variant variant = glibc::Variant::fma);

/// i32, u32, i64, u64. See tf_integers.h.
void fill_full_integers(const State& state, std::uint64_t first, MutableView out);

/// i32, i64. Throws ValueError when low >= high or when a bound does not fit the dtype.
void fill_integers(const State& state, std::uint64_t first, MutableView out, std::int64_t low,
                   std::int64_t high);

}  // namespace seedproof::tf
