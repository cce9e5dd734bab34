// Faults of cost that a count shows.
#include <seedproof/harness/faults/generator_faults.h>

namespace seedproof {

std::vector<Fault> register_throughput_faults() {
  using namespace faults;
  return {
      {"words-grow", "takes, and records, one word more each time", "throughput/words",
       "another number of words each time", "synthetic", generator_case<"fault:growing-words">},
      {"call-a-number", "an inner virtual call for each number", "throughput/calls",
       "one virtual call each", "synthetic", generator_case<"fault:one-by-one">},
      {"tensor-in-pieces", "the layer draws its tensor one number at a time", "throughput/calls",
       "in pieces of 1 number", "synthetic", layer_case<"Piecewise">},
      {"allocates-each-draw", "allocates memory in every draw", "throughput/allocations",
       "memory is allocated for each draw", "synthetic", generator_case<"fault:allocates">},
  };
}

}  // namespace seedproof
