// Orders of elements and bytes, for reader and writer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <seedproof/rng/values/tensor.h>

namespace seedproof::npy {

/// Calls visit(row_major, fortran) for each element of a non-empty shape: its position with the
/// last and with the first axis fastest.
template <class Visit>
void for_each_fortran(const Shape& shape, Visit&& visit) {
  // Axes of one element move nothing; leaving them out keeps the carry short.
  std::vector<std::size_t> extents;
  for (const std::int64_t extent : shape) {
    if (extent != 1) extents.push_back(static_cast<std::size_t>(extent));
  }
  std::vector<std::size_t> strides(extents.size());
  std::size_t count = 1;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    strides[axis] = count;
    count *= extents[axis];
  }
  std::vector<std::size_t> index(extents.size());
  std::size_t fortran = 0;
  for (std::size_t row_major = 0; row_major < count; ++row_major) {
    visit(row_major, fortran);
    for (std::size_t axis = extents.size(); axis-- > 0;) {
      fortran += strides[axis];
      if (++index[axis] < extents[axis]) break;
      fortran -= strides[axis] * extents[axis];
      index[axis] = 0;
    }
  }
}

/// Reverses the bytes of every element.
inline void swap_bytes(Tensor& array) {
  const std::size_t size = size_of(array.dtype());
  for (std::byte* at = array.data(); at != array.data() + array.bytes(); at += size) {
    std::reverse(at, at + size);
  }
}

}  // namespace seedproof::npy
