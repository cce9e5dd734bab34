// A run in another process, whose surroundings are not those of this one: none of the environment
// but junk of another size, working directory /, a locale with decimal commas, heap and stack laid
// out otherwise.
#pragma once

#include <string>
#include <vector>

#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/plan.h>
#include <seedproof/harness/subjects/run.h>
#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

/// Starts options.program with "__trace", hands it the plan (but for fresh_process) and reads the
/// trace, which has digests and no numbers. A program that cannot be started, crashes, prints
/// anything else or is not done in time gives a trace with an error.
Trace run_in_process(const Plan& plan, const RunOptions& options);

/// Whether a command line, without the program's name, asks for a trace.
bool is_trace_request(const std::vector<std::string>& arguments);

/// The other end: reads a plan from standard input, runs it and prints the trace. Returns the exit
/// code. A program with layers or generators of its own calls it first, with its registry; run()
/// does.
int trace_main(const Registry& registry, const std::vector<std::string>& arguments);

}  // namespace seedproof
