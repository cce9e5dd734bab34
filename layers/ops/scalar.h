// How one element is computed with: half types in float, everything else in its own type.
#pragma once

#include <string>
#include <type_traits>

#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof::ops {

template <class T>
inline constexpr bool kIsHalf = std::is_same_v<T, f16> || std::is_same_v<T, bf16>;
template <class T>
inline constexpr bool kIsFloat = kIsHalf<T> || std::is_floating_point_v<T>;

/// The type in which T's operations are done. Integers as unsigned ones, so that they wrap.
template <class T>
struct compute_of {
  using type = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
};
template <>
struct compute_of<f16> {
  using type = float;
};
template <>
struct compute_of<bf16> {
  using type = float;
};
template <>
struct compute_of<float> {
  using type = float;
};
template <>
struct compute_of<double> {
  using type = double;
};
template <class T>
using Compute = typename compute_of<T>::type;

template <class T>
inline Compute<T> load(T value) {
  return static_cast<Compute<T>>(value);
}
template <class T>
inline T store(Compute<T> value) {
  return static_cast<T>(value);
}

/// visit_dtype for floats only.
template <class Visitor>
decltype(auto) visit_float(const char* operation, DType dtype, Visitor&& visit) {
  switch (dtype) {
    case DType::f16:
      return visit(static_cast<f16*>(nullptr));
    case DType::bf16:
      return visit(static_cast<bf16*>(nullptr));
    case DType::f32:
      return visit(static_cast<float*>(nullptr));
    case DType::f64:
      return visit(static_cast<double*>(nullptr));
    default:
      break;
  }
  throw TypeError(std::string(operation) + ": needs floats, got " + std::string(keras_name(dtype)));
}

/// visit_dtype for everything but bool.
template <class Visitor>
decltype(auto) visit_number(const char* operation, DType dtype, Visitor&& visit) {
  using Result = decltype(visit(static_cast<double*>(nullptr)));
  if (dtype == DType::boolean) {
    throw TypeError(std::string(operation) + ": needs numbers, got bool");
  }
  return visit_dtype(dtype, [&]<class T>(T* type) -> Result {
    if constexpr (std::is_same_v<T, bool>) {
      throw TypeError(std::string(operation) + ": needs numbers, got bool");
    } else {
      return visit(type);
    }
  });
}

}  // namespace seedproof::ops
