// One program, started in strange surroundings, fed a text and read to its end.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace seedproof {

struct ChildOutcome {
  std::string problem;  // empty when the program ran to its end with exit code 0
};

/// Starts `program` with `arguments` in directory / with exactly the variables `environment`,
/// writes `input` to its standard input and hands each line of its standard output to `line`.
/// Standard error goes to /dev/null. A program that takes longer, or an exception from `line`, ends
/// it; the exception is passed on.
ChildOutcome run_child(const std::string& program, const std::vector<std::string>& arguments,
                       const std::vector<std::string>& environment, const std::string& input,
                       double timeout_seconds, const std::function<void(const std::string&)>& line);

}  // namespace seedproof
