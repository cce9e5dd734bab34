// Claim: inserting a random layer changes the draws of the others.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control inserts a layer that draws nothing.
HypothesisResult experiment(const Registry& registry, bool control) {
  const Subject plain = mixed();
  Subject varied = plain;
  varied.layers.insert(varied.layers.begin(),
                       control ? layer("Activation", "inserted", {{"activation", "tanh"}})
                               : layer("AddGaussianNoise", "inserted", {{"stddev", 0.5}}));
  std::vector<Observation> seen;
  for (const std::string& generator : all_generators(registry)) {
    const Changed changed = changed_layers(plain, run(registry, plain, generator),
                                           run(registry, varied, generator), {});
    seen.push_back({generator, changed.changed != 0, changed.text()});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_insertion_moves_draws() {
  return {"insertion-moves-draws",
          "Inserting a random layer changes the draws of other layers.",
          "Five layers, three with generators of their own and two on the ambient state, three "
          "steps; a noise layer is put before them; draws are compared layer by layer.",
          "holds for a generator when at least one other layer's draws change",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
