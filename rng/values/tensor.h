// Shape, and an owned row-major array: what draws fill, layers compute with and goldens hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <seedproof/rng/values/dtype.h>

namespace seedproof {

/// Extents, outermost first; empty for a scalar.
using Shape = std::vector<std::int64_t>;

/// Product of the extents. Throws ValueError on a negative extent or on overflow.
std::size_t element_count(std::span<const std::int64_t> shape);

/// Python's spelling: "()", "(3,)", "(2, 3)".
std::string to_string(std::span<const std::int64_t> shape);

/// Index of a flat row-major position, e.g. "[2, 0, 5]".
std::string index_text(std::span<const std::int64_t> shape, std::size_t flat);

/// Untyped writable run of elements.
struct MutableView {
  void* data = nullptr;
  DType dtype = DType::f32;
  std::size_t count = 0;
};

/// Owned array, row-major and contiguous, 64-byte aligned, little endian as the host. Copies are
/// deep. Memory is zeroed unless `Tensor::uninitialized` made it.
class Tensor {
 public:
  Tensor() = default;  // f32, shape (0,)
  Tensor(DType dtype, Shape shape);
  static Tensor uninitialized(DType dtype, Shape shape);
  template <class T>
  static Tensor from(Shape shape, std::initializer_list<T> values);
  template <class T>
  static Tensor from(Shape shape, std::span<const T> values);
  /// A tensor filled with `value`, converted to `dtype`.
  static Tensor full(DType dtype, Shape shape, double value);

  Tensor(const Tensor& other);
  Tensor(Tensor&& other) noexcept;
  Tensor& operator=(const Tensor& other);
  Tensor& operator=(Tensor&& other) noexcept;
  ~Tensor() = default;

  DType dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  std::int64_t rank() const { return static_cast<std::int64_t>(shape_.size()); }
  std::size_t count() const { return count_; }
  std::size_t bytes() const { return count_ * size_of(dtype_); }

  const std::byte* data() const { return data_.get(); }
  std::byte* data() { return data_.get(); }
  MutableView view() { return {data(), dtype_, count_}; }

  /// Typed access. Throws TypeError when T is not the element type.
  template <class T>
  std::span<const T> as() const;
  template <class T>
  std::span<T> as();

  /// Value of an element as double (integers above 2^53 round).
  double at(std::size_t flat) const;

  /// Same data, new shape of the same count. Throws ValueError naming both shapes otherwise.
  Tensor reshaped(Shape shape) const;

  /// Converted element by element: floats round to nearest even once, float to integer truncates.
  Tensor cast(DType dtype) const;

  /// Equal dtype, shape and bits (so NaN equals the same NaN, and -0 differs from +0).
  friend bool bit_equal(const Tensor& a, const Tensor& b);

 private:
  struct Free {
    void operator()(std::byte* pointer) const;
  };
  DType dtype_ = DType::f32;
  Shape shape_ = {0};
  std::size_t count_ = 0;
  std::unique_ptr<std::byte[], Free> data_;
};

}  // namespace seedproof

#include <seedproof/rng/values/tensor_inl.h>
