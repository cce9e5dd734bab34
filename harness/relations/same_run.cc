// same-run: draws, outputs and states are all equal.
#include <seedproof/harness/relations/compare_draws.h>
#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

RelationResult relate(const RunPair& runs) {
  if (runs.plain.draws.empty()) return not_applicable("nothing is drawn");
  const std::vector<std::string> layers = undisturbed_layers(runs);
  DrawComparison seen = compare_draws(runs, layers);
  std::vector<Finding> findings = std::move(seen.findings);
  // What differs in the draws explains the rest; only without it are outputs and states news.
  if (findings.empty()) findings = compare_outputs(runs, layers);
  if (findings.empty()) findings = compare_states(runs);
  return verdict_of(std::move(findings), seen.summary() + ", and outputs and states");
}

}  // namespace

Relation register_same_run() {
  return {"same-run", "draws, outputs and saved states are equal", relate};
}

}  // namespace seedproof
