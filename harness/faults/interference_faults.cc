// Faults of isolation: layers that disturb each other.
#include <seedproof/harness/faults/generator_faults.h>

namespace seedproof {

std::vector<Fault> register_interference_faults() {
  using namespace faults;
  return {
      {"one-engine-for-all", "one sequence for every layer, isolation promised all the same",
       "interference/insertion", "drew 35 words of it before this draw", "apache/mxnet#16705",
       generator_case<"fault:shared">},
      {"keyed-by-order", "streams are told apart by the order of their opening",
       "interference/removal", "another stream", "synthetic",
       generator_case<"fault:keyed-by-order">},
      {"reordered-by-opening", "streams are told apart by the order of their opening",
       "interference/reorder", "another stream", "synthetic",
       generator_case<"fault:keyed-by-order">},
      {"draws-leak", "a draw moves every other stream too", "interference/extra-draws",
       "words ahead in the same stream", "synthetic", generator_case<"fault:leaks">},
      {"seeds-mix", "a layer's key depends on the seeds of the layers opened before it",
       "interference/other-seed", "another stream", "synthetic", generator_case<"fault:seeds-mix">},
      {"inference-moves-streams", "an inference pass moves every stream", "interference/evaluation",
       "words ahead", "synthetic", generator_case<"fault:moved-by-inference">},
      {"one-key-for-all", "every stream has the root's key, promised distinct",
       "interference/distinct", "", "celeritas-project/celeritas#696",
       generator_case<"fault:one-key">},
  };
}

}  // namespace seedproof
