// Zeros, Ones, Constant.
#include <utility>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/initializers/rules.h>

namespace seedproof::initializers {
namespace {

class Filled final : public Initializer {
 public:
  Filled(std::string_view name, double value) : name_(name), value_(value) {}
  std::string_view class_name() const override { return name_; }
  Tensor make(const Shape& shape, DType dtype, Stream*) const override {
    return Tensor::full(dtype, shape, value_);
  }
  Config get_config() const override {
    return name_ == "Constant" ? Config{{"value", value_}} : Config{};
  }

 private:
  std::string name_;
  double value_;
};

}  // namespace

Made make_filled(std::string_view name, const Config& config) {
  ConfigReader reader(name, config);
  double value = name == "Ones" ? 1.0 : 0.0;
  if (name == "Constant") value = reader.number("value", 0.0);
  reader.finish();
  return std::make_shared<Filled>(name, value);
}

}  // namespace seedproof::initializers
