// CustomLinear, documented: x @ w + b.
#include <seedproof/layers/kinds/affine.h>

namespace seedproof {
namespace {

class CustomLinear final : public kinds::Affine {
 public:
  CustomLinear(LayerOptions options, std::int64_t units)
      : Affine(std::move(options), units, {"w", "random_normal", "b", "zeros"}) {}
  std::string_view class_name() const override { return "CustomLinear"; }
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("CustomLinear", config);
  LayerOptions options = kinds::read_options(reader);
  const std::int64_t units = kinds::read_units(reader);
  reader.finish();
  return std::make_shared<CustomLinear>(std::move(options), units);
}

}  // namespace

LayerEntry register_custom_linear() {
  LayerEntry entry;
  entry.class_name = "CustomLinear";
  entry.family = "documented";
  entry.draws_in_build = true;
  entry.probe_config = {{"units", 6}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
