// Claim: evaluating between training steps changes the draws of training.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control evaluates nothing.
HypothesisResult experiment(const Registry& registry, bool control) {
  const Subject subject = mixed();
  std::vector<Observation> seen;
  for (const std::string& generator : all_generators(registry)) {
    Plan plan = plan_of(subject, generator);
    const Trace before = run(registry, plan);
    if (!control) plan.evaluate_before = {1, 2};
    const Changed changed = changed_layers(subject, before, run(registry, plan), {});
    seen.push_back({generator, changed.changed != 0, changed.text()});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_evaluation_moves_training() {
  return {"evaluation-moves-training",
          "Evaluating between training steps changes what training draws.",
          "Five layers, two of which add noise in inference too, as their document has it; one "
          "inference pass before steps 1 and 2; the training draws are compared.",
          "holds for a generator when at least one layer's training draws change",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
