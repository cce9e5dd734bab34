// Claim: the second draw of seed s is the first draw of seed s + 256 n.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

constexpr std::int64_t kNumbers = 35;  // of one draw: the input is 5 x 7

/// The control is one seed off.
HypothesisResult experiment(const Registry& registry, bool control) {
  int equal = 0;
  int runs = 0;
  for (const std::int64_t seed : {std::int64_t{3}, std::int64_t{1234567}, std::int64_t{1} << 40}) {
    const std::int64_t later = seed + 256 * kNumbers + (control ? 1 : 0);
    const Subject subject =
        side_by_side({layer("GaussianNoiseLayer", "s", {{"stddev", 0.3}, {"seed", seed}}),
                      layer("GaussianNoiseLayer", "later", {{"stddev", 0.3}, {"seed", later}})});
    const Trace trace = run(registry, subject, "tf-generator");
    for (std::uint64_t step = 0; step < 2; ++step) {
      ++runs;
      if (numbers_of(trace, "s", step + 1) == numbers_of(trace, "later", step)) ++equal;
    }
  }
  HypothesisResult result;
  result.outcome = equal == runs ? Outcome::supported
                   : equal == 0  ? Outcome::refuted
                                 : Outcome::conditional;
  result.measured = std::to_string(equal) + " of " + std::to_string(runs) + " draws of " +
                    std::to_string(kNumbers) + " numbers equal";
  return result;
}

}  // namespace

Hypothesis register_second_draw_is_later_seed() {
  return {
      "second-draw-is-later-seed",
      "With from_seed, draw k + 1 of seed s is draw k of seed s + 256 n, n the numbers of a "
      "draw.",
      "Noise layers seeded s and s + 256 * 35, s = 3, 1234567, 2^40, three steps; draws one step "
      "apart are compared.",
      "supported when all six pairs of draws are equal, refuted when none is",
      Outcome::refuted,
      experiment};
}

}  // namespace seedproof
