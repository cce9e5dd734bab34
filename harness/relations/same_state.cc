// same-state: the generator is in the same state after building and after every step.
#include <fmt/format.h>

#include <seedproof/harness/relations/compare_draws.h>
#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

RelationResult relate(const RunPair& runs) {
  if (runs.plain.draws.empty()) return not_applicable("nothing is drawn, so no state moves");
  return verdict_of(compare_states(runs),
                    counted(runs.plain.states.size(), "saved state") + " compared");
}

}  // namespace

Relation register_same_state() {
  return {"same-state", "the generator's saved state is equal after building and every step",
          relate};
}

}  // namespace seedproof
