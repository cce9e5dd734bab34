// Values and gradients of keras 3.15.1 on TensorFlow 2.21.0 for the same matrix, float32.
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/regularizer.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using ::testing::HasSubstr;

Tensor sample() { return Tensor::from<float>({2, 3}, {1.5f, -2.0f, 0.3f, -0.7f, 0.25f, 4.1f}); }

ConfigValue named(const char* name, Config config) {
  return Config{{"class_name", name}, {"config", std::move(config)}};
}

struct Case {
  const char* name;
  Config config;
  float loss;
};

TEST(Regularizer, LossesAreKeras) {
  const std::vector<Case> cases{
      {"L1", {{"l1", 0.3}}, 0x1.53d70cp+1f},
      {"L2", {{"l2", 0.3}}, 0x1.c71688p+2f},
      {"L1L2", {{"l1", 0.3}, {"l2", 0.2}}, 0x1.d94fe0p+2f},
      {"OrthogonalRegularizer", {{"factor", 0.3}, {"mode", "rows"}}, 0x1.2bd3a0p-7f},
      {"OrthogonalRegularizer", {{"factor", 0.3}, {"mode", "columns"}}, 0x1.163b9ap-3f}};
  for (const Case& c : cases) {
    const Tensor loss = make_regularizer(named(c.name, c.config))->loss(sample());
    EXPECT_EQ(loss.shape(), Shape{}) << c.name;
    EXPECT_EQ(loss.dtype(), DType::f32) << c.name;
    // Sums of six terms in another order, and products of three: 8 ULP.
    EXPECT_NEAR(loss.at(0), c.loss, 8 * 0x1p-24 * 2 * std::abs(c.loss)) << c.name;
  }
}

void expect_near(const Tensor& found, const std::vector<float>& wanted, float tolerance) {
  ASSERT_EQ(found.count(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(found.at(i), wanted[i], tolerance) << i;
  }
}

// The orthogonal one's run through a normalisation and a product: a few ULP of the largest.
TEST(Regularizer, GradientsAreTensorFlows) {
  expect_near(make_regularizer(named("L1", {{"l1", 0.3}}))->gradient(sample()),
              {0.3f, -0.3f, 0.3f, -0.3f, 0.3f, 0.3f}, 0.0f);
  expect_near(make_regularizer(named("L2", {{"l2", 0.3}}))->gradient(sample()),
              {0x1.ccccce0p-1f, -0x1.333334p+0f, 0x1.70a3d8p-3f, -0x1.ae147cp-2f, 0x1.333334p-3f,
               0x1.3ae148p+1f},
              1e-7f);
  expect_near(
      make_regularizer(named("OrthogonalRegularizer", {{"factor", 0.3}}))->gradient(sample()),
      {0x1.247792p-6f, -0x1.175072p-8f, -0x1.e1f6f8p-4f, -0x1.5c5664p-5f, 0x1.d3666ap-5f,
       -0x1.5fe396p-7f},
      4e-8f);
  expect_near(
      make_regularizer(named("OrthogonalRegularizer", {{"factor", 0.3}, {"mode", "columns"}}))
          ->gradient(sample()),
      {-0x1.069ce8p-6f, 0x1.0755b8p-7f, -0x1.803a56p-5f, -0x1.195eeep-5f, 0x1.0755bap-4f,
       0x1.c1d3e0p-9f},
      4e-8f);
}

TEST(Regularizer, GradientsAgreeWithFiniteDifferences) {
  const Tensor x = sample().cast(DType::f64);
  const std::vector<ConfigValue> all{
      named("L1", {{"l1", 0.5}}), named("L2", {{"l2", 0.25}}),
      named("L1L2", {{"l1", 0.5}, {"l2", 0.25}}), named("OrthogonalRegularizer", {{"factor", 0.5}}),
      named("OrthogonalRegularizer", {{"factor", 0.5}, {"mode", "columns"}})};
  for (const ConfigValue& identifier : all) {
    const auto regularizer = make_regularizer(identifier);
    const Tensor gradient = regularizer->gradient(x);
    for (std::size_t i = 0; i < x.count(); ++i) {
      Tensor up = x;
      Tensor down = x;
      up.as<double>()[i] += 1e-6;
      down.as<double>()[i] -= 1e-6;
      const double slope = (regularizer->loss(up).at(0) - regularizer->loss(down).at(0)) / 2e-6;
      EXPECT_NEAR(gradient.at(i), slope, 1e-8) << identifier.to_json() << " element " << i;
    }
  }
}

TEST(Regularizer, ZeroRowsOfTheOrthogonalOneStayFinite) {
  const Tensor x = Tensor::from<float>({2, 2}, {0.0f, 0.0f, 3.0f, 4.0f});
  const auto regularizer = make_regularizer("orthogonal_regularizer");
  EXPECT_EQ(regularizer->loss(x).at(0), 0.0);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(regularizer->gradient(x).at(i), 0.0);
}

TEST(Regularizer, ASingleRowHasNoPairs) {
  const Tensor x = Tensor::from<float>({1, 2}, {1.0f, 2.0f});
  EXPECT_TRUE(std::isnan(make_regularizer("OrthogonalRegularizer")->loss(x).at(0)));
}

TEST(Regularizer, KeepsTheTensorsDtype) {
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
    for (const char* name : {"l1", "l2", "l1_l2", "orthogonal_regularizer"}) {
      const auto regularizer = make_regularizer(name);
      EXPECT_EQ(regularizer->loss(sample().cast(dtype)).dtype(), dtype) << name;
      EXPECT_EQ(regularizer->gradient(sample().cast(dtype)).dtype(), dtype) << name;
    }
  }
}

