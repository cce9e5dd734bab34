#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/relations/draws.h>

#include "tests/harness/relations/traces.h"

namespace seedproof {
namespace {

using testing::HasSubstr;
using namespace traces;

Trace with_seeds(Trace trace, bool seeded) {
  for (DrawEvent& draw : trace.draws) draw.seeded = seeded;
  return trace;
}

TEST(SameDrawsTest, HoldsForEqualRunsAndPlacesTheFirstDivergence) {
  EXPECT_EQ(relate("same-draws", healthy(), healthy()).kind, kHolds);
  Trace varied = healthy();
  varied.draws[3] = draw_of("b", 1, 99, 0);
  varied.draws[5] = draw_of("b", 2, 99, 15);
  const RelationResult result = relate("same-draws", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].layer, "b");
  EXPECT_EQ(result.findings[0].step, 1u);
  EXPECT_EQ(result.findings[0].draw, "mask, draw 1 of step 1");
  EXPECT_EQ(result.findings[0].element, "[0]");
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("another stream"));
}

TEST(SameDrawsTest, NamesTheElementWhereNumbersPart) {
  Trace varied = healthy();
  Tensor numbers = numbers_of(2, 15, 15);
  numbers.as<float>()[11] += 0.25f;
  varied.draws[3] = draw_of("b", 1, 2, 15, numbers);
  const RelationResult result = relate("same-draws", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].element, "[11]");
  EXPECT_NE(result.findings[0].expected, result.findings[0].found);
}

TEST(SameDrawsTest, MissingAndAdditionalDrawsAreFound) {
  Trace varied = healthy();
  varied.draws.pop_back();
  RelationResult result = relate("same-draws", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].explanation, "the layer drew less often");
  EXPECT_EQ(result.findings[0].step, 2u);
  result = relate("same-draws", varied, healthy());
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].explanation, "the layer drew more often");
}

TEST(SameDrawsTest, LooksOnlyAtLayersLeftAlone) {
  const Plan plan = plan_of({"a", "b"});
  Trace varied = healthy();
  varied.draws[1] = draw_of("b", 0, 99, 0);
  Plan other = plan;
  other.subject.layers[1].config.set("seed", 4);
  EXPECT_EQ(relate("same-draws", plan, healthy(), other, varied).kind, kHolds);
  other = plan;
  other.extra_draws = {{"b", 0, 13}};
  varied.extra_numbers = 13;
  EXPECT_EQ(relate("same-draws", plan, healthy(), other, varied).kind, kHolds);
  other.extra_draws = {{"a", 0, 13}};
  EXPECT_EQ(relate("same-draws", plan, healthy(), other, varied).kind, kBroken);
}

TEST(SameDrawsTest, ADisturbanceThatDidNotHappenShowsNothing) {
  const Plan plan = plan_of({"a", "b"});
  Plan other = plan;
  other.extra_draws = {{"a", 0, 13}};
  EXPECT_EQ(relate("same-draws", plan, healthy(), other, healthy()).kind, kNotApplicable);
}

TEST(SameDrawsTest, RunsWithoutDrawsShowNothing) {
  for (const char* name :
       {"same-draws", "same-state", "same-counts", "same-outputs", "same-run", "different-draws",
        "fresh", "distinct", "unseeded-as-documented", "config-keeps-seed"}) {
    Trace trace = healthy();
    trace.draws.clear();
    EXPECT_EQ(relate(name, trace, trace).kind, kNotApplicable) << name;
  }
}

TEST(SameDrawsTest, ALayersOwnInferenceIsNoInterference) {
  Trace varied = healthy();
  varied.draws[3] = draw_of("b", 1, 2, 30);
  DrawEvent own = draw_of("b", 1, 2, 15);
  own.record.moment.phase = Phase::evaluate;
  varied.draws.insert(varied.draws.begin() + 3, own);
  const RelationResult result = relate("same-draws", healthy(), varied);
  EXPECT_EQ(result.kind, kHolds);  // of layer a alone
  EXPECT_THAT(result.reason, HasSubstr("3 draws of 1 layer"));
  Trace alone = varied;
  std::erase_if(alone.draws,
                [](const DrawEvent& draw) { return draw.record.site.scope.path == "a"; });
  Trace plain = healthy();
  std::erase_if(plain.draws,
                [](const DrawEvent& draw) { return draw.record.site.scope.path == "a"; });
  EXPECT_EQ(relate("same-draws", plain, alone).kind, kNotApplicable);
  varied.draws[0] = draw_of("a", 0, 99, 0);  // which does not draw in inference
  EXPECT_EQ(relate("same-draws", healthy(), varied).kind, kBroken);
}

