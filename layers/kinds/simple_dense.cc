// SimpleDense, documented: Keras's example of a layer with weights, x @ kernel + bias.
#include <seedproof/layers/kinds/affine.h>

namespace seedproof {
namespace {

class SimpleDense final : public kinds::Affine {
 public:
  SimpleDense(LayerOptions options, std::int64_t units)
      : Affine(std::move(options), units, {"kernel", "glorot_uniform", "bias", "zeros"}) {}
  std::string_view class_name() const override { return "SimpleDense"; }
};

std::shared_ptr<Layer> from_config(const Config& config) {
  ConfigReader reader("SimpleDense", config);
  LayerOptions options = kinds::read_options(reader);
  const std::int64_t units = kinds::read_units(reader, 32);
  reader.finish();
  return std::make_shared<SimpleDense>(std::move(options), units);
}

}  // namespace

LayerEntry register_simple_dense() {
  LayerEntry entry;
  entry.class_name = "SimpleDense";
  entry.family = "documented";
  entry.draws_in_build = true;
  entry.probe_config = {{"units", 5}};
  entry.from_config = from_config;
  return entry;
}

}  // namespace seedproof
