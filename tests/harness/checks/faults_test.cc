// Each check goes red for what it is there for, and for nothing else.
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/checks/allocation_counter.h>
#include <seedproof/harness/subjects/subjects.h>

#include "tests/harness/fakes.h"
#include "tests/harness/trace_main.h"

using namespace seedproof;
using fakes::Wrong;
using fakes::WrongLayer;
using testing::HasSubstr;

Registry traced_registry() {
  using fakes::generator_entry;
  using fakes::layer_entry;
  return fakes::registry_with(
      {generator_entry<Wrong::nothing>("nothing"),
       generator_entry<Wrong::frozen>("frozen"),
       generator_entry<Wrong::shared>("shared"),
       generator_entry<Wrong::shared, false>("shared-unpromised"),
       generator_entry<Wrong::keyed_by_order>("keyed-by-order"),
       generator_entry<Wrong::leaks>("leaks"),
       generator_entry<Wrong::ignores_root>("ignores-root"),
       generator_entry<Wrong::ignores_seed>("ignores-seed"),
       generator_entry<Wrong::adjacent>("adjacent"),
       generator_entry<Wrong::unrepeatable>("unrepeatable"),
       generator_entry<Wrong::reads_environment>("reads-environment"),
       generator_entry<Wrong::hidden_words>("hidden-words"),
       generator_entry<Wrong::growing_words>("growing-words"),
       generator_entry<Wrong::no_ledger>("no-ledger"),
       generator_entry<Wrong::forgets>("forgets"),
       generator_entry<Wrong::allocates>("allocates"),
       generator_entry<Wrong::one_by_one>("one-by-one"),
       generator_entry<Wrong::equal_unseeded>("equal-unseeded"),
       generator_entry<Wrong::refuses_none>("refuses-none"),
       generator_entry<Wrong::breaks_on_none>("breaks-on-none"),
       generator_entry<Wrong::moved_by_inference>("moved-by-inference")},
      {layer_entry<>("Noise"), layer_entry<WrongLayer::loses_seed>("LosesSeed"),
       layer_entry<WrongLayer::piecewise>("Piecewise"),
       layer_entry<WrongLayer::always_on>("AlwaysOn"),
       layer_entry<WrongLayer::asks_for_normals>("Normals"),
       layer_entry<WrongLayer::fails_at_step_1>("Fails"),
       layer_entry<WrongLayer::silent>("Silent")});
}

namespace {

using Results = std::map<std::string, CheckResult>;

/// Ambient layers: no seed of their own, so that the root's has a say.
Subject subject_named(const std::string& layer, bool seeded) {
  Subject subject = subject_of(traced_registry().layer(layer));
  if (!seeded) {
    for (LayerSpec& spec : subject.layers) spec.config.set("seed", ConfigValue());
  }
  return subject;
}

Results run_all(const std::string& generator, const std::string& layer = "Noise",
                bool seeded = true) {
  const Registry registry = traced_registry();
  const CheckContext context{registry};
  const Subject subject = subject_named(layer, seeded);
  Results out;
  for (const Check& check : registry.checks()) {
    if (check.family == "golden") continue;
    out[check.name] = run_check(check, subject, registry.generator(generator), context);
  }
  return out;
}

std::set<std::string> with_verdict(const Results& results, Verdict verdict) {
  std::set<std::string> out;
  for (const auto& [name, result] : results) {
    if (result.verdict == verdict) out.insert(name);
  }
  return out;
}

using Names = std::set<std::string>;

struct FaultRow {
  const char* generator;
  Names broken;
  const char* check;  // whose first finding is looked at
  const char* layer;
  std::uint64_t step;
  const char* explanation;
};

void PrintTo(const FaultRow& row, std::ostream* out) { *out << row.generator; }

class GeneratorFault : public testing::TestWithParam<FaultRow> {};

TEST_P(GeneratorFault, BreaksItsChecksAndNoOthers) {
  const FaultRow& row = GetParam();
  if (!allocations_are_counted() && row.broken.count("throughput/allocations") != 0) {
    GTEST_SKIP() << "a sanitizer's operator new came first";
  }
  const Results results = run_all(row.generator);
  EXPECT_EQ(with_verdict(results, Verdict::broken), row.broken);
  EXPECT_EQ(with_verdict(results, Verdict::unpromised), Names{});
  EXPECT_EQ(with_verdict(results, Verdict::could_not_run), Names{});
  if (row.check == nullptr) return;
  const CheckResult& result = results.at(row.check);
  ASSERT_FALSE(result.findings.empty());
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.layer, row.layer);
  EXPECT_EQ(finding.step, row.step);
  EXPECT_THAT(finding.explanation, HasSubstr(row.explanation));
  EXPECT_FALSE(finding.expected.empty());
  EXPECT_FALSE(finding.found.empty());
}

