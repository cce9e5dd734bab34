#include <string>

#include <seedproof/rng/distributions/tf_stateless.h>
#include <seedproof/rng/generators/keras_seed.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

PhiloxState converted(const tf::State& state) { return {state.c0, state.c1, state.key}; }

}  // namespace

std::int64_t keras_seed(std::string_view who, const Seed& seed) {
  const Integer* const integer = seed.as_integer();
  if (integer == nullptr) {
    throw ValueError(std::string(who) +
                     ": argument `seed` must be an integer. Received: seed=" + seed.to_string());
  }
  return integer->to_i64();
}

PhiloxState keras3_initializer(std::int64_t seed) { return converted(tf::keras3_state(seed, 0)); }

PhiloxState keras2_stateless(std::int64_t seed) { return converted(tf::scramble(seed, 0)); }

}  // namespace seedproof
