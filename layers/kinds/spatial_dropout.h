// keras.layers.SpatialDropout1D, 2D, 3D: drop whole feature maps. Internal.
#pragma once

#include <string>
#include <utility>

#include <seedproof/layers/kinds/stock_dropout.h>

namespace seedproof::kinds {

class SpatialDropout final : public StockDropout {
 public:
  /// `class_name` is a literal that ends in the number of spatial axes and D.
  SpatialDropout(std::string_view class_name, LayerOptions options, double rate,
                 std::string data_format, Seed seed)
      : StockDropout(std::move(options), rate, std::move(seed)),
        class_name_(class_name),
        data_format_(std::move(data_format)) {
    input_spec.emplace();
    input_spec->ndim = (class_name[class_name.size() - 2] - '0') + 2;
  }
  std::string_view class_name() const override { return class_name_; }

 protected:
  Shape noise_shape(const Shape& input_shape) const override {
    Shape out(input_shape.size(), 1);
    const std::size_t channels = data_format_ == "channels_first" ? 1 : out.size() - 1;
    out[0] = input_shape[0];
    out[channels] = input_shape[channels];
    return out;
  }
  void on_config(Config& config) const override {
    StockDropout::on_config(config);
    if (class_name_ != "SpatialDropout1D") config.set("data_format", data_format_);
  }

 private:
  std::string_view class_name_;
  std::string data_format_;
};

inline std::shared_ptr<Layer> spatial_from_config(std::string_view class_name,
                                                  const Config& config) {
  ConfigReader reader(class_name, config);
  LayerOptions options = read_options(reader);
  const double rate = read_fraction(reader, "rate");
  std::string format = "channels_last";
  if (class_name != "SpatialDropout1D") format = read_data_format(reader);
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<SpatialDropout>(class_name, std::move(options), rate, std::move(format),
                                          std::move(seed));
}

}  // namespace seedproof::kinds
