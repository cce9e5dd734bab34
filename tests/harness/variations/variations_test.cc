#include <set>

#include <gtest/gtest.h>

#include <seedproof/harness/subjects/subjects.h>
#include <seedproof/harness/variations/edit.h>

#include "tests/harness/fakes.h"

namespace seedproof {
namespace {

using fakes::WrongLayer;

Registry registry() {
  LayerEntry plain = fakes::layer_entry<>("Unseeded");
  plain.probe_config = Config{};
  return fakes::registry_with(
      {fakes::generator_entry<fakes::Wrong::nothing>("healthy")},
      {fakes::layer_entry<>("Noise"), plain, fakes::layer_entry<WrongLayer::silent>("Silent")});
}

Plan plan_of(const std::string& layer) {
  Plan plan;
  plan.subject = subject_of(registry().layer(layer));
  plan.generator = "healthy";
  return plan;
}

Variation::Outcome apply(const std::string& name, const Plan& plan) {
  const Registry all = registry();
  return all.variation(name).apply(plan, all);
}

std::vector<std::string> names(const Plan& plan) {
  std::vector<std::string> out;
  for (const LayerSpec& spec : plan.subject.layers) out.push_back(spec.name);
  return out;
}

std::vector<std::int64_t> seeds(const Plan& plan) {
  std::vector<std::int64_t> out;
  for (const LayerSpec& spec : plan.subject.layers) {
    out.push_back(spec.config.at("seed").as_int("seed"));
  }
  return out;
}

TEST(VariationsTest, EachHasAnOwnNameAndADescription) {
  std::set<std::string> seen;
  for (const Variation& variation : builtin_variations()) {
    EXPECT_TRUE(seen.insert(variation.name).second) << variation.name;
    EXPECT_FALSE(variation.description.empty());
  }
  EXPECT_EQ(seen.size(), 15u);
}

TEST(VariationsTest, KeepTheFocus) {
  const Plan plan = plan_of("Noise");
  for (const Variation& variation : builtin_variations()) {
    const Variation::Outcome outcome = apply(variation.name, plan);
    ASSERT_TRUE(outcome.plan.has_value()) << variation.name << ": " << outcome.refusal;
    EXPECT_EQ(outcome.plan->subject.focus_layer().name, "noise") << variation.name;
    EXPECT_EQ(outcome.plan->generator, "healthy");
  }
}

TEST(VariationsTest, RootSeedBecomesAnotherOrdinaryOne) {
  for (const Seed& root : {Seed(42), Seed(7654321), Seed(1234577), Seed::none()}) {
    Plan plan = plan_of("Noise");
    plan.root = root;
    const Seed other = apply("other-root-seed", plan).plan->root;
    EXPECT_FALSE(other == root);
    ASSERT_NE(other.as_integer(), nullptr);
    EXPECT_GT(other.as_integer()->to_i64(), 1000);
  }
}

TEST(VariationsTest, LayerSeedsChangeAlone) {
  const Plan plan = plan_of("Noise");
  const std::vector<std::int64_t> before = seeds(plan);
  std::vector<std::int64_t> after = seeds(*apply("other-layer-seed", plan).plan);
  EXPECT_EQ(after[0], before[0]);
  EXPECT_GT(std::abs(after[1] - before[1]), 1000000);
  EXPECT_EQ(after[2], before[2]);
  after = seeds(*apply("next-layer-seed", plan).plan);
  EXPECT_EQ(after[1], before[1] + 1);
  after = seeds(*apply("sibling-seed", plan).plan);
  EXPECT_NE(after[0], before[0]);
  EXPECT_EQ(after[1], before[1]);
}

TEST(VariationsTest, UnseededTakesEverySeedAway) {
  const Plan plan = *apply("unseeded", plan_of("Noise")).plan;
  for (const LayerSpec& spec : plan.subject.layers) EXPECT_TRUE(spec.config.at("seed").is_none());
}

TEST(VariationsTest, LayersWithoutSeedsAreLeftAlone) {
  for (const char* name : {"other-layer-seed", "next-layer-seed", "sibling-seed", "unseeded"}) {
    const Variation::Outcome outcome = apply(name, plan_of("Unseeded"));
    EXPECT_FALSE(outcome.plan.has_value()) << name;
    EXPECT_NE(outcome.refusal.find("no seed"), std::string::npos);
  }
}

TEST(VariationsTest, StructureChangesAsNamed) {
  const Plan plan = plan_of("Noise");
  using Names = std::vector<std::string>;
  const Plan inserted = *apply("insert-layer", plan).plan;
  EXPECT_EQ(names(inserted), (Names{"noise_before", "inserted", "noise", "noise_after"}));
  EXPECT_EQ(inserted.subject.layers[1].class_name, "Noise");
  for (std::size_t i = 0; i < 4; ++i) {
    if (i == 1) continue;
    EXPECT_GT(std::abs(seeds(inserted)[i] - seeds(inserted)[1]), 1000000);
  }
  EXPECT_EQ(names(*apply("remove-sibling", plan).plan), (Names{"noise", "noise_after"}));
  EXPECT_EQ(names(*apply("reorder", plan).plan), (Names{"noise_after", "noise", "noise_before"}));
}

TEST(VariationsTest, ConnectedLayersAreNotTornApart) {
  Plan plan = plan_of("Noise");
  plan.subject.layers[1].inputs = {"noise_before"};
  EXPECT_FALSE(apply("remove-sibling", plan).plan.has_value());
  EXPECT_FALSE(apply("reorder", plan).plan.has_value());
}

TEST(VariationsTest, ExtraDrawsAreOddAndOfASibling) {
  const Plan plan = *apply("extra-draws", plan_of("Noise")).plan;
  ASSERT_EQ(plan.extra_draws.size(), 2u);
  for (const ExtraDraw& extra : plan.extra_draws) {
    EXPECT_EQ(extra.layer, "noise_before");
    EXPECT_EQ(extra.count % 2, 1u);
  }
  EXPECT_FALSE(apply("extra-draws", plan_of("Silent")).plan.has_value());
  EXPECT_FALSE(apply("remove-sibling", plan_of("Silent")).plan.has_value());
}

TEST(VariationsTest, TimeIsCutWhereNamed) {
  Plan plan = plan_of("Noise");
  EXPECT_EQ(apply("resume", plan).plan->resume_at, 1u);
  EXPECT_EQ(apply("resume-at-start", plan).plan->resume_at, 0u);
  EXPECT_EQ(apply("evaluate-between", plan).plan->evaluate_before,
            (std::vector<std::uint64_t>{0, 1, 2}));
  EXPECT_TRUE(apply("fresh-process", plan).plan->fresh_process);
  EXPECT_TRUE(apply("config-round-trip", plan).plan->config_round_trip);
  plan.steps = 1;
  EXPECT_FALSE(apply("resume", plan).plan.has_value());
}

TEST(EditTest, InsertedNamesAreNew) {
  Plan plan = plan_of("Noise");
  plan.subject.layers[0].name = "inserted";
  EXPECT_EQ(inserted_like(plan.subject, plan.subject.layers[1]).name, "inserted_again");
}

}  // namespace
}  // namespace seedproof