INSTANTIATE_TEST_SUITE_P(
    OneChangeEach, GeneratorFault,
    testing::Values(
        FaultRow{"nothing", {}, nullptr, nullptr, 0, nullptr},
        FaultRow{"refuses-none", {}, nullptr, nullptr, 0, nullptr},
        FaultRow{
            "frozen", {"seeding/fresh"}, "seeding/fresh", "noise_before", 1, "frozen since step 0"},
        FaultRow{"shared",
                 {"interference/insertion", "interference/removal", "interference/extra-draws",
                  "interference/reorder"},
                 "interference/insertion",
                 "noise",
                 0,
                 "'inserted' drew 35 words of it before this draw in place of 0"},
        FaultRow{"keyed-by-order",
                 {"interference/insertion", "interference/removal", "interference/reorder"},
                 "interference/insertion",
                 "noise",
                 0,
                 "another stream"},
        FaultRow{"leaks",
                 {"interference/insertion", "interference/removal", "interference/extra-draws",
                  "interference/reorder"},
                 "interference/extra-draws",
                 "noise",
                 0,
                 "shifted by 13 words ahead in the same stream"},
        FaultRow{"ignores-seed",
                 {"seeding/other-layer-seed", "seeding/not-shifted"},
                 "seeding/other-layer-seed",
                 "noise",
                 0,
                 "does not reach"},
        FaultRow{"adjacent",
                 {"seeding/not-shifted", "seeding/unseeded"},
                 "seeding/not-shifted",
                 "noise",
                 0,
                 "shifted by 4 numbers"},
        FaultRow{"unrepeatable",
                 {"seeding/same-seed", "seeding/outputs", "seeding/fresh-process", "seeding/config",
                  "seeding/resume", "seeding/resume-at-start", "interference/insertion",
                  "interference/removal", "interference/extra-draws", "interference/reorder",
                  "interference/other-seed", "interference/evaluation"},
                 "seeding/same-seed",
                 "noise_before",
                 0,
                 "another stream"},
        FaultRow{"reads-environment",
                 {"seeding/fresh-process"},
                 "seeding/fresh-process",
                 "noise_before",
                 0,
                 "another stream"},
        FaultRow{"hidden-words",
                 {"seeding/words", "throughput/words"},
                 "seeding/words",
                 "noise_before",
                 2,
                 "not recorded"},
        FaultRow{"growing-words",
                 {"throughput/words"},
                 "throughput/words",
                 "noise_before",
                 1,
                 "another number of words each time"},
        FaultRow{"no-ledger",
                 {"seeding/words", "throughput/words"},
                 "seeding/words",
                 "noise_before",
                 0,
                 "not recorded"},
        FaultRow{"forgets",
                 {"seeding/resume"},
                 "seeding/resume",
                 "noise_before",
                 1,
                 "the numbers drawn at step 0 again"},
        FaultRow{"allocates",
                 {"throughput/allocations"},
                 "throughput/allocations",
                 "noise_before",
                 2,
                 "memory is allocated for each draw"},
        FaultRow{"one-by-one",
                 {"throughput/calls"},
                 "throughput/calls",
                 "noise_after",
                 2,
                 "one virtual call each"},
        FaultRow{"equal-unseeded",
                 {"seeding/unseeded"},
                 "seeding/unseeded",
                 "noise",
                 0,
                 "draws the numbers of 'noise_before'"},
        FaultRow{"breaks-on-none",
                 {"seeding/unseeded"},
                 "seeding/unseeded",
                 "noise_before",
                 0,
                 "neither accepted nor refused"},
        FaultRow{"moved-by-inference",
                 {"interference/evaluation"},
                 "interference/evaluation",
                 "noise_before",
                 0,
                 "shifted by 3 words ahead"}));

TEST(RootSeedTest, IsCheckedWhereLayersHaveNoSeed) {
  EXPECT_EQ(run_all("nothing", "Noise", false).at("seeding/other-seed").verdict, Verdict::holds);
  EXPECT_EQ(run_all("ignores-root", "Noise", false).at("seeding/other-seed").verdict,
            Verdict::broken);
  // A seed that the layer was given decides, where the root's has no say.
  EXPECT_EQ(run_all("ignores-root").at("seeding/other-seed").verdict, Verdict::not_applicable);
}

