// One draw site of a layer: draws in the forward pass, replays from the receipt in the backward
// pass, so that masks and noise are never stored. Internal.
#pragma once

#include <span>

#include <seedproof/rng/generators/stream.h>

namespace seedproof::kinds {

class RandomDraw {
 public:
  RandomDraw() = default;

  /// A tensor of the whole `shape`, and the memory of it.
  Tensor draw(Stream& stream, const Distribution& distribution, DType dtype, const Shape& shape,
              const Moment& moment, const Epilogue& epilogue = {}) {
    stream_ = &stream;
    distribution_ = distribution;
    shape_ = shape;
    dtype_ = dtype;
    epilogue_ = epilogue;
    Tensor out = Tensor::uninitialized(dtype, shape);
    stream.draw(Draw{distribution, dtype, Region{shape_}, epilogue}, moment, out.data(), &receipt_);
    return out;
  }

  /// The same tensor again. An `add` epilogue is left out: plain numbers.
  Tensor replay() {
    const Epilogue again = epilogue_.kind == Epilogue::Kind::add ? Epilogue{} : epilogue_;
    Tensor out = Tensor::uninitialized(dtype_, shape_);
    stream_->replay(receipt_, Draw{distribution_, dtype_, Region{shape_}, again}, out.data());
    return out;
  }

 private:
  Stream* stream_ = nullptr;
  Distribution distribution_;
  Shape shape_;
  DType dtype_ = DType::f32;
  Epilogue epilogue_;
  Receipt receipt_;
};

}  // namespace seedproof::kinds