TEST(Regularizer, DefaultsAreKeras) {
  // L1 and the orthogonal one hold their factor as a float32 tensor; "L1L2" by name regularises
  // nothing, whatever its documentation says.
  EXPECT_EQ(make_regularizer("l1")->get_config(), (Config{{"l1", 0.009999999776482582}}));
  EXPECT_EQ(make_regularizer("l2")->get_config(), (Config{{"l2", 0.01}}));
  EXPECT_EQ(make_regularizer("L1L2")->get_config(), (Config{{"l1", 0.0}, {"l2", 0.0}}));
  EXPECT_EQ(make_regularizer("orthogonal_regularizer")->get_config(),
            (Config{{"factor", 0.009999999776482582}, {"mode", "rows"}}));
  EXPECT_EQ(make_regularizer(ConfigValue()), nullptr);
  EXPECT_TRUE(serialize(static_cast<const Regularizer*>(nullptr)).is_none());
}

TEST(Regularizer, ConfigurationsRoundTrip) {
  for (const ConfigValue& identifier :
       {named("L1", {{"l1", 0.125}}), named("L2", {{"l2", 0.3}}),
        named("L1L2", {{"l1", 0.25}, {"l2", 0.3}}),
        named("OrthogonalRegularizer", {{"factor", 0.5}, {"mode", "columns"}})}) {
    const auto made = make_regularizer(identifier);
    EXPECT_EQ(serialize(made.get()), identifier);
    const auto again = make_regularizer(serialize(made.get()));
    EXPECT_TRUE(bit_equal(again->loss(sample()), made->loss(sample())));
  }
}

template <class E, class F>
std::string message_of(F&& f) {
  try {
    f();
  } catch (const E& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Regularizer, RefusesInKerasWords) {
  const auto message = [](const ConfigValue& value) {
    return message_of<ValueError>([&] { make_regularizer(value); });
  };
  EXPECT_THAT(message("nope"), HasSubstr("Could not interpret regularizer identifier: nope"));
  EXPECT_THAT(message(3), HasSubstr("Could not interpret regularizer identifier: 3"));
  EXPECT_THAT(message(named("L2", {{"l2", -1.0}})), HasSubstr("expected a non-negative float"));
  EXPECT_THAT(message(named("L2", {{"l2", std::numeric_limits<double>::infinity()}})),
              HasSubstr("l2=inf"));
  EXPECT_THAT(message(named("L2", {{"l1", 1.0}})), HasSubstr("'l1'"));
  EXPECT_THAT(message(named("OrthogonalRegularizer", {{"mode", "diagonal"}})),
              HasSubstr("mode=diagonal"));
  EXPECT_THAT(message_of<ValueError>([] {
                make_regularizer("orthogonal_regularizer")->loss(Tensor(DType::f32, {2, 3, 4}));
              }),
              HasSubstr("(2, 3, 4)"));
}

}  // namespace
}  // namespace seedproof
