// Claim: a layer that owns its generator is isolated from the other layers.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// Changes of the other owners under insertion, removal, extra draws and reordering of one.
Changed disturb(const Registry& registry, const std::string& generator) {
  const Subject plain = owners();
  const Trace before = run(registry, plain, generator);
  Changed all;
  const auto count = [&](const Trace& after) {
    const Changed one = changed_layers(plain, before, after, {"drop"});
    all.changed += one.changed;
    all.compared += one.compared;
  };
  Subject inserted = plain;
  inserted.layers.insert(inserted.layers.begin(),
                         layer("CustomDropout", "new", {{"rate", 0.5}, {"seed", 77777}}));
  count(run(registry, inserted, generator));
  Subject removed = plain;
  removed.layers.erase(removed.layers.begin());
  count(run(registry, removed, generator));
  Plan extra = plan_of(plain, generator);
  extra.extra_draws.push_back({"drop", 0, 9});
  count(run(registry, extra));
  Subject reordered = plain;
  std::swap(reordered.layers[0], reordered.layers[2]);
  count(run(registry, reordered, generator));
  return all;
}

/// The control takes the shared engine.
HypothesisResult experiment(const Registry& registry, bool control) {
  std::vector<Observation> seen;
  const std::vector<std::string> generators =
      control ? std::vector<std::string>{"shared-global"}
              : std::vector<std::string>{"philox", "tf-generator"};
  for (const std::string& generator : generators) {
    const Changed changed = disturb(registry, generator);
    seen.push_back({generator, changed.changed == 0, changed.text() + " changed"});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_own_generator_isolates() {
  return {"own-generator-isolates",
          "A layer that owns a seeded generator is isolated: no other layer changes its draws.",
          "Three owners with seeds far apart; a fourth is inserted, one removed, one made to draw "
          "more, two exchanged; draws of the others are compared over three steps.",
          "holds for a generator when no comparison finds a change",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
