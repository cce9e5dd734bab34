// Each verdict flips when the negative control is put in its place; what real frameworks decided is
// known beforehand.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include <seedproof/harness/study/experiment.h>
#include <seedproof/harness/study/hypothesis.h>

namespace seedproof {
namespace {

class EveryHypothesis : public testing::TestWithParam<Hypothesis> {};

TEST_P(EveryHypothesis, FlipsUnderItsControl) {
  const Registry registry = builtin();
  const HypothesisResult real = GetParam().run(registry, false);
  const HypothesisResult control = GetParam().run(registry, true);
  EXPECT_EQ(control.outcome, GetParam().expected_control) << control.measured;
  EXPECT_NE(real.outcome, control.outcome) << real.measured;
  EXPECT_FALSE(real.measured.empty());
  EXPECT_FALSE(GetParam().threshold.empty());
  EXPECT_EQ(real.outcome == Outcome::conditional, !real.condition.empty());
}

INSTANTIATE_TEST_SUITE_P(Builtin, EveryHypothesis, testing::ValuesIn(builtin_hypotheses()),
                         [](const auto& row) {
                           std::string name = row.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

std::map<std::string, HypothesisResult> results() {
  const Registry registry = builtin();
  std::map<std::string, HypothesisResult> out;
  for (const Hypothesis& one : builtin_hypotheses()) out[one.name] = one.run(registry, false);
  return out;
}

// Observed on the real frameworks: TensorFlow 2.21.0, Keras 3.15.1 and tf-keras 2.21.0.
TEST(Study, AgreesWithWhatTheFrameworksShow) {
  const auto all = results();
  EXPECT_GE(all.size(), 10u);
  EXPECT_EQ(all.at("next-seed-is-shifted").outcome, Outcome::supported);
  EXPECT_EQ(all.at("second-draw-is-later-seed").outcome, Outcome::supported);
  EXPECT_EQ(all.at("flatten-keeps-the-batch").outcome, Outcome::refuted);
  EXPECT_EQ(all.at("rate-one-drops-everything").outcome, Outcome::refuted);
  EXPECT_NE(all.at("unseeded-layer-works").condition.find("not of tf-generator"),
            std::string::npos);
  EXPECT_NE(all.at("own-generator-survives-saving").condition.find("tf-generator"),
            std::string::npos);
}

TEST(Study, DecidesByWhatWasObserved) {
  using study::decide;
  EXPECT_EQ(decide({{"a", true, "x"}, {"b", true, "y"}}).outcome, Outcome::supported);
  EXPECT_EQ(decide({{"a", false, "x"}}).outcome, Outcome::refuted);
  EXPECT_EQ(decide({}).outcome, Outcome::undecided);
  const HypothesisResult mixed = decide({{"a", true, "x"}, {"b", false, "y"}});
  EXPECT_EQ(mixed.outcome, Outcome::conditional);
  EXPECT_EQ(mixed.condition, "true of a; not of b");
  EXPECT_EQ(mixed.measured, "a x; b y");
}

}  // namespace
}  // namespace seedproof
