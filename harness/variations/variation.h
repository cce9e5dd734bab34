// One named change of a run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <seedproof/harness/subjects/plan.h>

namespace seedproof {

class Registry;

/// Plan -> Plan. Refusing says why the change does not apply to this plan.
struct Variation {
  std::string name;         // "other-root-seed"
  std::string description;  // one line
  struct Outcome {
    std::optional<Plan> plan;
    std::string refusal;  // when there is no plan
  };
  Outcome (*apply)(const Plan& plan, const Registry& registry) = nullptr;
};

/// The built-in variations, in the order of their list.
std::vector<Variation> builtin_variations();

}  // namespace seedproof
