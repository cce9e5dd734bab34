// keras.layers.SpatialDropout1D.
#include <seedproof/layers/kinds/spatial_dropout.h>

namespace seedproof {

LayerEntry register_spatial_dropout_1d() {
  LayerEntry entry;
  entry.class_name = "SpatialDropout1D";
  entry.family = "stock";
  entry.draws_in_call = true;
  entry.probe_config = {{"rate", 0.3}, {"seed", 31}};
  entry.from_config = [](const Config& config) {
    return kinds::spatial_from_config("SpatialDropout1D", config);
  };
  return entry;
}

}  // namespace seedproof
