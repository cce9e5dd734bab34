// Claim: flattening (16, 32, 32, 3), as the documented noise layers do, gives (16, 3072).
#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

/// The control is Keras's own Flatten layer.
HypothesisResult experiment(const Registry& registry, bool control) {
  const auto generator = registry.generator("tf-global").make();
  generator->seed(42);
  Config config{{"name", "flat"}};
  const auto layer = registry.layer(control ? "Flatten" : "AddUniformNoise").from_config(config);
  layer->attach(*generator);
  const Tensor out = (*layer)(Tensor(DType::f32, {16, 32, 32, 3}));
  HypothesisResult result;
  result.outcome = out.shape() == Shape{16, 3072} ? Outcome::supported : Outcome::refuted;
  result.measured = "shape " + to_string(out.shape());
  return result;
}

}  // namespace

Hypothesis register_flatten_keeps_the_batch() {
  return {"flatten-keeps-the-batch",
          "keras.backend.flatten of (16, 32, 32, 3) gives (16, 3072), as documented.",
          "The documented AddUniformNoise is called on an input of that shape.",
          "supported when the output has shape (16, 3072), refuted otherwise",
          Outcome::supported,
          experiment};
}

}  // namespace seedproof
