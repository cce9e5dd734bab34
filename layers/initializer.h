// Weight initialisers: how a new variable gets its first value.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/layers/config.h>
#include <seedproof/rng/generators/generator.h>

namespace seedproof {

class Initializer {
 public:
  virtual ~Initializer() = default;
  virtual std::string_view class_name() const = 0;  // "GlorotUniform"
  virtual bool random() const { return false; }
  /// The initialiser's own seed; ambient for those that draw nothing.
  virtual Seed seed() const { return Seed::ambient(); }
  /// A new value. `stream` is not null for a random initialiser. Throws ValueError naming the shape
  /// where the rule does not apply (identity and orthogonal need rank 2, or more).
  virtual Tensor make(const Shape& shape, DType dtype, Stream* stream) const = 0;
  virtual Config get_config() const = 0;
};

/// By Keras's identifier ("glorot_uniform", "GlorotUniform") or {"class_name", "config"}. Throws
/// ValueError naming an unknown one: "Could not interpret initializer identifier: ...".
std::shared_ptr<const Initializer> make_initializer(const ConfigValue& identifier);
/// The reverse: {"class_name": ..., "config": {...}}.
ConfigValue serialize(const Initializer& initializer);
std::vector<std::string> initializer_names();

/// fan_in and fan_out as Keras computes them from a shape of any rank.
std::pair<std::int64_t, std::int64_t> compute_fans(const Shape& shape);

}  // namespace seedproof
