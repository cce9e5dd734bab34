// Identity: ones on the main diagonal of a matrix, square or not, times a gain.
#include <algorithm>
#include <string>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/initializers/rules.h>

namespace seedproof::initializers {
namespace {

class Identity final : public Initializer {
 public:
  explicit Identity(double gain) : gain_(gain) {}
  std::string_view class_name() const override { return "Identity"; }
  Tensor make(const Shape& shape, DType dtype, Stream*) const override {
    if (shape.size() != 2) {
      throw ValueError(
          "Identity matrix initializer can only be used for 2D matrices. Received: shape=" +
          to_string(shape) + " of rank " + std::to_string(shape.size()) + ".");
    }
    Tensor out(dtype, shape);
    const Tensor gain = Tensor::full(dtype, {}, gain_);
    const std::size_t width = size_of(dtype);
    const auto columns = static_cast<std::size_t>(shape[1]);
    for (std::size_t i = 0; i < static_cast<std::size_t>(std::min(shape[0], shape[1])); ++i) {
      std::copy_n(gain.data(), width, out.data() + (i * columns + i) * width);
    }
    return out;
  }
  Config get_config() const override { return {{"gain", gain_}}; }

 private:
  double gain_;
};

}  // namespace

Made make_identity(std::string_view name, const Config& config) {
  ConfigReader reader(name, config);
  const double gain = reader.number("gain", 1.0);
  reader.finish();
  return std::make_shared<Identity>(gain);
}

}  // namespace seedproof::initializers
