// config-keeps-seed: a layer made from its own configuration behaves as the one it came from.
#include <fmt/format.h>

#include <seedproof/harness/relations/compare_draws.h>
#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

// Behaviour decides; that an entry changed on the way only explains it.
void explain_by_config(std::vector<Finding>& findings, const Trace& trace) {
  for (Finding& finding : findings) {
    for (const std::string& change : trace.config_changes) {
      if (change.compare(0, finding.layer.size() + 1, finding.layer + ".") == 0) {
        finding.explanation = "lost in the configuration: " + change;
        break;
      }
    }
  }
}

RelationResult relate(const RunPair& runs) {
  std::vector<std::string> layers = undisturbed_layers(runs);
  std::erase_if(layers,
                [&](const std::string& layer) { return series_of(runs.plain, {layer}).empty(); });
  if (layers.empty()) return not_applicable("no layer draws anything");
  DrawComparison seen = compare_draws(runs, layers);
  std::vector<Finding> findings = std::move(seen.findings);
  if (findings.empty()) findings = compare_outputs(runs, layers);
  explain_by_config(findings, runs.varied);
  return verdict_of(std::move(findings), seen.summary() + ", and the outputs");
}

}  // namespace

Relation register_config_keeps_seed() {
  return {"config-keeps-seed", "layers made from their own configuration draw and give the same",
          relate};
}

}  // namespace seedproof
