// Claim: a documented layer built without a seed works, and draws new numbers in each run.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control asks only the generator that refuses None.
HypothesisResult experiment(const Registry& registry, bool control) {
  const Subject subject =
      side_by_side({layer("CustomDropout", "drop", {{"rate", 0.3}, {"seed", ConfigValue()}}),
                    layer("GaussianNoiseLayer", "noise", {{"seed", ConfigValue()}})});
  std::vector<Observation> seen;
  for (const std::string& generator : all_generators(registry)) {
    if (control && generator != "tf-generator") continue;
    const Trace trace = run_plan(plan_of(subject, generator), registry);
    Observation one{generator, !trace.error.has_value(), "draws"};
    if (trace.error) {
      one.measured =
          "raises " + std::string(to_string(trace.error->kind)) + " in " + trace.error->stage;
    }
    seen.push_back(one);
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_unseeded_layer_works() {
  return {"unseeded-layer-works",
          "A documented layer that owns its generator works without a seed.",
          "The documented dropout and noise layers with seed None, built and called under every "
          "generator; tf.random.Generator.from_seed(None) raises ValueError.",
          "holds for a generator when both layers build and draw",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
