// The harness must go red for every fault, stay silent for its twin, and notice a stubbed relation.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/faults/fault.h>
#include <seedproof/harness/faults/world.h>
#include <seedproof/rng/values/error.h>

#include "tests/harness/trace_main.h"

using namespace seedproof;
using testing::IsEmpty;

Registry traced_registry() { return faults::with_parts(builtin()); }

namespace {

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const Fault& fault : builtin_faults()) out.push_back(fault.name);
  return out;
}

class EveryFault : public testing::TestWithParam<std::string> {};

TEST_P(EveryFault, IsCaughtByItsCheckWithItsCauseAndItsTwinIsNotAccused) {
  SelftestOptions options;
  options.only = {GetParam()};
  const std::vector<FaultOutcome> outcomes = run_selftest(options);
  if (outcomes.empty()) GTEST_SKIP() << "a sanitizer's operator new came first";
  EXPECT_TRUE(outcomes.front().killed) << outcomes.front().expected_check;
  EXPECT_TRUE(outcomes.front().explained);
  EXPECT_THAT(outcomes.front().false_alarms, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Builtin, EveryFault, testing::ValuesIn(names()), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Selftest, AStubbedRelationMissesItsFaults) {
  SelftestOptions options;
  options.only = {"mask-frozen", "one-engine-for-all"};
  options.stub_relation = "fresh";
  std::vector<FaultOutcome> outcomes = run_selftest(options);
  ASSERT_EQ(outcomes.size(), 2u);
  EXPECT_FALSE(outcomes[0].killed);
  EXPECT_TRUE(outcomes[1].killed);
  options.stub_relation = "same-draws";
  outcomes = run_selftest(options);
  EXPECT_TRUE(outcomes[0].killed);
  EXPECT_FALSE(outcomes[1].killed);
}

TEST(Selftest, AStubbedCheckOfItsOwnKindMissesItsFaults) {
  SelftestOptions options;
  options.only = {"golden-bit-flipped"};
  options.stub_relation = "golden/draws";
  EXPECT_FALSE(run_selftest(options).front().killed);
}

TEST(Selftest, UnknownNamesAreRefused) {
  SelftestOptions options;
  options.stub_relation = "no-such-relation";
  EXPECT_THROW(run_selftest(options), Error);
  options.stub_relation.clear();
  options.only = {"no-such-fault"};
  EXPECT_THROW(run_selftest(options), Error);
}

}  // namespace