TEST(SameDrawsTest, DigestsAloneSuffice) {
  Trace there = healthy();
  for (DrawEvent& draw : there.draws) draw.numbers = Tensor();
  EXPECT_EQ(relate("same-run", healthy(), there).kind, kHolds);
  there.draws[2].digest += 1;
  there.draws[2].record.stream.key[0] = 8;
  const RelationResult result = relate("same-run", healthy(), there);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_THAT(result.findings[0].expected, HasSubstr("digest"));
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("another stream"));
}

TEST(SameRunTest, OutputsAndStatesCountToo) {
  Trace varied = healthy();
  varied.outputs[3].digest += 1;
  RelationResult result = relate("same-run", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].draw, "output");
  EXPECT_EQ(result.findings[0].step, 1u);
  varied = healthy();
  varied.states[2].digest += 1;
  result = relate("same-run", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].draw, "state after step 1");
  EXPECT_EQ(relate("same-state", healthy(), varied).kind, kBroken);
  EXPECT_EQ(relate("same-state", healthy(), healthy()).kind, kHolds);
}

TEST(SameOutputsTest, ExplainsByTheDrawsOrByTheirEquality) {
  EXPECT_EQ(relate("same-outputs", healthy(), healthy()).kind, kHolds);
  Trace varied = healthy();
  varied.outputs[3].digest += 1;
  RelationResult result = relate("same-outputs", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].layer, "b");
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("the draws are equal"));
  varied.draws[3] = draw_of("b", 1, 99, 0);
  result = relate("same-outputs", healthy(), varied);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("another stream"));
}

TEST(DifferentDrawsTest, HoldsOnlyForOtherUnrelatedNumbers) {
  Trace other = healthy();
  for (std::uint64_t step = 0; step < 3; ++step) {
    other.draws[2 * step + 1] = draw_of("b", step, 50, 15 * step);
  }
  EXPECT_EQ(relate("different-draws", healthy(), other).kind, kHolds);
  other.draws[3] = draw_of("b", 1, 2, 15);
  const RelationResult result = relate("different-draws", healthy(), other);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].step, 1u);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("does not reach"));
}

TEST(DifferentDrawsTest, SeesAShiftBothWays) {
  Trace ahead = healthy(), back = healthy();
  for (std::uint64_t step = 0; step < 3; ++step) {
    ahead.draws[2 * step + 1] = draw_of("b", step, 2, 1000 * step + 4);
    back.draws[2 * step + 1] = draw_of("b", step, 2, 1000 * step);
  }
  EXPECT_THAT(relate("different-draws", back, ahead).findings.at(0).explanation,
              HasSubstr("shifted by 4 numbers ahead"));
  EXPECT_THAT(relate("different-draws", ahead, back).findings.at(0).explanation,
              HasSubstr("shifted by 4 numbers back"));
}

TEST(DifferentDrawsTest, TooFewBitsShowNothing) {
  Trace few;
  few.draws = {draw_of("b", 0, 1, 0, 5)};  // 115 bits
  EXPECT_EQ(relate("different-draws", few, few).kind, kNotApplicable);
  few.draws = {draw_of("b", 0, 1, 0, 6)};  // 138
  EXPECT_EQ(relate("different-draws", few, few).kind, kBroken);
}

