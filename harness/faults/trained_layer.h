// A layer with a weight, for golden faults: (x + u) * w, u its own uniform numbers. Internal.
#pragma once

#include <seedproof/harness/registry.h>

namespace seedproof::faults {

enum class WrongTraining {
  nothing,
  output_scaled,         // returns twice what it should
  gradient_stops,        // gives no gradient to its input
  weight_gradient_lost,  // forgets the noise in its weight's gradient
  frozen_weight          // gives its weight no gradient in later steps
};

inline constexpr const char* kTrainedLayer = "TrainedNoise";

/// The layer, right or wrong in one way, under the one name that its goldens know.
LayerEntry trained_layer(WrongTraining wrong);

}  // namespace seedproof::faults
