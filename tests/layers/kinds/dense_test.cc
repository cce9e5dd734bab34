// The layers with weights, and those that only reshape or add a loss.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/constraint.h>
#include <seedproof/rng/values/error.h>

#include "tests/layers/kinds/support.h"

namespace seedproof {
namespace {

using test::make;
using test::ramp;
using test::training;
using ::testing::HasSubstr;

ConfigValue named(const char* name, Config config = {}) {
  return Config{{"class_name", name}, {"config", std::move(config)}};
}

std::vector<std::string> names(const Layer& layer) {
  std::vector<std::string> out;
  for (const Variable* weight : layer.weights()) out.push_back(weight->name());
  return out;
}

// Small whole numbers: every product and sum is exact, in any order.
const Tensor kInput = Tensor::from<float>({2, 3}, {1, -2, 3, 0, 4, -1});
const Tensor kKernel = Tensor::from<float>({3, 2}, {2, -1, 1, 3, 0, 5});
const Tensor kBias = Tensor::from<float>({2}, {10, -20});
const Tensor kProduct = Tensor::from<float>({2, 2}, {10, -12, 14, -13});  // x @ kernel + bias
const Tensor kUpstream = Tensor::from<float>({2, 2}, {1, 2, -3, 1});

TEST(Affine, IsTheProductPlusTheBiasWithItsGradients) {
  for (const char* class_name : {"SimpleDense", "CustomLinear", "CustomInitLayer", "Dense"}) {
    const auto built = make(class_name, {{"units", 2}});
    built.layer->build({2, 3});
    built.layer->set_weights({kKernel, kBias});
    EXPECT_TRUE(bit_equal(built(kInput, training()), kProduct)) << class_name;

    const Tensor back = built.layer->backward(kUpstream);
    EXPECT_TRUE(bit_equal(back, Tensor::from<float>({2, 3}, {0, 7, 10, -7, 0, 5}))) << class_name;
    const auto weights = built.layer->weights();
    EXPECT_TRUE(
        bit_equal(*weights[0]->gradient(), Tensor::from<float>({3, 2}, {1, 2, -14, 0, 6, 5})))
        << class_name;
    EXPECT_TRUE(bit_equal(*weights[1]->gradient(), Tensor::from<float>({2}, {-2, 3})))
        << class_name;
  }
}

TEST(Affine, NamesAndInitialisersAreTheDocuments) {
  struct Case {
    const char* class_name;
    std::vector<std::string> names;
    const char* initializer;
    double bias;
  };
  const std::vector<Case> cases{{"SimpleDense", {"kernel", "bias"}, "GlorotUniform", 0.0},
                                {"Dense", {"kernel", "bias"}, "GlorotUniform", 0.0},
                                {"CustomLinear", {"w", "b"}, "RandomNormal", 0.0},
                                {"CustomInitLayer", {"w", "b"}, "GlorotNormal", 1.0}};
  for (const Case& c : cases) {
    for (const char* generator : {"philox", "counter", "tf-global"}) {
      const auto built = make(c.class_name, {{"units", 4}}, generator);
      built.layer->build({2, 3});
      EXPECT_EQ(names(*built.layer), c.names);
      const auto twin = make_generator(generator, 1);
      const auto stream =
          twin->open(Site{built.layer->scope(), c.names[0], Role::initializer}, Seed::none());
      const Tensor wanted = make_initializer(c.initializer)->make({3, 4}, DType::f32, stream.get());
      const auto weights = built.layer->get_weights();
      EXPECT_TRUE(bit_equal(weights[0], wanted)) << c.class_name << " " << generator;
      for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(weights[1].at(i), c.bias);
    }
  }
}

TEST(Affine, UnitsArePositive) {
  for (const char* class_name :
       {"SimpleDense", "CustomLinear", "CustomNonLinear", "CustomInitLayer", "Dense"}) {
    for (const int units : {0, -3}) {
      EXPECT_THAT(
          test::message_of<ValueError>([&] {
            make_layer(class_name, {{"units", units}});
          }),
          HasSubstr("expected a positive integer. Received: units=" + std::to_string(units)));
    }
  }
  EXPECT_EQ(make_layer("SimpleDense")->get_config().at("units"), ConfigValue(32));
}

TEST(CustomNonLinear, IsASineOfTheScaledAffine) {
  const auto built = make("CustomNonLinear", {{"units", 2}, {"dtype", "float64"}});
  built.layer->build({2, 3});
  EXPECT_EQ(names(*built.layer), (std::vector<std::string>{"w", "b", "a"}));
  const Tensor a = Tensor::from<double>({2}, {0.25, -0.125});
  built.layer->set_weights({kKernel, kBias, a});
  const Tensor y = built(kInput.cast(DType::f64), training());
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(y.at(i), std::sin(kProduct.at(i) * a.at(i % 2)), 1e-15);
  }
}

TEST(Dense, OpensTheStreamsOfItsInitialisersAtConstruction) {
  const auto built = make("Dense", {{"units", 2}, {"bias_initializer", "random_normal"}});
  const auto streams = built.layer->streams();
  ASSERT_EQ(streams.size(), 2u);
  EXPECT_EQ(streams[0]->site().purpose, "kernel");
  EXPECT_EQ(streams[1]->site().purpose, "bias");
  EXPECT_EQ(streams[0]->site().role, Role::initializer);
  built.layer->build({2, 3});
  EXPECT_EQ(built.layer->streams().size(), 2u);
  EXPECT_EQ(test::draws(built), 2u);
  EXPECT_TRUE(make("SimpleDense").layer->streams().empty());
}

TEST(Dense, SeededInitialisersDoNotCareAboutTheLayer) {
  const Config config{{"units", 3}, {"kernel_initializer", named("HeNormal", {{"seed", 0}})}};
  const auto built = make("Dense", config, "tf-global", 1);
  const auto other = make("Dense", config, "tf-global", 99);
  built.layer->build({2, 3});
  other.layer->build({2, 3});
  EXPECT_TRUE(bit_equal(built.layer->get_weights()[0], other.layer->get_weights()[0]));
}

TEST(Dense, UsesActivationBiasRegularisersAndConstraints) {
  const auto built = make("Dense", {{"units", 2},
                                    {"activation", "relu"},
                                    {"use_bias", false},
                                    {"kernel_regularizer", named("L2", {{"l2", 0.5}})},
                                    {"kernel_constraint", "non_neg"},
                                    {"activity_regularizer", named("L1", {{"l1", 0.25}})}});
  built.layer->build({2, 3});
  built.layer->set_weights({kKernel});
  const Tensor y = built(kInput, training());
  EXPECT_TRUE(bit_equal(y, Tensor::from<float>({2, 2}, {0, 8, 4, 7})));
  ASSERT_EQ(built.layer->weights().size(), 1u);
  EXPECT_EQ(built.layer->weights()[0]->constraint()->class_name(), "NonNeg");
  double total = 0.0;
  for (const Tensor& loss : built.layer->losses()) total += loss.at(0);
  EXPECT_EQ(total, 0.5 * 40 + 0.25 * 19 / 2);

  // Upstream plus the activity's 0.125 where y > 0; the kernel's own gradient is 2 * 0.5 * kernel.
  built.layer->backward(Tensor(DType::f32, {2, 2}));
  EXPECT_TRUE(bit_equal(*built.layer->weights()[0]->gradient(),
                        Tensor::from<float>({3, 2}, {2, -0.875, 1.5, 3.25, -0.125, 5.25})));
}

TEST(Dense, ChecksItsInputs) {
  const auto flat = make("Dense", {{"units", 2}});
  EXPECT_THAT(test::message_of<ValueError>([&] { flat(ramp({3}), training()); }),
              HasSubstr("expected min_ndim=2, found ndim=1"));
  const auto built = make("Dense", {{"units", 2}});
  built(ramp({2, 3}), training());
  EXPECT_THAT(test::message_of<ValueError>([&] {
                built(ramp({2, 4}), training());
              }),
              HasSubstr("expected axis -1 of input shape to have value 3"));
}

TEST(CustomWeightInitLayer, AddsUniformsOfItsOwnGenerator) {
  for (const char* generator : {"philox", "counter", "tf-generator"}) {
    const auto built = make("CustomWeightInitLayer", {{"seed", 7}}, generator);
    const Tensor x = ramp({4, 2, 3});
    const Tensor y = built(x, training());
    ASSERT_EQ(names(*built.layer), std::vector<std::string>{"custom_weights"});
    const auto twin = make_generator(generator, 1);
    const auto stream = twin->open(Site{built.layer->scope(), "weights", Role::layer}, 7);
    Tensor wanted(DType::f32, {2, 3});
    Moment moment;
    moment.phase = Phase::build;
    stream->draw(Draw{Distribution::uniform(-1, 1), DType::f32, Region{wanted.shape()}}, moment,
                 wanted.data());
    EXPECT_TRUE(bit_equal(built.layer->get_weights()[0], wanted)) << generator;
    const auto xs = test::floats(x);
    const auto ws = test::floats(wanted);
    for (std::size_t i = 0; i < xs.size(); ++i) EXPECT_EQ(y.at(i), xs[i] + ws[i % 6]);

    EXPECT_TRUE(bit_equal(built.layer->backward(x), x));
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_NEAR(built.layer->weights()[0]->gradient()->at(i),
                  xs[i] + xs[i + 6] + xs[i + 12] + xs[i + 18], 1e-6);
    }
  }
}

