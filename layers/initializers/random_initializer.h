// What initialisers that draw have in common. Internal.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <seedproof/layers/initializer.h>

namespace seedproof::initializers {

class RandomInitializer : public Initializer {
 public:
  std::string_view class_name() const override { return name_; }
  bool random() const override { return true; }
  Seed seed() const override { return seed_; }

 protected:
  /// Throws ValueError unless `seed` is None or an integer, as Keras.
  RandomInitializer(std::string_view name, Seed seed) : name_(name), seed_(std::move(seed)) {
    if (seed_.is_none() || seed_.as_integer() != nullptr) return;
    throw ValueError(name_ + ": `seed` argument should be an integer or None. Received: seed=" +
                     seed_.to_string());
  }

  /// The one draw of an initialiser: row-major, in the variable's dtype.
  Tensor draw(const Distribution& distribution, const Shape& shape, DType dtype,
              Stream* stream) const {
    if (stream == nullptr) throw RuntimeError(name_ + ": an initialiser that draws needs a stream");
    Tensor out = Tensor::uninitialized(dtype, shape);
    Moment moment;
    moment.phase = Phase::build;
    stream->draw(Draw{distribution, dtype, Region{shape}}, moment, out.data());
    return out;
  }

 private:
  std::string name_;
  Seed seed_;
};

}  // namespace seedproof::initializers
