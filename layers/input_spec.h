// Keras's InputSpec: what a layer accepts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

struct InputSpec {
  std::optional<DType> dtype;
  std::optional<Shape> shape;  // -1 stands for any extent
  std::optional<std::int64_t> ndim;
  std::optional<std::int64_t> min_ndim;
  std::optional<std::int64_t> max_ndim;
  std::map<std::int64_t, std::int64_t> axes;  // axis (negative from the end) -> extent

  /// Throws ValueError in Keras's words: which input of the layer (counted from 0), what was
  /// expected, the full shape received.
  void check(std::string_view layer, const Tensor& input, std::size_t index = 0) const;
};

}  // namespace seedproof