TEST(DifferentDrawsTest, SeedsWithoutASayAreNotBlamed) {
  const Plan plan = plan_of({"a", "b"});
  Plan other_root = plan;
  other_root.root = 43;
  const Trace seeded = with_seeds(healthy(), true);
  EXPECT_EQ(relate("different-draws", plan, seeded, other_root, seeded).kind, kNotApplicable);
  EXPECT_EQ(relate("different-draws", plan, healthy(), other_root, healthy()).kind, kBroken);

  Plan other_seed = plan;
  other_seed.subject.layers[1].config.set("seed", 99);
  EXPECT_EQ(relate("different-draws", plan, seeded, other_seed, seeded).kind, kBroken);
  Trace one_sequence;
  for (std::uint64_t step = 0; step < 3; ++step) {
    one_sequence.draws.push_back(draw_of("a", step, 1, 30 * step));
    one_sequence.draws.push_back(draw_of("b", step, 1, 30 * step + 15));
  }
  EXPECT_EQ(relate("different-draws", plan, one_sequence, other_seed, one_sequence).kind,
            kNotApplicable);
}

TEST(FreshTest, FindsFrozenAndOverlappingDraws) {
  EXPECT_EQ(relate("fresh", healthy(), healthy()).kind, kHolds);
  Trace frozen = healthy();
  frozen.draws[5] = draw_of("b", 2, 2, 15);
  RelationResult result = relate("fresh", frozen, frozen);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].layer, "b");
  EXPECT_EQ(result.findings[0].step, 2u);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("frozen since step 1"));
  Trace lagging = healthy();
  lagging.draws[5] = draw_of("b", 2, 2, 20);
  result = relate("fresh", lagging, lagging);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("shifted by 5 numbers"));
}

TEST(FreshTest, ConstantRegionsAndSingleDrawsShowNothing) {
  Trace zeros;
  for (std::uint64_t step = 0; step < 3; ++step) {
    DrawEvent draw = draw_of("a", step, 1, 15 * step, Tensor(DType::f32, {15}));
    draw.record.distribution = Distribution::uniform(0.0, 0.0);
    zeros.draws.push_back(draw);
  }
  EXPECT_EQ(relate("fresh", zeros, zeros).kind, kNotApplicable);
  Trace once;
  once.draws = {draw_of("a", 0, 1, 0), draw_of("b", 0, 2, 0)};
  EXPECT_EQ(relate("fresh", once, once).kind, kNotApplicable);
}

TEST(DistinctTest, FindsEqualNumbersAndSharedWords) {
  EXPECT_EQ(relate("distinct", healthy(), healthy()).kind, kHolds);
  Trace equal = healthy();
  equal.draws[3] = draw_of("b", 1, 77, 0, numbers_of(1, 19, 15));
  RelationResult result = relate("distinct", equal, equal);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].layer, "b");
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("shares its stream with 'a'"));
  Trace overlapping = healthy();
  overlapping.draws[3] = draw_of("b", 1, 1, 29, numbers_of(2, 15, 15));
  result = relate("distinct", overlapping, overlapping);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("shares words with 'a'"));
}

TEST(DistinctTest, OneStreamInTurnsIsNotSharing) {
  Trace turns;
  for (std::uint64_t step = 0; step < 3; ++step) {
    turns.draws.push_back(draw_of("a", step, 1, 30 * step));
    turns.draws.push_back(draw_of("b", step, 1, 30 * step + 15));
  }
  EXPECT_EQ(relate("distinct", turns, turns).kind, kHolds);
}

