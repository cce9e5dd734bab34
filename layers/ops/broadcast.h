// Walks N operands that broadcast to one shape, innermost axis in a plain strided loop.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include <seedproof/layers/ops/ops.h>

namespace seedproof::ops {

/// Strides in elements of an operand seen as `shape`: 0 along stretched axes.
std::vector<std::size_t> broadcast_strides(const Shape& operand, const Shape& shape);

/// The shape, and for each operand its strides, with neighbouring axes that walk alike made one.
template <std::size_t N>
struct Walk {
  std::vector<std::size_t> extents;                 // outermost first, at least one
  std::array<std::vector<std::size_t>, N> strides;  // as many
  std::size_t count = 1;
};

template <std::size_t N>
Walk<N> make_walk(const Shape& shape, const std::array<const Shape*, N>& operands) {
  std::array<std::vector<std::size_t>, N> full;
  for (std::size_t i = 0; i < N; ++i) full[i] = broadcast_strides(*operands[i], shape);
  Walk<N> walk;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    walk.count *= extent;
    if (extent == 1 && shape.size() > 1) continue;
    bool joins = !walk.extents.empty();
    for (std::size_t i = 0; i < N && joins; ++i) {
      joins = walk.strides[i].back() == full[i][axis] * extent;
    }
    if (!joins) {
      walk.extents.push_back(extent);
      for (std::size_t i = 0; i < N; ++i) walk.strides[i].push_back(full[i][axis]);
      continue;
    }
    walk.extents.back() *= extent;
    for (std::size_t i = 0; i < N; ++i) walk.strides[i].back() = full[i][axis];
  }
  if (walk.extents.empty()) {
    walk.extents.push_back(1);
    for (std::size_t i = 0; i < N; ++i) walk.strides[i].push_back(0);
  }
  return walk;
}

/// Calls run(flat, offsets, length, steps) for each innermost run of the walk, in row-major order;
/// `flat` is the position in the broadcast shape.
template <std::size_t N, class Run>
void for_runs(const Walk<N>& walk, Run&& run) {
  if (walk.count == 0) return;
  const std::size_t last = walk.extents.size() - 1;
  const std::size_t length = walk.extents[last];
  std::array<std::size_t, N> steps{};
  for (std::size_t i = 0; i < N; ++i) steps[i] = walk.strides[i][last];
  std::vector<std::size_t> index(last, 0);
  std::array<std::size_t, N> offsets{};
  for (std::size_t flat = 0; flat < walk.count; flat += length) {
    run(flat, offsets, length, steps);
    for (std::size_t axis = last; axis-- > 0;) {
      for (std::size_t i = 0; i < N; ++i) offsets[i] += walk.strides[i][axis];
      if (++index[axis] < walk.extents[axis]) break;
      index[axis] = 0;
      for (std::size_t i = 0; i < N; ++i) offsets[i] -= walk.strides[i][axis] * walk.extents[axis];
    }
  }
}

}  // namespace seedproof::ops