TEST(ComputeSum, KeepsARunningTotalThatIsNotTrained) {
  const auto built = make("ComputeSum", {{"input_dim", 3}});
  EXPECT_TRUE(bit_equal(built(kInput, training()), Tensor::from<float>({3}, {1, 2, 2})));
  EXPECT_TRUE(bit_equal(built(kInput, test::inference()), Tensor::from<float>({3}, {2, 4, 4})));
  EXPECT_TRUE(built.layer->trainable_weights().empty());
  ASSERT_EQ(built.layer->non_trainable_weights().size(), 1u);
  EXPECT_EQ(built.layer->weights()[0]->name(), "total");

  EXPECT_TRUE(bit_equal(built.layer->backward(Tensor::from<float>({3}, {5, 6, 7})),
                        Tensor::from<float>({2, 3}, {5, 6, 7, 5, 6, 7})));
  EXPECT_FALSE(built.layer->weights()[0]->gradient().has_value());
  EXPECT_THROW(built(ramp({2, 4}), training()), ValueError);
  EXPECT_THROW(make_layer("ComputeSum", {{"input_dim", -1}}), ValueError);
}

TEST(ActivityLoss, PassesItsInputsAndTheirSumAsALoss) {
  const auto built = make("ActivityLoss");
  for (int call = 0; call < 2; ++call) {
    EXPECT_TRUE(bit_equal(built(kInput, training()), kInput));
    ASSERT_EQ(built.layer->losses().size(), 1u);
    EXPECT_EQ(built.layer->losses()[0].shape(), Shape{});
    EXPECT_EQ(built.layer->losses()[0].at(0), 5.0);
  }
  EXPECT_TRUE(
      bit_equal(built.layer->backward(kInput), Tensor::from<float>({2, 3}, {2, -1, 4, 1, 5, 0})));
}

