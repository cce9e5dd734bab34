// Claim: a layer's own generator survives save and load.
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

/// Draws twice, saves, and asks a fresh generator that loaded the image for the third draw.
bool survives(const GeneratorEntry& entry, SaveScope scope) {
  const Shape shape{5, 7};
  const Site site{{"drop"}, "mask", Role::layer};
  const Draw draw{Distribution::uniform(), DType::f32, {shape}, {}};
  Tensor expected(DType::f32, shape);
  Tensor found(DType::f32, shape);
  StateImage image;
  {
    const auto generator = entry.make();
    generator->seed(42);
    const auto stream = generator->open(site, 1003);
    for (std::uint64_t step = 0; step < 2; ++step) {
      stream->draw(draw, {step}, expected.data());
    }
    image = generator->save(scope);
    stream->draw(draw, {2}, expected.data());
  }
  const auto generator = entry.make();
  generator->seed(42);
  const auto stream = generator->open(site, 1003);
  generator->load(image);
  stream->draw(draw, {2}, found.data());
  return bit_equal(expected, found);
}

/// The control saves everything instead of what the framework's checkpoint keeps.
HypothesisResult experiment(const Registry& registry, bool control) {
  std::vector<Observation> seen;
  for (const GeneratorEntry& entry : registry.generators()) {
    const bool kept = survives(entry, control ? SaveScope::everything : SaveScope::checkpoint);
    seen.push_back({entry.name, kept, kept ? "goes on" : "starts again"});
  }
  return decide(seen);
}

}  // namespace

Hypothesis register_own_generator_survives_saving() {
  return {"own-generator-survives-saving",
          "A layer's own generator survives saving and loading the model.",
          "Two draws, save with what the framework's own checkpoint keeps, load into a fresh "
          "generator, third draw compared with the uninterrupted one.",
          "holds for a generator when the third draw is equal bit for bit",
          Outcome::supported,
          experiment};
}

}  // namespace seedproof
