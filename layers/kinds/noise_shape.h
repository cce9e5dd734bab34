// The noise_shape argument of Dropout and AlphaDropout. Internal.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <seedproof/layers/kinds/unary_layer.h>

namespace seedproof::kinds {

class NoiseShape {
 public:
  /// Reads `noise_shape`: None, or a list of positive integers and None. Throws ValueError in
  /// Keras's words otherwise.
  static NoiseShape read(ConfigReader& reader);

  /// The mask's shape: None stands for the input's extent, no noise_shape for the whole input.
  /// Throws ValueError naming both shapes when the mask does not broadcast to the input's shape.
  Shape of(const Shape& input_shape) const;
  ConfigValue to_config() const;

 private:
  std::optional<std::vector<std::optional<std::int64_t>>> extents_;
};

}  // namespace seedproof::kinds
