// A test program that can be asked for a trace, as the command line can: define traced_registry().
#include "tests/harness/trace_main.h"

#include <gtest/gtest.h>

#include <seedproof/harness/subjects/trace_process.h>

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (seedproof::is_trace_request(arguments)) {
    return seedproof::trace_main(traced_registry(), arguments);
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
