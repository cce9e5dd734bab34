// Rows of faults that live in a generator or a layer of the fault world. Internal.
#pragma once

#include <seedproof/harness/faults/world.h>

namespace seedproof::faults {

/// Names of generators and layers as template arguments.
template <std::size_t N>
struct Name {
  constexpr Name(const char (&text)[N]) {  // NOLINT(google-explicit-constructor)
    for (std::size_t i = 0; i < N; ++i) value[i] = text[i];
  }
  char value[N] = {};
};

/// The faulty generator in the healthy one's place.
template <Name kGenerator, bool kSeeded = true>
FaultCase generator_case(bool faulty, const std::string&) {
  return world(faulty ? kGenerator.value : kHealthyGenerator, kHealthyLayer, kSeeded);
}

/// The faulty layer in the healthy one's place.
template <Name kLayer>
FaultCase layer_case(bool faulty, const std::string&) {
  return world(kHealthyGenerator, faulty ? kLayer.value : kHealthyLayer);
}

}  // namespace seedproof::faults