TEST(Flatten, MovesChannelsToTheEnd) {
  const Tensor x = ramp({2, 3, 2, 2});
  const auto last = make("Flatten");
  EXPECT_TRUE(bit_equal(last(x, training()), x.reshaped({2, 12})));
  EXPECT_TRUE(bit_equal(last.layer->backward(x.reshaped({2, 12})), x));

  const auto first = make("Flatten", {{"data_format", "channels_first"}});
  const Tensor y = first(x, training());
  ASSERT_EQ(y.shape(), (Shape{2, 12}));
  for (std::size_t n = 0; n < 2; ++n) {
    for (std::size_t c = 0; c < 3; ++c) {
      for (std::size_t p = 0; p < 4; ++p) {
        EXPECT_EQ(y.at(n * 12 + p * 3 + c), x.at((n * 3 + c) * 4 + p));
      }
    }
  }
  EXPECT_TRUE(bit_equal(first.layer->backward(y), x));
}

TEST(Flatten, GivesAVectorAChannel) {
  EXPECT_EQ(make("Flatten")(ramp({5}), training()).shape(), (Shape{5, 1}));
  const auto layer = make_layer("Flatten");
  const std::vector<Shape> unknown{{-1, 4, -1}};
  EXPECT_EQ(layer->compute_output_shape(unknown)[0], (Shape{-1, -1}));
  EXPECT_THAT(
      test::message_of<ValueError>([] { make("Flatten")(Tensor(DType::f32, {}), training()); }),
      HasSubstr("expected min_ndim=1, found ndim=0"));
}

}  // namespace
}  // namespace seedproof
