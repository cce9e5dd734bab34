// Claim: two layers with equal seeds draw equal masks.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control gives the layers seeds that are far apart.
HypothesisResult experiment(const Registry& registry, bool control) {
  const Subject subject = side_by_side(
      {layer("CustomDropout", "first", {{"rate", 0.3}, {"seed", 1003}}),
       layer("CustomDropout", "second", {{"rate", 0.3}, {"seed", control ? 700027 : 1003}})});
  std::vector<Observation> seen;
  for (const std::string& generator : all_generators(registry)) {
    const Trace trace = run(registry, subject, generator);
    int equal = 0;
    for (std::uint64_t step = 0; step < 3; ++step) {
      if (numbers_of(trace, "first", step) == numbers_of(trace, "second", step)) ++equal;
    }
    seen.push_back({generator, equal == 3, std::to_string(equal) + " of 3 steps equal"});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_equal_seeds_equal_masks() {
  return {"equal-seeds-equal-masks",
          "Two layers with equal seeds draw equal masks.",
          "Two dropout layers with the same seed side by side, three steps; the uniforms that make "
          "their masks are compared.",
          "holds for a generator when all three steps are equal",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
