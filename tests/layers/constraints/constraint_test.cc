// Projections of keras 3.15.1 on TensorFlow 2.21.0 for the same matrix, float32.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/constraint.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using ::testing::HasSubstr;

Tensor sample() { return Tensor::from<float>({2, 3}, {1.5f, -2.0f, 0.3f, -0.7f, 0.25f, 4.1f}); }

ConfigValue named(const char* name, Config config = {}) {
  return Config{{"class_name", name}, {"config", std::move(config)}};
}

struct Case {
  ConfigValue identifier;
  std::vector<float> wanted;
};

TEST(Constraint, ProjectionsAreKeras) {
  const std::vector<Case> cases{
      {named("NonNeg"), {1.5f, 0.0f, 0.3f, 0.0f, 0.25f, 4.1f}},
      {named("MaxNorm", {{"max_value", 2}, {"axis", 0}}),
       {0x1.7ffffep+0f, -0x1.fc0bd8p+0f, 0x1.2ae882p-3f, -0x1.666664p-1f, 0x1.fc0bd8p-3f,
        0x1.fea286p+0f}},
      {named("MaxNorm", {{"max_value", 2.0}, {"axis", 1}}),
       {0x1.310302p+0f, -0x1.96aeaep+0f, 0x1.e804d2p-3f, -0x1.580cdcp-2f, 0x1.eb8016p-4f,
        0x1.f7c9b0p+0f}},
      {named("UnitNorm", {{"axis", 0}}),
       {0x1.cff73ap-1f, -0x1.fc0bd8p-1f, 0x1.2ae882p-4f, -0x1.b108e0p-2f, 0x1.fc0bd8p-4f,
        0x1.fea286p-1f}},
      {named("MinMaxNorm", {{"min_value", 0.5}, {"max_value", 2}, {"rate", 0.25}, {"axis", 1}}),
       {0x1.6c40c0p+0f, -0x1.e5abacp+0f, 0x1.236702p-2f, -0x1.37ce68p-1f, 0x1.bd7002p-3f,
        0x1.c892cep+1f}}};
  for (const Case& c : cases) {
    const Tensor found = make_constraint(c.identifier)->project(sample());
    ASSERT_EQ(found.shape(), sample().shape());
    for (std::size_t i = 0; i < c.wanted.size(); ++i) {
      EXPECT_NEAR(found.at(i), c.wanted[i], 4 * 0x1p-23 * std::abs(c.wanted[i]))
          << c.identifier.to_json() << " element " << i;
    }
  }
}

TEST(Constraint, NegativeAndSeveralAxes) {
  const Tensor cube = Tensor::from<float>({2, 2, 1}, {3.0f, 0.0f, 4.0f, 0.0f});
  const auto last = make_constraint(named("UnitNorm", {{"axis", -2}}))->project(cube);
  EXPECT_NEAR(last.at(0), 1.0, 1e-6);
  EXPECT_NEAR(last.at(2), 1.0, 1e-6);
  const auto both =
      make_constraint(named("UnitNorm", {{"axis", ConfigValue::List{0, 1}}}))->project(cube);
  EXPECT_NEAR(both.at(0), 0.6, 1e-6);
  EXPECT_NEAR(both.at(2), 0.8, 1e-6);
  const ConfigValue none = named("UnitNorm", {{"axis", {}}});
  EXPECT_TRUE(bit_equal(make_constraint(none)->project(cube), both));
  EXPECT_EQ(serialize(make_constraint(none).get()), none);
  EXPECT_THROW(make_constraint(named("UnitNorm", {{"axis", 3}}))->project(cube), ValueError);
}

TEST(Constraint, NormsWithinBoundsStayWithinAnEpsilon) {
  const Tensor small = Tensor::from<float>({2, 1}, {0.25f, -0.5f});
  const Tensor found = make_constraint("max_norm")->project(small);
  EXPECT_NEAR(found.at(0), 0.25, 1e-6);
  EXPECT_NEAR(found.at(1), -0.5, 1e-6);
}

TEST(Constraint, KeepsTheTensorsDtype) {
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
    for (const char* name : {"non_neg", "max_norm", "unit_norm", "min_max_norm"}) {
      EXPECT_EQ(make_constraint(name)->project(sample().cast(dtype)).dtype(), dtype) << name;
    }
  }
}

TEST(Constraint, ConfigurationsRoundTrip) {
  EXPECT_EQ(make_constraint("max_norm")->get_config(), (Config{{"max_value", 2.0}, {"axis", 0}}));
  EXPECT_EQ(make_constraint("min_max_norm")->get_config(),
            (Config{{"min_value", 0.0}, {"max_value", 1.0}, {"rate", 1.0}, {"axis", 0}}));
  for (const ConfigValue& identifier :
       {named("NonNeg"), named("MaxNorm", {{"max_value", 1.5}, {"axis", 1}}),
        named("UnitNorm", {{"axis", ConfigValue::List{0, 1}}}),
        named("MinMaxNorm",
              {{"min_value", 0.25}, {"max_value", 3.0}, {"rate", 0.5}, {"axis", 1}})}) {
    EXPECT_EQ(serialize(make_constraint(identifier).get()), identifier);
  }
  EXPECT_EQ(make_constraint(ConfigValue()), nullptr);
  EXPECT_TRUE(serialize(static_cast<const Constraint*>(nullptr)).is_none());
}

std::string refusal(const ConfigValue& identifier) {
  try {
    make_constraint(identifier);
  } catch (const ValueError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Constraint, RefusesInKerasWords) {
  EXPECT_THAT(refusal("nope"), HasSubstr("Could not interpret constraint identifier: nope"));
  EXPECT_THAT(refusal(true), HasSubstr("Could not interpret constraint identifier: true"));
  EXPECT_THAT(refusal(named("MaxNorm", {{"maximum", 1.0}})), HasSubstr("'maximum'"));
}

}  // namespace
}  // namespace seedproof
