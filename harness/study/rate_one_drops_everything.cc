// Claim: the documented dropout at rate 1 gives zeros.
#include <cmath>

#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

/// The control is a rate just below 1.
HypothesisResult experiment(const Registry& registry, bool control) {
  const auto generator = registry.generator("tf-generator").make();
  generator->seed(42);
  const auto layer =
      registry.layer("CustomDropout")
          .from_config({{"name", "drop"}, {"rate", control ? 0.999999 : 1.0}, {"seed", 7}});
  layer->attach(*generator);
  CallArgs args;
  args.training = true;
  const Tensor out = (*layer)(Tensor::full(DType::f32, {5, 7}, 1.5), args);
  std::size_t zeros = 0;
  std::size_t nans = 0;
  for (const float value : out.as<float>()) {
    zeros += value == 0.0F ? 1 : 0;
    nans += std::isnan(value) ? 1 : 0;
  }
  HypothesisResult result;
  result.outcome = zeros == out.count() ? Outcome::supported : Outcome::refuted;
  result.measured = std::to_string(zeros) + " zeros and " + std::to_string(nans) + " NaN of " +
                    std::to_string(out.count());
  return result;
}

}  // namespace

Hypothesis register_rate_one_drops_everything() {
  return {"rate-one-drops-everything",
          "The documented dropout with rate 1 drops everything.",
          "CustomDropout(rate=1) called in training on 35 equal values; 0 * x / 0 is NaN.",
          "supported when every output is zero, refuted otherwise",
          Outcome::supported,
          experiment};
}

}  // namespace seedproof
