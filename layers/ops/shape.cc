#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include <seedproof/layers/ops/broadcast.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::ops {

void require_float(const char* operation, DType dtype) {
  if (is_float(dtype)) return;
  throw TypeError(std::string(operation) + ": needs floats, got " + std::string(keras_name(dtype)));
}

void require_same(const char* operation, DType a, DType b) {
  if (a == b) return;
  throw TypeError(std::string(operation) + ": operands of dtypes " + std::string(keras_name(a)) +
                  " and " + std::string(keras_name(b)));
}

Shape broadcast_shape(const Shape& a, const Shape& b) {
  const std::size_t rank = std::max(a.size(), b.size());
  Shape out(rank);
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t x = i < rank - a.size() ? 1 : a[i - (rank - a.size())];
    const std::int64_t y = i < rank - b.size() ? 1 : b[i - (rank - b.size())];
    if (x != y && x != 1 && y != 1) {
      throw ValueError("shapes " + to_string(a) + " and " + to_string(b) + " do not broadcast");
    }
    out[i] = x == 1 ? y : x;
  }
  return out;
}

std::vector<std::size_t> broadcast_strides(const Shape& operand, const Shape& shape) {
  std::vector<std::size_t> strides(shape.size(), 0);
  std::size_t stride = 1;
  const std::size_t skip = shape.size() - operand.size();
  for (std::size_t i = operand.size(); i-- > 0;) {
    if (operand[i] != 1) strides[i + skip] = stride;
    stride *= static_cast<std::size_t>(operand[i]);
  }
  return strides;
}

Tensor broadcast_to(const Tensor& a, const Shape& shape) {
  if (broadcast_shape(a.shape(), shape) != shape) {
    throw ValueError("shape " + to_string(a.shape()) + " does not broadcast to " +
                     to_string(shape));
  }
  Tensor out = Tensor::uninitialized(a.dtype(), shape);
  const Walk<1> walk = make_walk<1>(shape, {&a.shape()});
  visit_dtype(a.dtype(), [&]<class T>(T*) {
    const T* source = a.as<T>().data();
    T* target = out.as<T>().data();
    for_runs(walk, [&](std::size_t flat, auto& offsets, std::size_t length, auto& steps) {
      for (std::size_t i = 0; i < length; ++i) target[flat + i] = source[offsets[0] + i * steps[0]];
    });
  });
  return out;
}

std::int64_t normalize_axis(std::int64_t axis, std::int64_t rank) {
  if (axis < -rank || axis >= rank) {
    throw ValueError("axis " + std::to_string(axis) + " is outside a tensor of rank " +
                     std::to_string(rank));
  }
  return axis < 0 ? axis + rank : axis;
}

Tensor reshape(const Tensor& a, const Shape& shape) {
  Shape full = shape;
  const auto open = std::find(full.begin(), full.end(), -1);
  if (open != full.end()) {
    *open = 1;
    const std::size_t known = element_count(full);
    if (known == 0 || a.count() % known != 0) {
      throw ValueError("cannot reshape " + to_string(a.shape()) + " into " + to_string(shape));
    }
    *open = static_cast<std::int64_t>(a.count() / known);
  }
  return a.reshaped(std::move(full));
}

Tensor flatten(const Tensor& a) { return a.reshaped({static_cast<std::int64_t>(a.count())}); }

Tensor transpose(const Tensor& a) {
  Shape reversed(a.shape().size());
  for (std::size_t i = 0; i < reversed.size(); ++i)
    reversed[i] = a.rank() - 1 - static_cast<std::int64_t>(i);
  return transpose(a, reversed);
}

Tensor transpose(const Tensor& a, std::span<const std::int64_t> permutation) {
  const auto rank = static_cast<std::size_t>(a.rank());
  std::vector<bool> seen(rank, false);
  bool valid = permutation.size() == rank;
  for (std::size_t i = 0; i < permutation.size() && valid; ++i) {
    const std::int64_t axis = permutation[i];
    valid = axis >= 0 && axis < a.rank() && !seen[static_cast<std::size_t>(axis)];
    if (valid) seen[static_cast<std::size_t>(axis)] = true;
  }
  if (!valid) {
    throw ValueError("transpose: " + to_string(permutation) + " does not permute the axes of " +
                     to_string(a.shape()));
  }
  const std::vector<std::size_t> strides = broadcast_strides(a.shape(), a.shape());
  Shape shape(rank);
  Walk<1> walk;
  for (std::size_t i = 0; i < rank; ++i) {
    const auto axis = static_cast<std::size_t>(permutation[i]);
    shape[i] = a.shape()[axis];
    walk.extents.push_back(static_cast<std::size_t>(shape[i]));
    walk.strides[0].push_back(strides[axis]);
  }
  if (rank == 0) {
    walk.extents.push_back(1);
    walk.strides[0].push_back(0);
  }
  walk.count = a.count();
  Tensor out = Tensor::uninitialized(a.dtype(), std::move(shape));
  visit_dtype(a.dtype(), [&]<class T>(T*) {
    const T* source = a.as<T>().data();
    T* target = out.as<T>().data();
    for_runs(walk, [&](std::size_t flat, auto& offsets, std::size_t length, auto& steps) {
      for (std::size_t i = 0; i < length; ++i) target[flat + i] = source[offsets[0] + i * steps[0]];
    });
  });
  return out;
}

}  // namespace seedproof::ops
