// keras.layers.SpatialDropout2D.
#include <seedproof/layers/kinds/spatial_dropout.h>

namespace seedproof {

LayerEntry register_spatial_dropout_2d() {
  LayerEntry entry;
  entry.class_name = "SpatialDropout2D";
  entry.family = "stock";
  entry.draws_in_call = true;
  entry.probe_config = {{"rate", 0.3}, {"data_format", "channels_first"}, {"seed", 32}};
  entry.from_config = [](const Config& config) {
    return kinds::spatial_from_config("SpatialDropout2D", config);
  };
  return entry;
}

}  // namespace seedproof
