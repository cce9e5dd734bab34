// Claim: giving each layer its own generator makes their numbers independent, whatever the seeds.
#include <algorithm>

#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// Numbers of `a` that stand in `b` as well, as a run of eight.
bool share_a_run(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr std::size_t kRun = 8;
  for (std::size_t i = 0; i + kRun <= a.size(); ++i) {
    if (std::search(b.begin(), b.end(), a.begin() + i, a.begin() + i + kRun) != b.end())
      return true;
  }
  return false;
}

/// The control gives every layer the same seed.
HypothesisResult experiment(const Registry& registry, bool control) {
  std::vector<LayerSpec> layers;
  for (int place = 0; place < 4; ++place) {
    layers.push_back(layer("CustomDropout", "drop_" + std::to_string(place),
                           {{"rate", 0.3}, {"seed", control ? 1 : 1 + place}}));
  }
  const Subject subject = side_by_side(layers);
  std::vector<Observation> seen;
  for (const char* generator : {"philox", "tf-generator", "base-random-layer:stateful"}) {
    const Trace trace = run(registry, subject, generator);
    int sharing = 0;
    int pairs = 0;
    for (std::size_t a = 0; a < layers.size(); ++a) {
      for (std::size_t b = a + 1; b < layers.size(); ++b) {
        ++pairs;
        if (share_a_run(numbers_of(trace, layers[a].name, 0),
                        numbers_of(trace, layers[b].name, 0))) {
          ++sharing;
        }
      }
    }
    seen.push_back({generator, sharing == 0,
                    std::to_string(sharing) + " of " + std::to_string(pairs) + " pairs share"});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_own_generator_is_independent() {
  return {"own-generator-is-independent",
          "Layers that own generators seeded 1, 2, 3, 4 draw independent numbers.",
          "Four dropout layers seeded 1 to 4; every pair is searched for a run of eight equal "
          "uniforms in the first draw.",
          "holds for a generator when no pair shares a run",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
