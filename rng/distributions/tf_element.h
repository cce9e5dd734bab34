// Words to uniforms, and scaling, in each of TensorFlow's float types. Every operation is one IEEE
// operation of the type; f16 and bf16 are computed in float and rounded, which is the same.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include <seedproof/rng/values/half.h>

namespace seedproof::tf {

/// [0, 1): the low 23 bits of the word.
inline float unit(std::uint32_t word) {
  return std::bit_cast<float>(0x3f800000u | (word & 0x7fffffu)) - 1.0f;
}

/// [0, 1): 52 bits, the low 20 of `a` above those of `b`.
inline double unit(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t mantissa = (std::uint64_t{a & 0xfffffu} << 32) | b;
  return std::bit_cast<double>(0x3ff0000000000000u | mantissa) - 1.0;
}

/// Elements that one Philox block, and one group of any fill, gives.
template <class T>
inline constexpr std::size_t kGroup = sizeof(T) == 8 ? 2 : 4;

/// A parameter as TensorFlow converts a Python float: halves are rounded twice, through float.
template <class T>
T parameter(double value) {
  if constexpr (sizeof(T) == 2) {
    return T(static_cast<float>(value));
  } else {
    return static_cast<T>(value);
  }
}

/// The type in which one operation of T is computed before its rounding to T.
template <class T>
struct wide_of {
  using type = T;
};
template <>
struct wide_of<f16> {
  using type = float;
};
template <>
struct wide_of<bf16> {
  using type = float;
};
template <class T>
using Wide = typename wide_of<T>::type;

template <class T>
Wide<T> widen(T value) {
  return static_cast<Wide<T>>(value);
}

/// x * scale + offset in T: two roundings.
template <class T>
struct Affine {
  Wide<T> scale;
  Wide<T> offset;

  Affine(T factor, T term) : scale(widen(factor)), offset(widen(term)) {}

  [[gnu::always_inline]] T operator()(T x) const {
    const T product = T(widen(x) * scale);
    return T(widen(product) + offset);
  }
};

/// x as it is.
template <class T>
struct Same {
  [[gnu::always_inline]] T operator()(T x) const { return x; }
};

}  // namespace seedproof::tf
