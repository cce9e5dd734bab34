// Claim: draws addressed by identity stay equal under insertion, removal and reordering.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// The control addresses by history.
HypothesisResult experiment(const Registry& registry, bool control) {
  const std::string generator = control ? "shared-global" : "counter";
  const Subject plain = mixed();
  const Trace before = run(registry, plain, generator);
  Changed all;
  const auto count = [&](const Subject& edited, const std::vector<std::string>& left_out) {
    const Changed one = changed_layers(plain, before, run(registry, edited, generator), left_out);
    all.changed += one.changed;
    all.compared += one.compared;
  };
  for (std::size_t place = 0; place < plain.layers.size(); ++place) {
    Subject edited = plain;
    const auto at = edited.layers.begin() + static_cast<std::ptrdiff_t>(place);
    edited.layers.insert(at, layer("AddGaussianNoise", "inserted", {{"stddev", 0.5}}));
    count(edited, {});
    Subject shorter = plain;
    shorter.layers.erase(shorter.layers.begin() + static_cast<std::ptrdiff_t>(place));
    count(shorter, {plain.layers[place].name});
    Subject swapped = plain;
    std::swap(swapped.layers[place], swapped.layers[(place + 1) % plain.layers.size()]);
    count(swapped, {});
  }
  HypothesisResult result;
  result.outcome = all.changed == 0 ? Outcome::supported : Outcome::refuted;
  result.measured = all.text() + " comparisons of a layer's draws found a change";
  return result;
}

}  // namespace

Hypothesis register_identity_survives_editing() {
  return {
      "identity-survives-editing",
      "Draws addressed by identity (path, purpose, step, element) stay equal under insertion, "
      "removal and reordering.",
      "Five layers under the counter generator; a layer inserted at, removed from and exchanged "
      "at every place; every other layer's draws compared over three steps.",
      "supported when no comparison finds a change, refuted otherwise",
      Outcome::refuted,
      experiment};
}

}  // namespace seedproof