TEST(SameCountsTest, CountsWordsAndTrustsNoSilence) {
  EXPECT_EQ(relate("same-counts", healthy(), healthy()).kind, kHolds);
  Trace more = healthy();
  more.draws[3].record.last.low += 1;
  RelationResult result = relate("same-counts", healthy(), more);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].layer, "b");
  EXPECT_EQ(result.findings[0].step, 1u);
  EXPECT_THAT(result.findings[0].found, HasSubstr("16 words"));

  Trace silent = healthy();
  silent.draws[2].recorded = false;
  result = relate("same-counts", silent, silent);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("not recorded"));

  Trace hidden = healthy();  // a gap of 3 words that no record tells of
  hidden.draws[5] = draw_of("b", 2, 2, 33);
  result = relate("same-counts", hidden, hidden);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].step, 2u);
  EXPECT_THAT(result.findings[0].found, HasSubstr("3 words"));

  Trace reserved;  // an advance beyond what is used is fine when it is the same each time
  for (std::uint64_t step = 0; step < 3; ++step) {
    reserved.draws.push_back(draw_of("a", step, 1, 1000 * step));
  }
  EXPECT_EQ(relate("same-counts", reserved, reserved).kind, kHolds);

  // Two cursors in one numbering: what the other one reads in between says nothing.
  Trace cursors = reserved;
  cursors.draws.insert(cursors.draws.begin() + 1, draw_of("b", 0, 1, 400));
  cursors.draws.insert(cursors.draws.begin() + 3, draw_of("b", 1, 1, 5400));
  cursors.draws.insert(cursors.draws.begin() + 5, draw_of("b", 2, 1, 10400));
  EXPECT_EQ(relate("same-counts", cursors, cursors).kind, kHolds);

  // One sequence for both, of which b takes more each time and says so.
  Trace turns;
  turns.draws = {draw_of("a", 0, 1, 0), draw_of("b", 0, 1, 15, 5), draw_of("a", 1, 1, 20),
                 draw_of("b", 1, 1, 35, 6), draw_of("a", 2, 1, 41)};
  EXPECT_EQ(relate("same-counts", turns, turns).kind, kHolds);
  turns.draws[4] = draw_of("a", 2, 1, 42);
  EXPECT_EQ(relate("same-counts", turns, turns).kind, kBroken);
}

TEST(UnseededTest, AcceptsARefusalAndNumbersOfTheirOwn) {
  EXPECT_EQ(relate("unseeded-as-documented", healthy(), healthy()).kind, kHolds);
  Trace refused;
  refused.error = RunError{ErrorKind::value, "build", "a", "no None", false};
  RelationResult result = relate("unseeded-as-documented", healthy(), refused);
  EXPECT_EQ(result.kind, kHolds);
  EXPECT_THAT(result.reason, HasSubstr("no None"));
  refused.error->kind = ErrorKind::runtime;
  result = relate("unseeded-as-documented", healthy(), refused);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].layer, "a");
  Trace equal = healthy();
  equal.draws[1] = draw_of("b", 0, 1, 0);
  result = relate("unseeded-as-documented", healthy(), equal);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_THAT(result.findings[0].explanation, HasSubstr("the numbers of 'a'"));
}

TEST(ConfigTest, NamesTheEntryThatWasLost) {
  Trace varied = healthy();
  varied.draws[1] = draw_of("b", 0, 99, 0);
  varied.config_changes = {"a.rate: 0.5 became 0.25", "b.seed: 3 was left out"};
  const RelationResult result = relate("config-keeps-seed", healthy(), varied);
  ASSERT_EQ(result.kind, kBroken);
  EXPECT_EQ(result.findings[0].explanation, "lost in the configuration: b.seed: 3 was left out");
  EXPECT_EQ(relate("config-keeps-seed", healthy(), healthy()).kind, kHolds);
}

TEST(RandomBitsTest, AreCountedFromBelow) {
  DrawRecord record;
  record.count = 10;
  EXPECT_EQ(bits_per_number(record), 23);
  record.dtype = DType::bf16;
  EXPECT_EQ(random_bits(record), 70);
  record.distribution = Distribution::keep_mask(0.5);
  EXPECT_EQ(bits_per_number(record), 1);
  record.distribution = Distribution::keep_mask(0.9);
  EXPECT_LT(bits_per_number(record), 0.16);
  record.distribution = Distribution::keep_mask(1.0);
  EXPECT_EQ(bits_per_number(record), 0);
  record.distribution = Distribution::uniform(2.0, 2.0);
  EXPECT_EQ(bits_per_number(record), 0);
  record.distribution = Distribution::integers(-4, 4);
  EXPECT_EQ(bits_per_number(record), 3);
  record.distribution = Distribution::words();
  record.dtype = DType::u64;
  EXPECT_EQ(bits_per_number(record), 64);
  record.distribution = Distribution::permutation();  // log2(10!) = 21.79
  EXPECT_LE(random_bits(record), 21.8);
  EXPECT_GT(random_bits(record), 15);
}

}  // namespace
}  // namespace seedproof
