// Templates of tensor.h, and dtype_of.
#pragma once

#include <algorithm>
#include <string>

#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/half.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

#define SEEDPROOF_DTYPE_OF(Type, Name)          \
  template <>                                   \
  struct dtype_of<Type> {                       \
    static constexpr DType value = DType::Name; \
  }
SEEDPROOF_DTYPE_OF(bool, boolean);
SEEDPROOF_DTYPE_OF(std::int8_t, i8);
SEEDPROOF_DTYPE_OF(std::int16_t, i16);
SEEDPROOF_DTYPE_OF(std::int32_t, i32);
SEEDPROOF_DTYPE_OF(std::int64_t, i64);
SEEDPROOF_DTYPE_OF(std::uint8_t, u8);
SEEDPROOF_DTYPE_OF(std::uint16_t, u16);
SEEDPROOF_DTYPE_OF(std::uint32_t, u32);
SEEDPROOF_DTYPE_OF(std::uint64_t, u64);
SEEDPROOF_DTYPE_OF(f16, f16);
SEEDPROOF_DTYPE_OF(bf16, bf16);
SEEDPROOF_DTYPE_OF(float, f32);
SEEDPROOF_DTYPE_OF(double, f64);
#undef SEEDPROOF_DTYPE_OF

namespace detail {
void require_dtype(DType wanted, DType found);  // throws TypeError naming both
void require_count(std::size_t wanted, std::size_t found, const Shape& shape);
}  // namespace detail

/// Calls `visit` with a null pointer of the C++ type that stands for `dtype`:
/// visit_dtype(d, [&]<class T>(T*) { ... }).
template <class Visitor>
decltype(auto) visit_dtype(DType dtype, Visitor&& visit) {
  switch (dtype) {
    case DType::boolean:
      return visit(static_cast<bool*>(nullptr));
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
    case DType::u64:
      return visit(static_cast<std::uint64_t*>(nullptr));
    case DType::f16:
      return visit(static_cast<f16*>(nullptr));
    case DType::bf16:
      return visit(static_cast<bf16*>(nullptr));
    case DType::f32:
      return visit(static_cast<float*>(nullptr));
    case DType::f64:
      break;
  }
  return visit(static_cast<double*>(nullptr));
}

template <class T>
std::span<const T> Tensor::as() const {
  detail::require_dtype(dtype_of<T>::value, dtype_);
  return {reinterpret_cast<const T*>(data_.get()), count_};
}

template <class T>
std::span<T> Tensor::as() {
  detail::require_dtype(dtype_of<T>::value, dtype_);
  return {reinterpret_cast<T*>(data_.get()), count_};
}

template <class T>
Tensor Tensor::from(Shape shape, std::span<const T> values) {
  Tensor out = uninitialized(dtype_of<T>::value, std::move(shape));
  detail::require_count(out.count(), values.size(), out.shape());
  std::copy(values.begin(), values.end(), out.as<T>().begin());
  return out;
}

template <class T>
Tensor Tensor::from(Shape shape, std::initializer_list<T> values) {
  return from(std::move(shape), std::span<const T>(values.begin(), values.size()));
}

}  // namespace seedproof
