// Claim: a layer that once draws more gets other numbers in all later steps.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control draws nothing more.
HypothesisResult experiment(const Registry& registry, bool control) {
  const Subject subject = owners();
  std::vector<Observation> seen;
  for (const std::string& generator : all_generators(registry)) {
    Plan plan = plan_of(subject, generator);
    const Trace before = run(registry, plan);
    if (!control) plan.extra_draws.push_back({"drop", 0, 9});
    const Trace after = run(registry, plan);
    int moved = 0;
    for (std::uint64_t step = 1; step < 3; ++step) {
      if (numbers_of(before, "drop", step) != numbers_of(after, "drop", step)) ++moved;
    }
    seen.push_back({generator, moved == 2, std::to_string(moved) + " of 2 later steps moved"});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_extra_draw_moves_later_ones() {
  return {
      "extra-draw-moves-later-ones",
      "A layer that once draws nine numbers more gets other numbers in every later step, even if "
      "it owns its generator.",
      "Nine numbers drawn from a dropout layer's own stream before its draw of step 0; its draws "
      "of steps 1 and 2 are compared.",
      "holds for a generator when both later steps change",
      Outcome::refuted,
      experiment};
}

}  // namespace seedproof
