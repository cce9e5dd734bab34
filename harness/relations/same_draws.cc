// same-draws: every layer that was left alone draws the numbers it drew before.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/relations/compare_draws.h>
#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

// A disturbance that did not happen disturbs nobody: nothing was seen then.
std::string missing_disturbance(const RunPair& runs) {
  if (!runs.varied_plan.extra_draws.empty() && runs.varied.extra_numbers == 0) {
    return "the other layer drew nothing, so it could draw nothing more";
  }
  return "";
}

// A layer that draws in inference moves its own stream there: if its draws change by it, that is
// nobody else's doing.
std::vector<std::string> moved_by_themselves(const RunPair& runs, const DrawComparison& seen) {
  std::vector<std::string> out;
  for (const Finding& finding : seen.findings) {
    if (draws_in_inference(runs.varied, finding.layer)) out.push_back(finding.layer);
  }
  return out;
}

RelationResult relate(const RunPair& runs) {
  const std::string missing = missing_disturbance(runs);
  if (!missing.empty()) return not_applicable(missing);
  std::vector<std::string> layers = undisturbed_layers(runs);
  if (layers.empty()) return not_applicable("no layer is in both runs unchanged");
  DrawComparison seen = compare_draws(runs, layers);
  if (seen.draws == 0) return not_applicable("none of the layers in both runs draws anything");
  const std::vector<std::string> own = moved_by_themselves(runs, seen);
  if (!own.empty()) {
    std::erase_if(layers, [&](const std::string& layer) {
      return std::find(own.begin(), own.end(), layer) != own.end();
    });
    seen = compare_draws(runs, layers);
    if (seen.draws == 0) {
      return not_applicable("the layer itself draws in inference, which moves its own stream");
    }
  }
  return verdict_of(std::move(seen.findings), seen.summary());
}

}  // namespace

Relation register_same_draws() {
  return {"same-draws", "layers that the variation left alone draw equal numbers", relate};
}

}  // namespace seedproof
