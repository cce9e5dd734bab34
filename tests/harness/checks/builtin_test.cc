// The built-in layers with the built-in generators: the expected table, and who disturbs whom.
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include <seedproof/harness/checks/allocation_counter.h>
#include <seedproof/harness/checks/interference_matrix.h>
#include <seedproof/harness/registry.h>

#include "tests/harness/trace_main.h"

using namespace seedproof;

Registry traced_registry() { return builtin(); }

namespace {

using Table = std::map<std::string, std::string>;  // "subject\tgenerator\tcheck" -> verdict

Table expected_table() {
  Table table;
  std::ifstream file(std::string(SEEDPROOF_SOURCE_DIR) +
                     "/tests/harness/checks/expected_verdicts.tsv");
  std::string line;
  std::string before;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t tab = line.rfind('\t');
    EXPECT_LT(before, line) << "not sorted";
    before = line;
    EXPECT_TRUE(table.emplace(line.substr(0, tab), line.substr(tab + 1)).second) << line;
  }
  return table;
}

struct Row {
  std::string verdict;
  std::string detail;
};

std::map<std::string, Row> actual_table() {
  const Registry registry = builtin();
  const CheckContext context{registry};
  std::map<std::string, Row> table;
  for (const Subject& subject : registry.subjects()) {
    for (const GeneratorEntry& generator : registry.generators()) {
      for (const Check& check : registry.checks()) {
        if (check.family == "golden") continue;
        const CheckResult result = run_check(check, subject, generator, context);
        std::string detail = result.detail;
        if (!result.findings.empty()) detail += "; " + result.findings.front().explanation;
        table[subject.name + "\t" + generator.name + "\t" + check.name] = {
            std::string(to_string(result.verdict)), detail};
      }
    }
  }
  return table;
}

// A new `not applicable` or `unpromised` needs its row: nothing turns quiet unseen.
TEST(BuiltinTest, VerdictsAreThoseOfTheTable) {
  const Table expected = expected_table();
  ASSERT_FALSE(expected.empty());
  const std::map<std::string, Row> actual = actual_table();
  for (const auto& [key, row] : actual) {
    const bool allocations = key.find("throughput/allocations") != std::string::npos;
    if (allocations && !allocations_are_counted()) continue;
    const auto at = expected.find(key);
    ASSERT_NE(at, expected.end()) << "no row for " << key << ": " << row.verdict;
    EXPECT_EQ(at->second, row.verdict) << key << ": " << row.detail;
  }
  for (const auto& [key, verdict] : expected) {
    EXPECT_EQ(actual.count(key), 1u) << "a row for nothing: " << key << " " << verdict;
  }
}

std::pair<std::string, std::string> shapes(const std::string& generator) {
  const Registry registry = builtin();
  const InterferenceMatrix matrix =
      measure_interference(registry.subject("all-drawing"), generator, 42, registry);
  EXPECT_GE(matrix.layers.size(), 8u);
  return {describe(matrix.any_at_step_0()), describe(matrix.later_square())};
}

TEST(BuiltinTest, OneSharedEngineDisturbsAllThatFollows) {
  EXPECT_EQ(shapes("shared-global"),
            std::make_pair(std::string("lower triangular"), std::string("full")));
}

TEST(BuiltinTest, StreamsOfTheirOwnAndIdentityDisturbNobody) {
  for (const char* generator : {"philox", "counter"}) {
    EXPECT_EQ(shapes(generator), std::make_pair(std::string("diagonal"), std::string("diagonal")))
        << generator;
  }
}

}  // namespace
