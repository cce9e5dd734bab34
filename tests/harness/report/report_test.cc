#include <nlohmann/json.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/report/report.h>

namespace seedproof {
namespace {

using testing::HasSubstr;
using testing::Not;

CheckResult result(const std::string& subject, Verdict verdict) {
  CheckResult out;
  out.subject = subject;
  out.generator = "gen<1>";
  out.family = "seeding";
  out.check = "seeding/same-seed";
  out.verdict = verdict;
  out.promised = true;
  out.detail = "3 of 5 draws differ & \"more\"";
  out.replay = "seedproof check " + subject;
  if (verdict == Verdict::broken) {
    out.findings.push_back({"drop", 2, "mask, draw 1", "[1, 4]", "0.5", "0.25", "shifted by 4"});
  }
  return out;
}

CheckReport report(const std::vector<Verdict>& verdicts) {
  CheckReport out;
  out.version = "1.2.3";
  out.root_seed = "42";
  out.command = "seedproof check";
  int number = 0;
  for (const Verdict verdict : verdicts) {
    out.results.push_back(result("S" + std::to_string(number++), verdict));
  }
  return out;
}

TEST(ExitCode, FollowsTheVerdicts) {
  EXPECT_EQ(exit_code(report({})), 3);
  EXPECT_EQ(exit_code(report({Verdict::holds})), 0);
  EXPECT_EQ(exit_code(report({Verdict::not_applicable, Verdict::no_oracle})), 3);
  EXPECT_EQ(exit_code(report({Verdict::unpromised})), 0);
  EXPECT_EQ(exit_code(report({Verdict::holds, Verdict::broken})), 1);
  EXPECT_EQ(exit_code(report({Verdict::holds, Verdict::could_not_run})), 1);
}

TEST(ExitCode, MissingGoldensAreFourUnlessSomethingBroke) {
  CheckReport missing = report({Verdict::holds, Verdict::could_not_run});
  missing.results[1].figures["golden_missing"] = 2;
  EXPECT_EQ(exit_code(missing), 4);
  missing.results.push_back(result("S9", Verdict::broken));
  EXPECT_EQ(exit_code(missing), 1);
}

TEST(Summary, CountsEachVerdictOnce) {
  const CheckSummary summary =
      summarize(report({Verdict::holds, Verdict::broken, Verdict::unpromised, Verdict::no_oracle,
                        Verdict::not_applicable, Verdict::could_not_run, Verdict::holds}));
  EXPECT_EQ(summary.checks, 7u);
  EXPECT_EQ(summary.subjects, 7u);
  EXPECT_EQ(summary.generators, 1u);
  EXPECT_EQ(summary.holds, 2u);
  EXPECT_EQ(summary.broken, 1u);
  EXPECT_EQ(summary.unpromised, 1u);
  EXPECT_EQ(summary.no_oracle, 1u);
  EXPECT_EQ(summary.not_applicable, 1u);
  EXPECT_EQ(summary.could_not_run, 1u);
}

TEST(Json, HoldsSummaryFindingsAndSchema) {
  const auto json = nlohmann::json::parse(json_report(report({Verdict::holds, Verdict::broken})));
  EXPECT_EQ(json.at("schema"), "seedproof-check");
  EXPECT_EQ(json.at("schema_version"), 1);
  EXPECT_EQ(json.at("summary").at("broken"), 1);
  EXPECT_EQ(json.at("results").at(1).at("findings").at(0).at("element"), "[1, 4]");
  EXPECT_EQ(json.at("results").at(1).at("verdict"), "broken");
}

TEST(Json, SurvivesBytesThatAreNoText) {
  CheckReport odd = report({Verdict::holds});
  odd.results[0].detail = "\xff\xfe";
  EXPECT_EQ(nlohmann::json::parse(json_report(odd)).at("schema"), "seedproof-check");
}

TEST(Junit, CountsAndEscapes) {
  const std::string xml = junit_report(
      report({Verdict::holds, Verdict::broken, Verdict::could_not_run, Verdict::no_oracle}));
  EXPECT_THAT(xml, HasSubstr("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""));
  EXPECT_THAT(xml, HasSubstr("gen&lt;1&gt;"));
  EXPECT_THAT(xml, HasSubstr("&amp; &quot;more&quot;"));
  EXPECT_THAT(xml, Not(HasSubstr("gen<1>")));
  EXPECT_THAT(xml, HasSubstr("shifted by 4"));
}

TEST(Terminal, SaysWhatBrokeAndHowToSeeItAgain) {
  const std::string text = terminal_report(report({Verdict::holds, Verdict::broken}), {});
  EXPECT_THAT(text, HasSubstr("promises are broken"));
  EXPECT_THAT(text, HasSubstr("layer drop, step 2, mask, draw 1, element [1, 4]"));
  EXPECT_THAT(text, HasSubstr("because: shifted by 4"));
  EXPECT_THAT(text, HasSubstr("replay: seedproof check S1"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(terminal_report(report({Verdict::broken}), {true, 100, false}), HasSubstr("\x1b["));
}

TEST(Terminal, NothingRunIsSaid) {
  EXPECT_THAT(terminal_report(report({}), {}), HasSubstr("nothing ran"));
}

}  // namespace
}  // namespace seedproof
