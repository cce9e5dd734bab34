#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_config_round_trip() {
  return {"config-round-trip", "layers made again from their own configuration",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            other.config_round_trip = true;
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
