// The layers that add noise.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/rng/values/error.h>

#include "tests/layers/kinds/support.h"

namespace seedproof {
namespace {

using test::make;
using test::ramp;
using test::training;
using ::testing::HasSubstr;

/// x + noise, with the noise drawn apart.
void expect_sum(const Tensor& y, const Tensor& x, const Tensor& noise) {
  const auto xs = test::floats(x);
  const auto ns = test::floats(noise);
  ASSERT_EQ(y.count(), xs.size());
  for (std::size_t i = 0; i < xs.size(); ++i) EXPECT_EQ(y.at(i), xs[i] + ns[i]) << i;
}

TEST(GaussianNoiseLayer, AddsItsOwnNormalsInTraining) {
  for (const char* generator : {"philox", "counter", "tf-generator"}) {
    for (const double stddev : {0.1, 0.7, 2.5}) {
      const auto built = make("GaussianNoiseLayer", {{"stddev", stddev}, {"seed", 7}}, generator);
      const Tensor x = ramp({5, 7});
      const Tensor y = built(x, training());
      expect_sum(y, x,
                 test::oracle(built, generator, 7, "noise", Role::layer,
                              Distribution::normal(0.0, stddev), {5, 7}));
      EXPECT_TRUE(bit_equal(built(x, test::inference()), x));
      EXPECT_EQ(test::draws(built), 1u);
    }
  }
  EXPECT_EQ(make_layer("GaussianNoiseLayer")->get_config().at("stddev"), ConfigValue(0.1));
}

TEST(GaussianNoise, AddsNormalsInTraining) {
  const auto built = make("GaussianNoise", {{"stddev", 0.3}, {"seed", 7}}, "tf-global");
  const Tensor x = ramp({5, 7});
  expect_sum(built(x, training()), x,
             test::oracle(built, "tf-global", 7, "noise", Role::stock,
                          Distribution::normal(0.0, 0.3), {5, 7}));
  EXPECT_TRUE(bit_equal(built(x, test::inference()), x));
  EXPECT_TRUE(bit_equal(built.layer->backward(x), x));
  EXPECT_TRUE(make("GaussianNoise", {{"stddev", 0.0}}).layer->streams().empty());
  EXPECT_THAT(test::message_of<ValueError>([] {
                make_layer("GaussianNoise", {{"stddev", 1.5}});
              }),
              HasSubstr("`stddev`. Expected a float value between 0 and 1. Received: stddev=1.5"));
}

TEST(AddGaussianNoise, KeepsTheShapeAndDrawsInEveryCall) {
  const auto built = make("AddGaussianNoise", {{"mean", 0.5}, {"stddev", 0.25}}, "tf-global");
  const Tensor x = ramp({2, 3, 5});
  const Tensor y = built(x, test::inference());
  EXPECT_EQ(y.shape(), (Shape{2, 3, 5}));
  expect_sum(y, x,
             test::oracle(built, "tf-global", Seed::ambient(), "noise", Role::global,
                          Distribution::normal(0.5, 0.25), {2, 15}));
  built(x, training());
  EXPECT_EQ(test::draws(built), 2u);
}

TEST(AddUniformNoise, FlattensTheBatchAway) {
  const auto built = make("AddUniformNoise", {}, "tf-global");
  const Tensor x = ramp({2, 3, 5});
  const Tensor y = built(x, test::inference());
  EXPECT_EQ(y.shape(), (Shape{30}));
  expect_sum(y, x,
             test::oracle(built, "tf-global", Seed::ambient(), "noise", Role::global,
                          Distribution::uniform(-0.1, 0.1), {30}));
  EXPECT_EQ(built.layer->backward(y).shape(), x.shape());
}

TEST(AddNoise, ChoosesItsDistributionInTheCall) {
  const Tensor x = ramp({2, 3, 5});
  const auto normal = make("AddNoise", {{"mean", 0.5}, {"stddev", 0.25}}, "tf-global");
  const Tensor y = normal(x, training());
  EXPECT_EQ(y.shape(), (Shape{30}));
  expect_sum(y, x,
             test::oracle(normal, "tf-global", Seed::ambient(), "noise", Role::global,
                          Distribution::normal(0.5, 0.25), {30}));
  const auto uniform =
      make("AddNoise", {{"noise_type", "uniform"}, {"minval", -0.5}, {"maxval", 2.0}}, "tf-global");
  expect_sum(uniform(x, training()), x,
             test::oracle(uniform, "tf-global", Seed::ambient(), "noise", Role::global,
                          Distribution::uniform(-0.5, 2.0), {30}));

  const auto wrong = make("AddNoise", {{"noise_type", "laplace"}});  // no error before the call
  EXPECT_THAT(test::message_of<ValueError>([&] { wrong(x, training()); }),
              HasSubstr("Invalid noise type. Choose 'gaussian' or 'uniform'. Received: 'laplace'"));
  EXPECT_EQ(test::draws(wrong), 0u);
}

TEST(DocumentedShapes, FlatteningGivesOneAxisNotTheDocumentsTwo) {
  const Shape image{16, 32, 32, 3};
  const Tensor x(DType::f32, image);
  for (const char* class_name : {"AddUniformNoise", "AddNoise"}) {
    EXPECT_EQ(make(class_name)(x, training()).shape(), (Shape{49152})) << class_name;
  }
  EXPECT_EQ(make("Flatten")(x, training()).shape(), (Shape{16, 3072}));
}

}  // namespace
}  // namespace seedproof
