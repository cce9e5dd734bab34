// CustomInitLayer, documented: x @ w + b, whose initialisers are constructed in build.
#include <seedproof/layers/kinds/affine.h>

namespace seedproof {
namespace {

class CustomInitLayer final : public kinds::Affine {
 public:
  CustomInitLayer(LayerOptions options, std::int64_t units)
      : Affine(std::move(options), units, {"w", "GlorotNormal", "b", "Ones"}) {}
  std::string_view class_name() const override { return "CustomInitLayer"; }
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("CustomInitLayer", config);
  LayerOptions options = kinds::read_options(reader);
  const std::int64_t units = kinds::read_units(reader);
  reader.finish();
  return std::make_shared<CustomInitLayer>(std::move(options), units);
}

}  // namespace

LayerEntry register_custom_init_layer() {
  LayerEntry entry;
  entry.class_name = "CustomInitLayer";
  entry.family = "documented";
  entry.draws_in_build = true;
  entry.probe_config = {{"units", 7}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
