// The `native` distribution rules: bit-equal on every compiler, optimisation level and platform.
//
// An element is a function of the words of the source that belong to it, and those of its index,
// the distribution and the dtype. So a part of a tensor drawn alone equals that part of the whole,
// and no element's rejection shifts another.
#pragma once

#include <cstdint>
#include <variant>

#include <seedproof/rng/bits/word_source.h>
#include <seedproof/rng/values/dtype.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof::native {

/// The source's words themselves: u32, element i is word i; u64, words 2 i (low) and 2 i + 1.
struct Words {};

/// low + u (high - low), on [low, high), low <= high; `low` throughout when they are equal.
/// f32: u has 24 bits, of word i; bounds, difference, product and sum are rounded to float each.
/// f64: u has 53 bits, of words 2 i and 2 i + 1; the same in double. A sum that rounds up to high
/// becomes the largest number below it. f16, bf16: the f32 number, rounded once; may be high.
struct Uniform {
  double low = 0.0;
  double high = 1.0;
};

/// mean + stddev z, z a standard normal by Box and Muller's transform. Elements 2 p and 2 p + 1
/// belong to words 4 p to 4 p + 3: u = (0, 1] from the first two and t = [0, 1) from the last two,
/// 53 bits each; r = sqrt(-2 log u); z is r cos(2 pi t), then r sin(2 pi t). So |z| < 8.6. All in
/// double; f32 is the f64 number rounded once, f16 and bf16 the f32 number rounded once.
struct Normal {
  double mean = 0.0;
  double stddev = 1.0;  // >= 0
};

/// mean + stddev z, z a standard normal given -2 <= z <= 2, by inversion without rejection: words
/// 2 i and 2 i + 1 make c on (-1/2, 1/2) with 52 bits, and z is the normal quantile of
/// 1/2 + c (Phi(2) - Phi(-2)). Arithmetic and dtypes as for Normal.
struct TruncatedNormal {
  double mean = 0.0;
  double stddev = 1.0;  // >= 0
};

/// 1 where word i * 2^-32 >= rate, else 0, in any dtype: kept with probability 1 - rate.
struct KeepMask {
  double rate = 0.5;  // in [0, 1]
};

/// low + bounded(words 4 i to 4 i + 3, high - low), on [low, high), without bias; all integer
/// dtypes. low == high stands for the full range of the dtype.
struct Integers {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// A permutation of 0 to count - 1, each equally likely, by Fisher and Yates: from 0, 1, 2, ...
/// element i is exchanged with element i + bounded(words 4 i to 4 i + 3, count - i), i = 0, 1, ...
/// Integer dtypes that hold count - 1. Drawn whole: the first element must be 0.
struct Permutation {};

using Distribution =
    std::variant<Words, Uniform, Normal, TruncatedNormal, KeepMask, Integers, Permutation>;

/// Throws ValueError, naming distribution, dtype or parameter, for what fill would refuse.
void validate(const Distribution& distribution, DType dtype);

/// Words per element: 1, 2 or 4. Two normals share four words, so it is 2 for them.
int words_per_element(const Distribution& distribution, DType dtype);

/// The words that elements [first_element, first_element + count) are made of.
struct WordRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// As fill reads them. From element 0, a whole number of pairs for Normal: 4 ceil(count / 2) words.
/// Throws ValueError when a position does not fit in 64 bits.
WordRange words_read(const Distribution& distribution, DType dtype, std::uint64_t first_element,
                     std::uint64_t count);

/// Fills `out` with elements first_element, first_element + 1, ... of the distribution over
/// `source`, in chunks of at most 1024 words, without allocating. A sequential source (EngineWords)
/// goes with first_element 0 and one new EngineWords a draw; it is read from its first word on,
/// words_read(...).count words. Throws as validate and words_read do, before anything is written.
void fill(WordSource& source, const Distribution& distribution, std::uint64_t first_element,
          MutableView out);

}  // namespace seedproof::native
