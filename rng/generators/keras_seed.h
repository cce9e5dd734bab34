// Seeds as Keras takes them.
#pragma once

#include <cstdint>
#include <string_view>

#include <seedproof/rng/generators/philox_state.h>
#include <seedproof/rng/values/seed.h>

namespace seedproof {

/// The integer of a layer's or initialiser's seed. Throws ValueError naming `who` and the seed when
/// it is a list or a key, OverflowError when it does not fit int64, which Keras's seed tensors are.
std::int64_t keras_seed(std::string_view who, const Seed& seed);

/// What a Keras 3 initialiser with seed `seed` draws from on TensorFlow, at every call.
PhiloxState keras3_initializer(std::int64_t seed);

/// The same in Keras 2, and its layers in mode stateless.
PhiloxState keras2_stateless(std::int64_t seed);

}  // namespace seedproof