TEST(UnpromisedTest, WhatNobodyPromisedIsToldAndNotFailed) {
  const Results results = run_all("shared-unpromised");
  EXPECT_EQ(with_verdict(results, Verdict::broken), Names{});
  EXPECT_EQ(with_verdict(results, Verdict::unpromised),
            (Names{"interference/insertion", "interference/removal", "interference/extra-draws",
                   "interference/reorder"}));
  EXPECT_FALSE(results.at("interference/insertion").promised);
  EXPECT_FALSE(results.at("interference/insertion").findings.empty());
}

TEST(LayerFaultTest, ALostSeedIsNamed) {
  const Results results = run_all("nothing", "LosesSeed");
  EXPECT_EQ(with_verdict(results, Verdict::broken), Names{"seeding/config"});
  EXPECT_THAT(results.at("seeding/config").findings.front().explanation,
              HasSubstr("seed: 15485880 was left out"));
}

TEST(LayerFaultTest, ATensorDrawnInPiecesIsFound) {
  const Results results = run_all("nothing", "Piecewise");
  EXPECT_EQ(with_verdict(results, Verdict::broken), Names{"throughput/calls"});
  const Finding& finding = results.at("throughput/calls").findings.front();
  EXPECT_EQ(finding.layer, "piecewise_before");
  EXPECT_EQ(finding.explanation, "the tensor is drawn in pieces of 1 number");
}

TEST(LayerFaultTest, DrawingInInferenceIsNoFault) {
  const Results results = run_all("nothing", "AlwaysOn");
  EXPECT_EQ(with_verdict(results, Verdict::broken), Names{});
  EXPECT_EQ(results.at("interference/evaluation").verdict, Verdict::not_applicable);
}

TEST(LayerFaultTest, NothingHoldsForALayerThatDrawsNothing) {
  const Results results = run_all("nothing", "Silent");
  for (const auto& [name, result] : results) {
    EXPECT_EQ(result.verdict, Verdict::not_applicable) << name;
    EXPECT_FALSE(result.detail.empty()) << name;
  }
}

TEST(LayerFaultTest, ADrawTheGeneratorNeverHadIsNotApplicable) {
  for (const auto& [name, result] : run_all("nothing", "Normals")) {
    if (name == "seeding/unseeded") continue;
    EXPECT_EQ(result.verdict, Verdict::not_applicable) << name;
  }
}

TEST(LayerFaultTest, APromiseThatCouldNotRunIsTold) {
  const Results results = run_all("nothing", "Fails");
  EXPECT_EQ(results.at("seeding/same-seed").verdict, Verdict::could_not_run);
  EXPECT_THAT(results.at("seeding/same-seed").detail,
              HasSubstr("step 1, layer 'fails_before': TypeError: no float"));
  EXPECT_EQ(run_all("shared-unpromised", "Fails").at("seeding/same-seed").verdict,
            Verdict::unpromised);
}

TEST(CheckTest, ResultsSayWhatTheyAreOf) {
  const CheckResult result = run_all("shared").at("interference/insertion");
  EXPECT_EQ(result.subject, "Noise");
  EXPECT_EQ(result.generator, "shared");
  EXPECT_EQ(result.family, "interference");
  EXPECT_EQ(result.check, "interference/insertion");
  EXPECT_TRUE(result.promised);
  EXPECT_EQ(result.replay,
            "seedproof check Noise --generator shared --check interference/insertion --seed 42");
}

TEST(CheckTest, ProcessesCanBeLeftOut) {
  const Registry registry = traced_registry();
  CheckContext context{registry};
  context.fresh_process = false;
  const CheckResult result =
      run_check(registry.check("seeding/fresh-process"), subject_named("Noise", true),
                registry.generator("nothing"), context);
  EXPECT_EQ(result.verdict, Verdict::not_applicable);
}

TEST(CheckTest, AProcessThatCannotBeStartedIsTold) {
  const Registry registry = traced_registry();
  CheckContext context{registry};
  context.program = "/nonexistent/program";
  const CheckResult result =
      run_check(registry.check("seeding/fresh-process"), subject_named("Noise", true),
                registry.generator("nothing"), context);
  EXPECT_EQ(result.verdict, Verdict::could_not_run);
  EXPECT_THAT(result.detail, HasSubstr("cannot start"));
}

TEST(CheckTest, EveryPairNamesItemsThatExist) {
  const Registry registry = traced_registry();
  for (const Check& check : registry.checks()) {
    EXPECT_EQ(check.name.rfind(check.family + "/", 0), 0u) << check.name;
    EXPECT_FALSE(check.description.empty());
    if (check.custom) continue;
    if (!check.variation.empty()) {
      EXPECT_NO_THROW(registry.variation(check.variation));
    }
    EXPECT_NO_THROW(registry.relation(check.relation));
  }
}

}  // namespace
