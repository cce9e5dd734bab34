#include <seedproof/rng/generators/site.h>

namespace seedproof {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::layer:
      return "layer";
    case Role::stock:
      return "stock";
    case Role::initializer:
      return "initializer";
    case Role::global:
      break;
  }
  return "global";
}

std::string_view to_string(Phase phase) {
  switch (phase) {
    case Phase::build:
      return "build";
    case Phase::train:
      return "train";
    case Phase::evaluate:
      return "evaluate";
    case Phase::predict:
      break;
  }
  return "predict";
}

}  // namespace seedproof
