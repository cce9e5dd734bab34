// Who draws, and when.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <seedproof/rng/values/seed.h>

namespace seedproof {

/// A place in the tree of layers. `path` is unique in a model: names joined by '/'.
struct Scope {
  std::string path;
  bool given = true;  // false: the name was made by counting, so insertion can shift it

  friend bool operator==(const Scope&, const Scope&) = default;
};

/// What kind of consumer opens the stream; frameworks seed initialisers by another rule.
enum class Role : std::uint8_t {
  layer,        // a layer that owns its generator (the documented ones)
  stock,        // a framework's own random layer
  initializer,  // a weight initialiser
  global        // a bare operation on the ambient state, as tf.random.normal is
};

std::string_view to_string(Role role);

/// A draw site without its moment: layer path and purpose ("kernel", "mask", "noise", ...).
struct Site {
  Scope scope;
  std::string purpose;
  Role role = Role::layer;

  std::string to_string() const { return scope.path + ":" + purpose; }
  friend bool operator==(const Site&, const Site&) = default;
};

enum class Phase : std::uint8_t { build, train, evaluate, predict };

std::string_view to_string(Phase phase);

/// When a draw happens. Identity-addressed generators use step, phase and call; Keras 2 counts
/// traces, TensorFlow operations.
struct Moment {
  std::uint64_t step = 0;       // training or evaluation step, set by who runs the model
  std::uint64_t call = 0;       // which call of the site within (step, phase)
  std::uint64_t trace = 0;      // which tracing of the enclosing function; 0 when eager
  std::uint64_t operation = 0;  // which operation of the graph; 0 when eager
  Phase phase = Phase::train;
  bool has_step = true;  // false: the caller has no step; identity addressing refuses then

  friend bool operator==(const Moment&, const Moment&) = default;
};

}  // namespace seedproof
