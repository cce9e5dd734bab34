// Faults of seeding: what a seed does, what is saved, what comes again.
#include <seedproof/harness/faults/generator_faults.h>

namespace seedproof {

std::vector<Fault> register_seeding_faults() {
  using namespace faults;
  return {
      {"key-of-the-process", "a count of all streams ever opened is mixed into the key",
       "seeding/same-seed", "another stream", "synthetic", generator_case<"fault:unrepeatable">},
      {"output-of-the-process", "a count of all calls ever made is added to the output",
       "seeding/outputs", "", "synthetic", layer_case<"OddOutput">},
      {"state-of-the-process", "the saved state holds a count of all streams ever opened",
       "seeding/state", "", "synthetic", generator_case<"fault:odd-state">},
      {"words-not-recorded", "takes words that no receipt tells of, one more each step",
       "seeding/words", "not recorded", "synthetic", generator_case<"fault:hidden-words">},
      {"no-ledger", "does not report to its ledger", "seeding/words", "not recorded", "synthetic",
       generator_case<"fault:no-ledger">},
      {"reads-the-environment", "an environment variable is mixed into the key",
       "seeding/fresh-process", "another stream", "synthetic",
       generator_case<"fault:reads-environment">},
      {"root-seed-ignored", "the root seed has no say in the key", "seeding/other-seed", "",
       "svenreiche/Genesis-1.3-Version4#280", generator_case<"fault:ignores-root", false>},
      {"layer-seed-ignored", "the seed argument is accepted without effect",
       "seeding/other-layer-seed", "does not reach", "tensorflow/tfjs#7104",
       generator_case<"fault:ignores-seed">},
      {"seed-is-a-starting-point", "seeds are places in one stream, four words apart",
       "seeding/not-shifted", "shifted by 4 numbers", "tf.random.Generator.from_seed",
       generator_case<"fault:adjacent">},
      {"unseeded-layers-equal", "every layer without a seed gets the same key", "seeding/unseeded",
       "draws the numbers of", "keras-team/keras-hub#352", generator_case<"fault:equal-unseeded">},
      {"none-breaks", "a seed of None is a null pointer", "seeding/unseeded",
       "neither accepted nor refused", "synthetic", generator_case<"fault:breaks-on-none">},
      {"config-loses-seed", "get_config leaves the seed out", "seeding/config", "was left out",
       "keras-team/keras#23657", layer_case<"LosesSeed">},
      {"mask-frozen", "every draw starts at the stream's beginning", "seeding/fresh",
       "frozen since step 0", "PaddlePaddle/Paddle#7796", generator_case<"fault:frozen">},
      {"load-does-nothing", "loading an image leaves the state as it is", "seeding/resume",
       "drawn at step 0 again", "keras-team/keras#19796", generator_case<"fault:forgets">},
      {"load-skips-at-start", "a stream saved at its beginning is loaded a word later",
       "seeding/resume-at-start", "shifted by 1", "synthetic",
       generator_case<"fault:skips-at-start">},
  };
}

}  // namespace seedproof
