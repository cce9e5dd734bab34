// Element types of arrays, named as NumPy's `dtype.str` and Keras name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seedproof {

enum class DType : std::uint8_t {
  boolean,
  i8,
  i16,
  i32,
  i64,
  u8,
  u16,
  u32,
  u64,
  f16,
  bf16,
  f32,
  f64
};

inline constexpr int kDTypeCount = 13;

/// Bytes of one element: 1, 2, 4 or 8.
std::size_t size_of(DType dtype);

/// Short name: "bool", "i8", ..., "f16", "bf16", "f32", "f64".
std::string_view short_name(DType dtype);

/// Keras's name: "bool", "int8", ..., "float16", "bfloat16", "float32", "float64".
std::string_view keras_name(DType dtype);

/// Accepts either name. Throws ValueError naming `text` when it is neither.
DType parse_dtype(std::string_view text);

inline bool is_float(DType dtype) { return dtype >= DType::f16; }

/// The DType of a C++ element type; specialised for every element type.
template <class T>
struct dtype_of;

}  // namespace seedproof
