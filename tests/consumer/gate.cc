// A gate of one's own: the built-in checks over this project's layer and generator.
#include <seedproof/harness/cli/run.h>
#include <seedproof/harness/subjects/subjects.h>

#include "echo_noise.h"
#include "splitmix_generator.h"

int main(int argc, char** argv) {
  seedproof::Registry registry = seedproof::builtin();
  registry.add(splitmix_entry());
  for (const seedproof::LayerEntry& layer : {echo_noise_entry(), deaf_noise_entry()}) {
    registry.add(layer);
    registry.add(seedproof::subject_of(layer));
  }
  return seedproof::run(registry, argc, argv);
}
