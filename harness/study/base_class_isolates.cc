// Claim: Keras 2's BaseRandomLayer isolates the layers that inherit it, per mode.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// Stock layers, as inherited in Keras 2: seeds far apart, next to each other, or none.
Subject stock_layers(const std::string& seeds) {
  const auto seed = [&](std::int64_t place) {
    if (seeds == "no seeds") return ConfigValue();
    return ConfigValue(seeds == "seeds far apart" ? 1000 + place * 500009 : 21 + place);
  };
  return side_by_side({layer("Dropout", "a", {{"rate", 0.3}, {"seed", seed(0)}}),
                       layer("Dropout", "b", {{"rate", 0.3}, {"seed", seed(1)}}),
                       layer("Dropout", "c", {{"rate", 0.3}, {"seed", seed(2)}})});
}

/// The control takes the shared engine.
HypothesisResult experiment(const Registry& registry, bool control) {
  std::vector<Observation> seen;
  const std::vector<std::string> generators =
      control ? std::vector<std::string>{"shared-global"}
              : std::vector<std::string>{"base-random-layer", "base-random-layer:stateless",
                                         "base-random-layer:stateful"};
  for (const std::string& generator : generators) {
    for (const char* seeds : {"seeds far apart", "seeds next to each other", "no seeds"}) {
      const Subject plain = stock_layers(seeds);
      Subject varied = plain;
      varied.layers.erase(varied.layers.begin());
      const Changed changed = changed_layers(plain, run(registry, plain, generator),
                                             run(registry, varied, generator), {"a"});
      seen.push_back(
          {generator + " with " + seeds, changed.changed == 0, changed.text() + " changed"});
    }
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_base_class_isolates() {
  return {"base-class-isolates",
          "Keras 2's BaseRandomLayer isolates the layers that inherit it.",
          "Three Dropout layers with seeds far apart, seeds s, s + 1, s + 2, or no seeds, in each "
          "mode; the first is removed; the draws of the other two are compared over three steps.",
          "holds for a mode and seeding when no other layer's draws change",
          Outcome::refuted,
          experiment};
}

}  // namespace seedproof
