#include <gtest/gtest.h>

#include <seedproof/harness/subjects/recording_generator.h>
#include <seedproof/harness/subjects/run.h>
#include <seedproof/harness/subjects/subjects.h>
#include <seedproof/rng/values/error.h>

#include "tests/harness/fakes.h"

namespace seedproof {
namespace {

using fakes::Wrong;
using fakes::WrongLayer;

Registry registry() {
  return fakes::registry_with(
      {fakes::generator_entry<Wrong::nothing>("healthy"),
       fakes::generator_entry<Wrong::shared>("shared"),
       fakes::generator_entry<Wrong::forgets>("forgets"),
       fakes::generator_entry<Wrong::allocates>("allocates")},
      {fakes::layer_entry<>("Noise"), fakes::layer_entry<WrongLayer::always_on>("AlwaysOn"),
       fakes::layer_entry<WrongLayer::fails_at_step_1>("Fails"),
       fakes::layer_entry<WrongLayer::asks_for_normals>("Normals"),
       fakes::layer_entry<WrongLayer::loses_seed>("LosesSeed")});
}

Plan plan_of(const std::string& layer, const std::string& generator) {
  Plan plan;
  plan.subject = subject_of(registry().layer(layer));
  plan.generator = generator;
  return plan;
}

TEST(RunTest, RecordsEveryDrawInOrderWithoutTheEpilogue) {
  const Plan plan = plan_of("Noise", "healthy");
  const Trace trace = run_plan(plan, registry());
  ASSERT_FALSE(trace.error.has_value());
  ASSERT_EQ(trace.draws.size(), 9u);
  const char* const names[] = {"noise_before", "noise", "noise_after"};
  for (std::size_t i = 0; i < 9; ++i) {
    const DrawEvent& draw = trace.draws[i];
    EXPECT_EQ(draw.record.site.scope.path, names[i % 3]);
    EXPECT_EQ(draw.record.moment.step, i / 3);
    EXPECT_EQ(draw.record.count, 35u);
    EXPECT_EQ(draw.record.last.low - draw.record.first.low, 35u);
    EXPECT_EQ(draw.record.first.low, 35 * (i / 3));
    EXPECT_TRUE(draw.seeded);
    EXPECT_TRUE(draw.recorded);
    EXPECT_EQ(draw.digest, digest_bytes(draw.numbers.data(), draw.numbers.bytes()));
    // The output is input + number: what was recorded is the number alone.
    const Tensor input = subject_input(plan.subject, i / 3);
    const Tensor& output = trace.outputs[i].value;
    ASSERT_EQ(draw.numbers.shape(), input.shape());
    for (std::size_t k = 0; k < 35; ++k) {
      EXPECT_EQ(output.as<float>()[k], input.as<float>()[k] + draw.numbers.as<float>()[k]);
    }
  }
}

TEST(RunTest, DigestsTheStateAfterBuildingAndAfterEachStep) {
  const Trace trace = run_plan(plan_of("Noise", "healthy"), registry());
  ASSERT_EQ(trace.states.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(trace.states[i].after_step, i);
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(trace.states[i].digest, trace.states[j].digest);
  }
}

TEST(RunTest, CountsTheLastStepOnly) {
  const Trace trace = run_plan(plan_of("Noise", "healthy"), registry());
  EXPECT_EQ(trace.costs.tensors, 3u);
  EXPECT_EQ(trace.costs.numbers, 105u);
  EXPECT_EQ(trace.costs.words, 105u);
  EXPECT_EQ(trace.costs.indirect_calls, 3u);
  EXPECT_EQ(trace.costs.allocations, 0u);
}

TEST(RunTest, ExtraDrawsMoveTheStreamAndAreNotInTheTrace) {
  Plan plan = plan_of("Noise", "healthy");
  plan.extra_draws = {{"noise", 0, 13}, {"noise", 2, 5}};
  const Trace trace = run_plan(plan, registry());
  EXPECT_EQ(trace.extra_numbers, 18u);
  EXPECT_EQ(trace.draws.size(), 9u);
  const std::vector<const DrawEvent*> draws = trace.draws_of("noise");
  ASSERT_EQ(draws.size(), 3u);
  EXPECT_EQ(draws[0]->record.first.low, 13u);
  EXPECT_EQ(draws[1]->record.first.low, 13u + 35u);
  EXPECT_EQ(draws[2]->record.first.low, 13u + 70u + 5u);
  EXPECT_EQ(trace.draws_of("noise_before")[2]->record.first.low, 70u);
}

TEST(RunTest, InferencePassesAreMarked) {
  Plan plan = plan_of("AlwaysOn", "healthy");
  plan.evaluate_before = {1};
  const Trace trace = run_plan(plan, registry());
  ASSERT_EQ(trace.draws.size(), 12u);
  EXPECT_EQ(trace.outputs.size(), 9u);
  int evaluated = 0;
  for (const DrawEvent& draw : trace.draws) {
    evaluated += draw.record.moment.phase == Phase::evaluate ? 1 : 0;
  }
  EXPECT_EQ(evaluated, 3);
}

TEST(RunTest, ResumingContinuesTheUninterruptedRun) {
  for (const std::uint64_t step : {0, 1, 2}) {
    Plan plan = plan_of("Noise", "shared");
    const Trace whole = run_plan(plan, registry());
    plan.resume_at = step;
    const Trace resumed = run_plan(plan, registry());
    ASSERT_EQ(resumed.draws.size(), whole.draws.size());
    for (std::size_t i = 0; i < whole.draws.size(); ++i) {
      EXPECT_EQ(resumed.draws[i].digest, whole.draws[i].digest) << step << " " << i;
    }
  }
}

TEST(RunTest, ResumingWithoutStateStartsAgain) {
  Plan plan = plan_of("Noise", "forgets");
  plan.resume_at = 1;
  const Trace trace = run_plan(plan, registry());
  EXPECT_EQ(trace.draws_of("noise")[1]->digest, trace.draws_of("noise")[0]->digest);
}

TEST(RunTest, AConfigurationRoundTripTellsWhatWasLost) {
  Plan plan = plan_of("LosesSeed", "healthy");
  plan.config_round_trip = true;
  const Trace trace = run_plan(plan, registry());
  ASSERT_EQ(trace.config_changes.size(), 3u);
  EXPECT_EQ(trace.config_changes[1], "loses_seed.seed: 17 was left out");
  plan = plan_of("Noise", "healthy");
  plan.config_round_trip = true;
  EXPECT_TRUE(run_plan(plan, registry()).config_changes.empty());
}

TEST(RunTest, AutomaticNamesAreFoundAgain) {
  Plan plan = plan_of("Noise", "healthy");
  for (LayerSpec& spec : plan.subject.layers) spec.name_given = false;
  const Trace trace = run_plan(plan, registry());
  ASSERT_EQ(trace.paths.size(), 3u);
  EXPECT_EQ(trace.paths[1].first, "noise");
  EXPECT_NE(trace.paths[1].second, trace.paths[2].second);
  ASSERT_EQ(trace.draws_of("noise_after").size(), 3u);
  const std::string& path = trace.draws_of("noise_after")[0]->record.site.scope.path;
  EXPECT_EQ(path, trace.paths[2].second);
  EXPECT_EQ(trace.layer_of(path), "noise_after");
}

TEST(RunTest, ErrorsOfLayersArePlaced) {
  const Trace trace = run_plan(plan_of("Fails", "healthy"), registry());
  ASSERT_TRUE(trace.error.has_value());
  EXPECT_EQ(trace.error->kind, ErrorKind::type);
  EXPECT_EQ(trace.error->stage, "step 1");
  EXPECT_EQ(trace.error->layer, "fails_before");
  EXPECT_EQ(trace.error->message, "no float");
  EXPECT_FALSE(trace.error->unsupported);
  EXPECT_EQ(trace.draws.size(), 3u);
}

TEST(RunTest, ADrawTheGeneratorDoesNotListIsToldApart) {
  const Trace trace = run_plan(plan_of("Normals", "healthy"), registry());
  ASSERT_TRUE(trace.error.has_value());
  EXPECT_EQ(trace.error->kind, ErrorKind::value);
  EXPECT_TRUE(trace.error->unsupported);
}

TEST(RunTest, PlansThatNameNothingAreRefused) {
  Plan plan = plan_of("Noise", "healthy");
  plan.generator = "nobody";
  EXPECT_THROW(run_plan(plan, registry()), ConfigError);
  plan = plan_of("Noise", "healthy");
  plan.subject.layers[0].class_name = "Nothing";
  EXPECT_THROW(run_plan(plan, registry()), ConfigError);
  plan = plan_of("Noise", "healthy");
  plan.subject.layers[0].inputs = {"noise"};  // comes later
  const Trace trace = run_plan(plan, registry());
  ASSERT_TRUE(trace.error.has_value());
  EXPECT_EQ(trace.error->kind, ErrorKind::config);
}

TEST(RunTest, AChainOfLayersIsFedInOrder) {
  Plan plan = plan_of("Noise", "healthy");
  plan.subject.layers[2].inputs = {"noise"};
  const Trace trace = run_plan(plan, registry());
  ASSERT_FALSE(trace.error.has_value());
  const Tensor& input = trace.outputs[1].value;
  const Tensor& output = trace.outputs[2].value;
  const Tensor& noise = trace.draws[2].numbers;
  for (std::size_t i = 0; i < 35; ++i) {
    EXPECT_EQ(output.as<float>()[i], input.as<float>()[i] + noise.as<float>()[i]);
  }
}

Site noise_site() {
  Site site;
  site.scope.path = "a";
  site.purpose = "noise";
  return site;
}

TEST(RecordingGeneratorTest, ReplaysAndSkipsThroughTheInnerStream) {
  Recording recording;
  RecordingGenerator generator(std::make_unique<fakes::FakeGenerator>(Wrong::nothing, true),
                               recording);
  generator.seed(3);
  const std::unique_ptr<Stream> stream = generator.open(noise_site(), Seed(7));
  const std::int64_t shape[] = {3, 5};
  const Draw draw{Distribution::uniform(), DType::f32, {shape}};
  Tensor first(DType::f32, {3, 5}), again(DType::f32, {3, 5}), third(DType::f32, {3, 5});
  Receipt receipt;
  stream->draw(draw, {}, first.data(), &receipt);
  stream->skip(draw, {});
  stream->replay(receipt, draw, again.data());
  EXPECT_TRUE(bit_equal(first, again));
  stream->draw(draw, {}, third.data());
  EXPECT_FALSE(bit_equal(first, third));
  ASSERT_EQ(recording.draws.size(), 2u);
  EXPECT_EQ(recording.draws[1].record.first.low, 30u);
  EXPECT_EQ(generator.promises(), fakes::FakeGenerator(Wrong::nothing, true).promises());
}

TEST(RecordingGeneratorTest, ReportsToAnOuterLedgerOnce) {
  Recording recording;
  RecordingGenerator generator(std::make_unique<fakes::FakeGenerator>(Wrong::nothing, true),
                               recording);
  VectorLedger ledger;
  generator.set_ledger(&ledger);
  generator.seed(3);
  const std::unique_ptr<Stream> stream = generator.open(noise_site(), Seed(7));
  const std::int64_t shape[] = {5};
  float numbers[5];
  stream->draw({Distribution::uniform(), DType::f32, {shape}}, {}, numbers);
  ASSERT_EQ(ledger.records().size(), 1u);
  EXPECT_EQ(ledger.records()[0].last.low, 5u);
}

}  // namespace
}  // namespace seedproof
