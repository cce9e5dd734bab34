// same-outputs: layers that draw give the outputs they gave before.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/relations/compare_draws.h>
#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

RelationResult relate(const RunPair& runs) {
  std::vector<std::string> layers = undisturbed_layers(runs);
  std::erase_if(layers,
                [&](const std::string& layer) { return series_of(runs.plain, {layer}).empty(); });
  if (layers.empty()) return not_applicable("no layer in both runs draws anything");
  const std::vector<Finding> draws = compare_draws(runs, layers).findings;
  std::vector<Finding> findings = compare_outputs(runs, layers);
  for (Finding& finding : findings) {
    const auto cause = std::find_if(draws.begin(), draws.end(), [&](const Finding& draw) {
      return draw.layer == finding.layer && draw.step <= finding.step;
    });
    finding.explanation = cause == draws.end()
                              ? "the draws are equal: something else decides the output"
                              : cause->draw + ": " + cause->explanation;
  }
  return verdict_of(std::move(findings),
                    fmt::format("outputs of {} in {} compared", counted(layers.size(), "layer"),
                                counted(runs.plain_plan.steps, "step")));
}

}  // namespace

Relation register_same_outputs() {
  return {"same-outputs", "layers that draw give equal outputs", relate};
}

}  // namespace seedproof
