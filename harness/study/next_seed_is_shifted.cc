// Claim: from_seed(s) and from_seed(s + 1) are one stream, four numbers apart.
#include <algorithm>

#include <seedproof/harness/study/experiment.h>

namespace seedproof {
namespace {

using namespace study;

constexpr std::size_t kShift = 4;
constexpr std::int64_t kSeeds[] = {3, 41, 1234567};

bool is_shifted(const std::vector<double>& earlier, const std::vector<double>& later) {
  return earlier.size() > kShift && earlier.size() == later.size() &&
         std::equal(earlier.begin() + kShift, earlier.end(), later.begin());
}

/// The control derives keys from the seeds instead of counting from them.
HypothesisResult experiment(const Registry& registry, bool control) {
  int shifted = 0;
  int runs = 0;
  for (const std::int64_t seed : kSeeds) {
    for (const char* kind : {"CustomDropout", "GaussianNoiseLayer"}) {
      Config first{{"seed", seed}};
      Config second{{"seed", seed + 1}};
      if (std::string(kind) == "CustomDropout") {
        first.set("rate", 0.3);
        second.set("rate", 0.3);
      }
      const Subject subject =
          side_by_side({layer(kind, "s", first), layer(kind, "s_plus_1", second)});
      const Trace trace = run(registry, subject, control ? "philox" : "tf-generator");
      ++runs;
      if (is_shifted(numbers_of(trace, "s", 0), numbers_of(trace, "s_plus_1", 0))) ++shifted;
    }
  }
  HypothesisResult result;
  result.outcome = shifted == runs ? Outcome::supported
                   : shifted == 0  ? Outcome::refuted
                                   : Outcome::conditional;
  result.measured = std::to_string(shifted) + " of " + std::to_string(runs) +
                    " pairs are each other's shift by " + std::to_string(kShift) + " numbers";
  return result;
}

}  // namespace

Hypothesis register_next_seed_is_shifted() {
  return {
      "next-seed-is-shifted",
      "Layers seeded s and s + 1 by tf.random.Generator.from_seed draw one stream, shifted by "
      "four numbers.",
      "Dropout and noise layers seeded s and s + 1, s = 3, 41, 1234567, their first draws of 35 "
      "numbers laid over each other four places apart.",
      "supported when all six pairs match in all 31 places, refuted when none does",
      Outcome::refuted,
      experiment};
}

}  // namespace seedproof
