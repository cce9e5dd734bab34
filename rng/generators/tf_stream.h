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

  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) final {
    const PhiloxState at = take(draw, moment);
    write_receipt(receipt, at, words_of_tf(draw));
    fill_tf(at, draw, out);
  }
  void refill(const Receipt& receipt, const Draw& draw, void* out) final {
    fill_tf(state_of(receipt), draw, out);
  }
  void advance(const Draw& draw, const Moment& moment, Receipt& receipt) final {
    write_receipt(receipt, take(draw, moment), words_of_tf(draw));
  }
};

}  // namespace seedproof
