// An initialiser whose stream is open already: because Keras constructs it before the weight is
// made, or because the layer draws its weights from a generator of its own. To Layer::add_weight it
// is one that needs no stream. Internal.
#pragma once

#include <memory>
#include <utility>

#include <seedproof/layers/initializer.h>

namespace seedproof::kinds {

class OpenedInitializer final : public Initializer {
 public:
  /// `stream` may be null for an initialiser that draws nothing; it must outlive this otherwise.
  OpenedInitializer(std::shared_ptr<const Initializer> inner, Stream* stream)
      : inner_(std::move(inner)), stream_(stream) {}
  std::string_view class_name() const override { return inner_->class_name(); }
  Tensor make(const Shape& shape, DType dtype, Stream*) const override {
    return inner_->make(shape, dtype, stream_);
  }
  Config get_config() const override { return inner_->get_config(); }

 private:
  std::shared_ptr<const Initializer> inner_;
  Stream* stream_;
};

}  // namespace seedproof::kinds
