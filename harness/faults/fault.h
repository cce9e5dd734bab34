// Deliberately broken subjects, each one named change away from a healthy twin.
#pragma once

#include <string>
#include <vector>

#include <seedproof/harness/registry.h>

namespace seedproof {

/// A world to check: a registry that may hold broken items, the subject, the generator, and, for
/// golden faults, a folder of goldens.
struct FaultCase {
  Registry registry;
  Subject subject;
  std::string generator;
  std::string golden_directory;
};

struct Fault {
  std::string name;         // "mask-frozen-by-reseeding"
  std::string description;  // the named change, one line
  std::string check;        // the check that must catch it: "seeding/fresh"
  std::string cause;        // words that the finding's explanation must contain
  std::string source;  // public thread it re-creates ("keras-team/keras#17548"), or "synthetic"
  /// `faulty` false: the twin. `scratch` is an empty folder of its own.
  FaultCase (*make)(bool faulty, const std::string& scratch) = nullptr;
};

/// The built-in faults, in the order of their list.
std::vector<Fault> builtin_faults();

/// What one fault did to every check.
struct FaultOutcome {
  std::string fault;
  std::string expected_check;
  std::vector<std::string> killed_by;  // checks that were broken by the fault and not by the twin
  bool killed = false;                 // the expected check is among them
  bool explained = false;              // its finding names the cause
  std::vector<std::string> false_alarms;  // checks broken by the healthy twin
  std::string note;
};

struct SelftestOptions {
  std::vector<std::string> only;  // names of faults; empty: all
  std::string stub_relation;      // relation, or custom check, made to hold always
};

/// Runs every check on every fault and twin.
std::vector<FaultOutcome> run_selftest(const SelftestOptions& options);

}  // namespace seedproof
