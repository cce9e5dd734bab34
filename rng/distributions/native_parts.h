// The fills behind native.h, one a distribution, and what they share. Arguments are valid.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include <seedproof/rng/distributions/native.h>
#include <seedproof/rng/values/half.h>

namespace seedproof::native::detail {

inline constexpr std::size_t kChunkWords = 1024;

/// Reads the words of groups [first, first + count), `GroupWords` each, a chunk at a time, and
/// calls visit(group - first, its words).
template <std::size_t GroupWords, class Visit>
void for_each_group(WordSource& source, std::uint64_t first, std::uint64_t count, Visit visit) {
  static_assert(kChunkWords % GroupWords == 0);
  alignas(64) std::array<std::uint32_t, kChunkWords> words;
  for (std::uint64_t done = 0; done < count;) {
    const std::size_t groups =
        static_cast<std::size_t>(std::min<std::uint64_t>(count - done, kChunkWords / GroupWords));
    source.words((first + done) * GroupWords, std::span(words).first(groups * GroupWords));
    for (std::size_t i = 0; i < groups; ++i) {
      visit(static_cast<std::size_t>(done) + i,
            std::span<const std::uint32_t, GroupWords>(words.data() + i * GroupWords, GroupWords));
    }
    done += groups;
  }
}

/// A number made in double, in the dtype: f16 and bf16 by way of float.
template <class T>
T narrowed(double value) {
  if constexpr (std::is_same_v<T, f16> || std::is_same_v<T, bf16>) {
    return T(static_cast<float>(value));
  } else {
    return static_cast<T>(value);
  }
}

/// Calls visit with a null pointer of the C++ type of a float dtype.
template <class Visit>
void visit_float(DType dtype, Visit visit) {
  switch (dtype) {
    case DType::f16:
      return visit(static_cast<f16*>(nullptr));
    case DType::bf16:
      return visit(static_cast<bf16*>(nullptr));
    case DType::f32:
      return visit(static_cast<float*>(nullptr));
    default:
      return visit(static_cast<double*>(nullptr));
  }
}

/// Calls visit with a null pointer of the C++ type of an integer dtype.
template <class Visit>
void visit_integer(DType dtype, Visit visit) {
  switch (dtype) {
    case DType::i8:
      return visit(static_cast<std::int8_t*>(nullptr));
    case DType::i16:
      return visit(static_cast<std::int16_t*>(nullptr));
    case DType::i32:
      return visit(static_cast<std::int32_t*>(nullptr));
    case DType::i64:
      return visit(static_cast<std::int64_t*>(nullptr));
    case DType::u8:
      return visit(static_cast<std::uint8_t*>(nullptr));
    case DType::u16:
      return visit(static_cast<std::uint16_t*>(nullptr));
    case DType::u32:
      return visit(static_cast<std::uint32_t*>(nullptr));
    default:
      return visit(static_cast<std::uint64_t*>(nullptr));
  }
}

void fill(WordSource& source, const Words& words, std::uint64_t first, MutableView out);
void fill(WordSource& source, const Uniform& uniform, std::uint64_t first, MutableView out);
void fill(WordSource& source, const Normal& normal, std::uint64_t first, MutableView out);
void fill(WordSource& source, const TruncatedNormal& normal, std::uint64_t first, MutableView out);
void fill(WordSource& source, const KeepMask& mask, std::uint64_t first, MutableView out);
void fill(WordSource& source, const Integers& integers, std::uint64_t first, MutableView out);
void fill(WordSource& source, const Permutation& permutation, std::uint64_t first, MutableView out);

}  // namespace seedproof::native::detail
