// Reports of a run of checks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <seedproof/harness/checks/check.h>
#include <seedproof/harness/checks/interference_matrix.h>

namespace seedproof {

/// Everything `seedproof check` found.
struct CheckReport {
  std::string version;    // of the program
  std::string root_seed;  // as Seed::to_string
  std::string command;    // replay line
  std::vector<CheckResult> results;
  std::vector<InterferenceMatrix> matrices;
};

struct CheckSummary {
  std::uint64_t subjects = 0, generators = 0, checks = 0;
  std::uint64_t holds = 0, broken = 0, unpromised = 0, not_applicable = 0, no_oracle = 0,
                could_not_run = 0;
};

CheckSummary summarize(const CheckReport& report);

/// Exit code of DESIGN: 0, 1 (broken or could not run), 3 (nothing ran), 4 (golden missing).
int exit_code(const CheckReport& report);

struct TerminalOptions {
  bool color = false;
  std::size_t width = 100;
  bool verbose = false;  // also what holds, row by row
};

std::string terminal_report(const CheckReport& report, const TerminalOptions& options);
std::string json_report(const CheckReport& report);  // schema "seedproof-check" version 1
std::string junit_report(const CheckReport& report);

}  // namespace seedproof
