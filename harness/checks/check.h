// A promise, how to vary a run, and what must hold then.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <seedproof/harness/relations/relation.h>
#include <seedproof/harness/subjects/subject.h>
#include <seedproof/harness/variations/variation.h>
#include <seedproof/rng/generators/generator.h>

namespace seedproof {

class GoldenIndex;
class Registry;

enum class Verdict : std::uint8_t {
  holds,           // the relation holds, promised or not
  broken,          // promised, and does not hold
  unpromised,      // does not hold, and nobody promised it: told, not failed
  not_applicable,  // nothing to see here (no draw is consumed, say)
  no_oracle,       // golden only: the pair has no real counterpart
  could_not_run    // promised, and the run ended early
};

std::string_view to_string(Verdict verdict);  // "holds", "broken", ...

/// The outcome of one check for one subject and generator.
struct CheckResult {
  std::string subject;
  std::string generator;
  std::string family;  // "seeding", "interference", "golden", "throughput"
  std::string check;   // "seeding/same-seed"
  Verdict verdict = Verdict::could_not_run;
  bool promised = false;
  std::string detail;  // one line: what was compared, or why it could not be
  std::vector<Finding> findings;
  std::string replay;                     // command line that shows it again
  std::map<std::string, double> figures;  // counts and ratios: "words_per_number", ...
};

/// What checks are run with.
struct CheckContext {
  const Registry& registry;
  Seed root = 42;
  std::string golden_directory = "";       // empty: none was found
  bool fresh_process = true;               // run the checks that start a process
  std::string program = "/proc/self/exe";  // what such a check starts: RunOptions::program
  mutable std::shared_ptr<const GoldenIndex> golden = nullptr;  // made by the first golden check
};

struct Check {
  std::string family;
  std::string name;         // family/part
  std::string description;  // one line
  Promise promise = Promise::repeatable;
  std::string variation;  // name in the registry; empty for a check of its own kind
  std::string relation;   // name in the registry
  /// For checks that are no pair of runs (golden, throughput): replaces variation and relation.
  std::function<CheckResult(const Check&, const Subject&, const GeneratorEntry&,
                            const CheckContext&)>
      custom;
};

/// The built-in checks, in the order of their list.
std::vector<Check> builtin_checks();

/// Runs one check. Never throws for what a subject does; the verdict says it.
CheckResult run_check(const Check& check, const Subject& subject, const GeneratorEntry& generator,
                      const CheckContext& context);

}  // namespace seedproof
