// Claim: removing a random layer changes the draws of the others.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control removes a layer that draws nothing.
HypothesisResult experiment(const Registry& registry, bool control) {
  Subject plain = mixed();
  plain.layers.insert(plain.layers.begin(),
                      control ? layer("Activation", "doomed", {{"activation", "tanh"}})
                              : layer("AddGaussianNoise", "doomed", {{"stddev", 0.5}}));
  Subject varied = plain;
  varied.layers.erase(varied.layers.begin());
  std::vector<Observation> seen;
  for (const std::string& generator : all_generators(registry)) {
    const Changed changed = changed_layers(plain, run(registry, plain, generator),
                                           run(registry, varied, generator), {"doomed"});
    seen.push_back({generator, changed.changed != 0, changed.text()});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_removal_moves_draws() {
  return {"removal-moves-draws",
          "Removing a random layer changes the draws of other layers.",
          "Six layers, three with generators of their own; the first, a noise layer on the ambient "
          "state, is taken out; draws are compared layer by layer over three steps.",
          "holds for a generator when at least one other layer's draws change",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
