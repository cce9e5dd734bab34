// The command line as a function, so that a program of one's own is a gate in three lines:
//   Registry registry = builtin();
//   registry.add(my_layer);
//   return run(registry, argc, argv);
#pragma once

#include <seedproof/harness/registry.h>

namespace seedproof {

/// Runs the command line. Returns the exit code: 0 all promised relations hold; 1 something broke
/// or could not run; 2 usage or configuration; 3 nothing ran; 4 golden missing or pending; 125 the
/// tool itself failed.
int run(const Registry& registry, int argc, const char* const* argv);

}  // namespace seedproof
