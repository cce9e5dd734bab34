#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/initializer.h>
#include <seedproof/rng/values/error.h>

#include "tests/layers/initializers/draws.h"

namespace seedproof {
namespace {

using ::testing::HasSubstr;

ConfigValue named(const char* name, Config config = {}) {
  return Config{{"class_name", name}, {"config", std::move(config)}};
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

TEST(Fans, OfEveryRank) {
  using Fans = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(compute_fans({}), Fans(1, 1));
  EXPECT_EQ(compute_fans({7}), Fans(7, 7));
  EXPECT_EQ(compute_fans({3, 5}), Fans(3, 5));
  EXPECT_EQ(compute_fans({4, 3, 5}), Fans(12, 20));
  EXPECT_EQ(compute_fans({2, 3, 5, 7}), Fans(30, 42));
  EXPECT_EQ(compute_fans({2, 3, 4, 5, 6}), Fans(120, 144));
}

TEST(Initializer, BothSpellingsOfEveryName) {
  std::set<std::string> classes;
  for (const std::string& name : initializer_names()) {
    const auto by_snake = make_initializer(name);
    const std::string class_name(by_snake->class_name());
    EXPECT_TRUE(classes.insert(class_name).second) << class_name;
    EXPECT_EQ(make_initializer(class_name)->class_name(), class_name);
    EXPECT_EQ(make_initializer(named(class_name.c_str()))->get_config(), by_snake->get_config());
  }
  EXPECT_EQ(classes.size(), 15u);
  EXPECT_EQ(make_initializer("normal")->class_name(), "RandomNormal");
  EXPECT_EQ(make_initializer("uniform")->class_name(), "RandomUniform");
}

TEST(Initializer, RefusesInKerasWords) {
  const auto refusal = [](const ConfigValue& identifier) {
    return message_of<ValueError>([&] { make_initializer(identifier); });
  };
  EXPECT_THAT(refusal("nope"), HasSubstr("Could not interpret initializer identifier: nope"));
  EXPECT_THAT(refusal(""), HasSubstr("Could not interpret initializer identifier"));
  EXPECT_THAT(refusal(3), HasSubstr("Could not interpret initializer identifier: 3"));
  EXPECT_THAT(refusal(named("GlorotUniform", {{"scale", 2.0}})), HasSubstr("'scale'"));
  EXPECT_THAT(refusal(named("VarianceScaling", {{"scale", 0.0}})),
              HasSubstr("`scale` must be positive float. Received: scale=0"));
  EXPECT_THAT(refusal(named("VarianceScaling", {{"scale", std::nan("")}})),
              HasSubstr("`scale` must be positive float. Received: scale=nan"));
  EXPECT_THAT(refusal(named("VarianceScaling", {{"mode", "fan_sum"}})), HasSubstr("fan_sum"));
  EXPECT_THAT(refusal(named("VarianceScaling", {{"distribution", "cauchy"}})), HasSubstr("cauchy"));
  EXPECT_THAT(refusal(named("HeNormal", {{"seed", ConfigValue::List{1, 2}}})),
              HasSubstr("seed=[1, 2]"));
  EXPECT_THROW(make_initializer(named("Constant", {{"value", "one"}})), TypeError);
}

TEST(Initializer, ConstantsFillEveryDtype) {
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64, DType::i32}) {
    const Shape shape{2, 3};
    const auto all = [&](const ConfigValue& identifier, double wanted) {
      const Tensor made = make_initializer(identifier)->make(shape, dtype, nullptr);
      ASSERT_EQ(made.dtype(), dtype);
      ASSERT_EQ(made.shape(), shape);
      for (std::size_t i = 0; i < made.count(); ++i) EXPECT_EQ(made.at(i), wanted);
    };
    all("zeros", 0.0);
    all("ones", 1.0);
    all("constant", 0.0);
    all(named("Constant", {{"value", -3}}), -3.0);
  }
}

TEST(Initializer, IdentityIsAMatrix) {
  const Tensor wide =
      make_initializer(named("Identity", {{"gain", 2.5}}))->make({2, 3}, DType::f32, nullptr);
  EXPECT_TRUE(bit_equal(wide, Tensor::from<float>({2, 3}, {2.5f, 0, 0, 0, 2.5f, 0})));
  const Tensor tall = make_initializer("identity")->make({3, 2}, DType::f32, nullptr);
  EXPECT_TRUE(bit_equal(tall, Tensor::from<float>({3, 2}, {1, 0, 0, 1, 0, 0})));
  EXPECT_EQ(make_initializer("identity")->make({0, 2}, DType::f32, nullptr).count(), 0u);
  EXPECT_THAT(message_of<ValueError>([] {
                make_initializer("identity")->make({2, 3, 4}, DType::f32, nullptr);
              }),
              HasSubstr("(2, 3, 4) of rank 3"));
}

struct Scaled {
  const char* name;
  Config config;
  Distribution distribution;
};

// What each draws for the shape (3, 5): fan_in 3, fan_out 5, average 4.
std::vector<Scaled> scaled_rows() {
  const double cut = 0.87962566103423978;
  const auto uniform = [](double scale) {
    return Distribution::uniform(-std::sqrt(3.0 * scale), std::sqrt(3.0 * scale));
  };
  const auto truncated = [&](double scale) {
    return Distribution::truncated_normal(0.0, std::sqrt(scale) / cut);
  };
  const Config seeded{{"seed", 5}};
  return {
      {"GlorotUniform", seeded, uniform(1.0 / 4.0)},
      {"GlorotNormal", seeded, truncated(1.0 / 4.0)},
      {"HeUniform", seeded, uniform(2.0 / 3.0)},
      {"HeNormal", seeded, truncated(2.0 / 3.0)},
      {"LecunUniform", seeded, uniform(1.0 / 3.0)},
      {"LecunNormal", seeded, truncated(1.0 / 3.0)},
      {"VarianceScaling",
       {{"scale", 0.7}, {"mode", "fan_out"}, {"distribution", "Untruncated_Normal"}, {"seed", 5}},
       Distribution::normal(0.0, std::sqrt(0.7 / 5.0))},
      {"VarianceScaling", {{"distribution", "normal"}, {"seed", 5}}, truncated(1.0 / 3.0)},
      {"VarianceScaling",
       {{"input_axes", ConfigValue::List{1}}, {"output_axes", ConfigValue::List{0}}, {"seed", 5}},
       truncated(1.0 / 5.0)},
      {"RandomNormal",
       {{"mean", 0.25}, {"stddev", 0.5}, {"seed", 5}},
       Distribution::normal(0.25, 0.5)},
      {"RandomNormal", seeded, Distribution::normal(0.0, 0.05)},
      {"RandomUniform",
       {{"minval", -0.5}, {"maxval", 0.75}, {"seed", 5}},
       Distribution::uniform(-0.5, 0.75)},
      {"RandomUniform", seeded, Distribution::uniform(-0.05, 0.05)},
      {"TruncatedNormal",
       {{"mean", 0.25}, {"stddev", 0.5}, {"seed", 5}},
       Distribution::truncated_normal(0.25, 0.5)},
      {"TruncatedNormal", seeded, Distribution::truncated_normal(0.0, 0.05)}};
}

TEST(Initializer, RandomOnesDrawTheirDistribution) {
  for (const char* generator : {"philox", "tf-global"}) {
    for (const Scaled& row : scaled_rows()) {
      const auto initializer = make_initializer(named(row.name, row.config));
      ASSERT_TRUE(initializer->random());
      EXPECT_EQ(initializer->seed(), Seed(5));
      for (const DType dtype : {DType::f32, DType::f64}) {
        auto stream = test::open(generator, initializer->seed());
        auto twin = test::open(generator, initializer->seed());
        const Tensor made = initializer->make({3, 5}, dtype, stream.stream.get());
        EXPECT_TRUE(bit_equal(made, test::drawn(*twin.stream, row.distribution, {3, 5}, dtype)))
            << generator << " " << row.name;
      }
    }
  }
}

TEST(Initializer, AFanOfZeroCountsAsOne) {
  const auto initializer = make_initializer(named("LecunUniform", {{"seed", 5}}));
  auto stream = test::open("philox", 5);
  EXPECT_EQ(initializer->make({0, 3}, DType::f32, stream.stream.get()).count(), 0u);
}

TEST(Initializer, ADrawNeedsAStream) {
  EXPECT_THAT(message_of<RuntimeError>([] {
                make_initializer("he_normal")->make({2, 2}, DType::f32, nullptr);
              }),
              HasSubstr("HeNormal"));
  EXPECT_FALSE(make_initializer("zeros")->random());
  EXPECT_TRUE(make_initializer("zeros")->seed().is_ambient());
}

TEST(Initializer, ConfigurationsRoundTripWithTheirSeed) {
  for (const ConfigValue& seed : {ConfigValue(), ConfigValue(0), ConfigValue(-7),
                                  ConfigValue(Integer::parse("18446744073709551617"))}) {
    for (const char* name :
         {"RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "GlorotUniform",
          "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal", "Orthogonal"}) {
      const auto made = make_initializer(named(name, {{"seed", seed}}));
      EXPECT_EQ(made->seed(), seed.as_seed("seed"));
      const ConfigValue serialized = serialize(*made);
      const auto again = make_initializer(ConfigValue::from_json(serialized.to_json()));
      EXPECT_EQ(again->seed(), made->seed()) << name;
      EXPECT_EQ(serialize(*again), serialized) << name;
    }
  }
  for (const ConfigValue& identifier :
       {named("Constant", {{"value", 1.5}}), named("Identity", {{"gain", 2.0}}),
        named("Orthogonal", {{"seed", 3}, {"gain", 1.5}}), named("Zeros")}) {
    EXPECT_EQ(serialize(*make_initializer(identifier)), identifier);
  }
}

}  // namespace
}  // namespace seedproof
