// A stream whose draws are TensorFlow fills, each from one Philox state.
#pragma once

#include <memory>

#include <seedproof/rng/generators/family.h>
#include <seedproof/rng/generators/tf_draw.h>

namespace seedproof {

template <class State>
class TfStream : public FamilyStream<State> {
 public:
  using FamilyStream<State>::FamilyStream;

 protected:
  /// Where the draw starts, and moves on whatever state it comes from.
  virtual PhiloxState take(const Draw& draw, const Moment& moment) = 0;
  /// Whether this is Keras 3's keras.random.uniform, which makes float32 tensors of its Python
  /// bounds before it casts them to the dtype (keras/src/backend/tensorflow/random.py).
  virtual bool bounds_pass_through_float() const { return false; }

  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) final {
    const PhiloxState at = take(draw, moment);
    write_receipt(receipt, at, words_of_tf(draw));
    fill_tf(at, as_framework(draw), out);
  }
  void refill(const Receipt& receipt, const Draw& draw, void* out) final {
    fill_tf(state_of(receipt), as_framework(draw), out);
  }
  void advance(const Draw& draw, const Moment& moment, Receipt& receipt) final {
    write_receipt(receipt, take(draw, moment), words_of_tf(draw));
  }

 private:
  Draw as_framework(Draw draw) const {
    if (draw.distribution.kind == DistributionKind::uniform && bounds_pass_through_float()) {
      draw.distribution.a = through_float(draw.distribution.a);
      draw.distribution.b = through_float(draw.distribution.b);
    }
    return draw;
  }
  /// Volatile, because g++ 12 at -O3 leaves out the two conversions when it vectorises a pair.
  static double through_float(double value) {
    const volatile float narrow = static_cast<float>(value);
    return narrow;
  }
};

}  // namespace seedproof
