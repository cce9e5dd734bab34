// What must stay equal, or must differ, between the plain run and the varied one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <seedproof/harness/subjects/plan.h>
#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

/// Where two runs part, and what explains it.
struct Finding {
  std::string layer;
  std::uint64_t step = 0;
  std::string draw;      // "mask, draw 2 of the step", or "output"
  std::string element;   // "[1, 4]"; empty when the whole differs in kind
  std::string expected;  // value, count, stream: as text
  std::string found;
  std::string explanation;  // cause in words; "unknown cause" is legal, a wrong cause is a defect
};

struct RelationResult {
  enum class Kind { holds, broken, not_applicable };
  Kind kind = Kind::holds;
  std::string
      reason;  // of not_applicable; otherwise what was compared: "14 draws of 3 layers equal"
  std::vector<Finding> findings;  // of broken; the first is the first in time
};

/// What a relation looks at: both runs and both plans. A check without a variation gives the plain
/// run twice.
struct RunPair {
  const Plan& plain_plan;
  const Trace& plain;
  const Plan& varied_plan;
  const Trace& varied;
};

struct Relation {
  std::string name;         // "same-draws"
  std::string description;  // one line
  RelationResult (*relate)(const RunPair& runs) = nullptr;
  bool reads_errors = false;  // wants runs that ended early too; otherwise they are not shown to it
};

/// The built-in relations, in the order of their list.
std::vector<Relation> builtin_relations();

}  // namespace seedproof
