// The layers that multiply by a mask or by noise.
#include <cmath>
#include <limits>

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

constexpr double kRates[] = {0.1, 0.3, 0.75};

// ---- CustomDropout: (x * (u > rate)) / (1 - rate), each step in the dtype

TEST(CustomDropout, IsTheDocumentsFormulaOfItsUniforms) {
  for (const char* generator : {"philox", "counter", "tf-generator", "shared-global"}) {
    for (const double rate : kRates) {
      const auto built = make("CustomDropout", {{"rate", rate}, {"seed", 7}}, generator);
      const Tensor x = ramp({5, 7});
      const Tensor y = built(x, training());
      const Tensor u =
          test::oracle(built, generator, 7, "mask", Role::layer, Distribution::uniform(), {5, 7});
      const auto xs = test::floats(x);
      const auto us = test::floats(u);
      for (std::size_t i = 0; i < xs.size(); ++i) {
        const float mask = us[i] > static_cast<float>(rate) ? 1.0f : 0.0f;
        const float product = xs[i] * mask;
        EXPECT_EQ(y.at(i), product / static_cast<float>(1.0 - rate)) << generator << " " << i;
      }
    }
  }
}

TEST(CustomDropout, OnesShowExactZerosAndScales) {
  for (const double rate : kRates) {
    const auto built = make("CustomDropout", {{"rate", rate}, {"seed", 7}});
    const Tensor y = built(Tensor::full(DType::f32, {20, 50}, 1.0), training());
    const float kept = 1.0f / static_cast<float>(1.0 - rate);
    std::size_t zeros = 0;
    for (const float value : test::floats(y)) {
      EXPECT_TRUE(value == 0.0f || value == kept) << value;
      zeros += value == 0.0f;
    }
    // 1000 trials: five standard deviations of the binomial.
    EXPECT_NEAR(static_cast<double>(zeros), 1000 * rate, 5 * std::sqrt(1000 * rate * (1 - rate)));
  }
}

TEST(CustomDropout, RateOneGivesNaN) {
  const auto built = make("CustomDropout", {{"rate", 1.0}, {"seed", 7}}, "tf-generator");
  for (const float value : test::floats(built(ramp({3, 4}), training()))) {
    EXPECT_TRUE(std::isnan(value));
  }
}

TEST(CustomDropout, ADroppedInfinityBecomesNaN) {
  const auto built = make("CustomDropout", {{"rate", 0.5}, {"seed", 7}});
  const float infinity = std::numeric_limits<float>::infinity();
  std::size_t kept = 0;
  const auto values = test::floats(built(Tensor::full(DType::f32, {40}, infinity), training()));
  for (const float value : values) {
    EXPECT_TRUE(std::isnan(value) || value == infinity);
    kept += value == infinity;
  }
  EXPECT_GT(kept, 0u);
  EXPECT_LT(kept, values.size());
}

TEST(CustomDropout, WithoutASeedItDependsOnTheGenerator) {
  const auto refused = make("CustomDropout", {{"rate", 0.3}}, "tf-generator");
  EXPECT_THAT(test::message_of<ValueError>([&] {
                refused(ramp({2, 3}), training());
              }),
              HasSubstr("None"));
  const auto drawn = make("CustomDropout", {{"rate", 0.3}}, "philox");
  EXPECT_EQ(drawn(ramp({2, 3}), training()).shape(), (Shape{2, 3}));
}

TEST(CustomDropout, EqualSeedsGiveEqualMasks) {
  for (const char* generator : {"philox", "tf-generator"}) {
    const auto one =
        make("CustomDropout", {{"rate", 0.3}, {"seed", 7}, {"name", "one"}}, generator);
    const auto two =
        make("CustomDropout", {{"rate", 0.3}, {"seed", 7}, {"name", "two"}}, generator);
    const auto other =
        make("CustomDropout", {{"rate", 0.3}, {"seed", 8}, {"name", "one"}}, generator);
    const Tensor x = ramp({5, 7});
    const Tensor y = one(x, training());
    EXPECT_TRUE(bit_equal(y, two(x, training()))) << generator;
    EXPECT_FALSE(bit_equal(y, other(x, training()))) << generator;
    EXPECT_FALSE(bit_equal(y, one(x, training(1)))) << generator;
  }
}

// ---- masks are replayed

TEST(EveryDropout, OnesUpstreamRevealTheMaskOfTheLastCall) {
  for (const char* class_name : {"CustomDropout", "Dropout", "GaussianDropout"}) {
    for (const char* generator : {"philox", "counter", "tf-global"}) {
      const auto built = make(class_name, {{"rate", 0.3}, {"seed", 7}}, generator);
      const Tensor ones = Tensor::full(DType::f32, {5, 7}, 1.0);
      built(ones, training());
      const Tensor second = built(ones, training());
      const auto before = test::draws(built);
      EXPECT_TRUE(bit_equal(built.layer->backward(ones), second)) << class_name << generator;
      EXPECT_TRUE(bit_equal(built.layer->backward(ones), second)) << class_name << generator;
      EXPECT_EQ(test::draws(built), before + 2);
    }
  }
}

TEST(EveryDropout, GradientsOfInferencePassThrough) {
  for (const char* class_name : {"CustomDropout", "Dropout", "GaussianDropout", "AlphaDropout"}) {
    const auto built = make(class_name, {{"rate", 0.3}, {"seed", 7}});
    const Tensor x = ramp({5, 7});
    built(x, training());
    EXPECT_TRUE(bit_equal(built(x, test::inference()), x)) << class_name;
    EXPECT_EQ(test::draws(built), 1u) << class_name;
    EXPECT_TRUE(bit_equal(built.layer->backward(x), x)) << class_name;
  }
}

TEST(EveryDropout, RateZeroOpensNoStream) {
  for (const char* class_name :
       {"Dropout", "GaussianDropout", "AlphaDropout", "SpatialDropout1D"}) {
    const auto built = make(class_name, {{"rate", 0.0}, {"seed", 7}});
    const Tensor x = ramp({2, 3, 4});
    EXPECT_TRUE(bit_equal(built(x, training()), x)) << class_name;
    EXPECT_TRUE(built.layer->streams().empty()) << class_name;
  }
}

TEST(EveryDropout, RatesOutsideTheUnitIntervalAreRefused) {
  for (const char* class_name : {"Dropout", "GaussianDropout", "AlphaDropout", "SpatialDropout1D",
                                 "SpatialDropout2D", "SpatialDropout3D"}) {
    for (const double rate : {-0.25, 1.5, std::nan("")}) {
      EXPECT_THAT(test::message_of<ValueError>([&] {
                    make_layer(class_name, {{"rate", rate}});
                  }),
                  HasSubstr("`rate`. Expected a float value between 0 and 1. Received: rate="))
          << class_name;
    }
    EXPECT_THAT(test::message_of<ValueError>([&] { make_layer(class_name); }), HasSubstr("'rate'"));
  }
}

TEST(EveryDropout, AStockOneOpensItsStreamAtConstruction) {
  const auto built = make("Dropout", {{"rate", 0.3}, {"seed", 7}});
  ASSERT_EQ(built.layer->streams().size(), 1u);
  EXPECT_EQ(built.layer->streams()[0]->site().role, Role::stock);
  const auto loose = make_layer("Dropout", {{"rate", 0.3}});
  EXPECT_THAT(test::message_of<RuntimeError>([&] { (*loose)(ramp({2}), training()); }),
              HasSubstr("was not attached to a generator"));
}

// ---- Dropout

TEST(Dropout, TensorFlowKeepsFromTheRateOnAndMultiplies) {
  for (const double rate : kRates) {
    const auto built = make("Dropout", {{"rate", rate}, {"seed", 7}}, "tf-global");
    const Tensor x = ramp({5, 7});
    const Tensor y = built(x, training());
    const Tensor u =
        test::oracle(built, "tf-global", 7, "mask", Role::stock, Distribution::uniform(), {5, 7});
    const auto xs = test::floats(x);
    const auto us = test::floats(u);
    for (std::size_t i = 0; i < xs.size(); ++i) {
      const bool kept = us[i] >= static_cast<float>(rate);
      EXPECT_EQ(y.at(i), kept ? xs[i] * static_cast<float>(1.0 / (1.0 - rate)) : 0.0f) << i;
    }
  }
}

TEST(Dropout, DroppedIsPositiveZeroWhateverWasThere) {
  const auto built = make("Dropout", {{"rate", 0.5}, {"seed", 7}});
  Tensor x = Tensor::full(DType::f32, {90}, -1.0);
  for (std::size_t i = 0; i < 30; ++i) {
    x.as<float>()[i] = std::numeric_limits<float>::quiet_NaN();
    x.as<float>()[30 + i] = -std::numeric_limits<float>::infinity();
  }
  const auto values = test::floats(built(x, training()));
  for (std::size_t part = 0; part < 3; ++part) {
    std::size_t dropped = 0;
    for (std::size_t i = 30 * part; i < 30 * part + 30; ++i) {
      if (values[i] != 0.0f) continue;
      EXPECT_FALSE(std::signbit(values[i]));
      ++dropped;
    }
    EXPECT_GT(dropped, 0u);
    EXPECT_LT(dropped, 30u);
  }
}

TEST(Dropout, RateOneGivesZerosAndDrawsNothing) {
  const auto built = make("Dropout", {{"rate", 1.0}, {"seed", 7}});
  const Tensor x = ramp({3, 4});
  EXPECT_TRUE(bit_equal(built(x, training()), Tensor(DType::f32, {3, 4})));
  EXPECT_TRUE(bit_equal(built.layer->backward(x), Tensor(DType::f32, {3, 4})));
  EXPECT_EQ(test::draws(built), 0u);
}

TEST(Dropout, ANoiseShapeIsSharedAlongItsOnes) {
  const Config config{
      {"rate", 0.3}, {"seed", 7}, {"noise_shape", ConfigValue::List{ConfigValue(), 1, 5}}};
  const auto built = make("Dropout", config);
  const auto plain = make("Dropout", {{"rate", 0.3}, {"seed", 7}});
  const Tensor y = built(Tensor::full(DType::f32, {4, 3, 5}, 1.0), training());
  const Tensor mask = plain(Tensor::full(DType::f32, {4, 1, 5}, 1.0), training());
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      for (std::size_t k = 0; k < 5; ++k) {
        EXPECT_EQ(y.at((i * 3 + j) * 5 + k), mask.at(i * 5 + k));
      }
    }
  }
  EXPECT_TRUE(bit_equal(built.layer->backward(Tensor::full(DType::f32, {4, 3, 5}, 1.0)), y));
}

TEST(Dropout, RefusesANoiseShapeInKerasWords) {
  const auto refusal = [](const ConfigValue& shape) {
    return test::message_of<ValueError>([&] {
      make("Dropout", {{"rate", 0.3}, {"noise_shape", shape}})(ramp({4, 3}), training());
    });
  };
  EXPECT_THAT(refusal("4, 1"), HasSubstr("Expected a tuple or list of integers"));
  EXPECT_THAT(refusal(ConfigValue::List{4, 0}),
              HasSubstr("Received negative or zero value at index 1: 0"));
  EXPECT_THAT(refusal(ConfigValue::List{4, 1.5}), HasSubstr("Received element at index 1: 1.5"));
  EXPECT_THAT(refusal(ConfigValue::List{4, 2}), HasSubstr("(4, 2) does not broadcast"));
  EXPECT_THAT(refusal(ConfigValue::List{4, 3, 1}), HasSubstr("(4, 3, 1) does not broadcast"));
}

// ---- SpatialDropout

TEST(SpatialDropout, DropsWholeFeatureMaps) {
  struct Case {
    const char* class_name;
    const char* format;
    Shape shape;
    Shape mask;
  };
  const std::vector<Case> cases{
      {"SpatialDropout1D", nullptr, {4, 3, 5}, {4, 1, 5}},
      {"SpatialDropout2D", "channels_last", {4, 2, 3, 5}, {4, 1, 1, 5}},
      {"SpatialDropout2D", "channels_first", {4, 5, 2, 3}, {4, 5, 1, 1}},
      {"SpatialDropout3D", "channels_last", {4, 2, 3, 2, 5}, {4, 1, 1, 1, 5}},
      {"SpatialDropout3D", "channels_first", {4, 5, 2, 3, 2}, {4, 5, 1, 1, 1}}};
  for (const Case& c : cases) {
    Config config{{"rate", 0.3}, {"seed", 7}};
    if (c.format != nullptr) config.set("data_format", c.format);
    const auto built = make(c.class_name, config);
    ConfigValue::List extents;
    for (const std::int64_t extent : c.mask) extents.push_back(extent);
    const auto plain = make("Dropout", {{"rate", 0.3}, {"seed", 7}, {"noise_shape", extents}});
    const Tensor ones = Tensor::full(DType::f32, c.shape, 1.0);
    const Tensor y = built(ones, training());
    EXPECT_TRUE(bit_equal(y, plain(ones, training()))) << c.class_name;
    EXPECT_TRUE(bit_equal(built.layer->backward(ones), y)) << c.class_name;
  }
}

TEST(SpatialDropout, ChecksTheRank) {
  const auto two = make("SpatialDropout2D", {{"rate", 0.3}});
  EXPECT_THAT(test::message_of<ValueError>([&] {
                two(ramp({2, 3, 4}), training());
              }),
              HasSubstr("expected ndim=4, found ndim=3"));
  const auto one = make("SpatialDropout1D", {{"rate", 0.3}});
  EXPECT_THAT(test::message_of<ValueError>([&] {
                one(ramp({2, 3}), test::inference());
              }),
              HasSubstr("expected ndim=3, found ndim=2"));
  EXPECT_THAT(test::message_of<ValueError>([] {
                make_layer("SpatialDropout3D", {{"rate", 0.3}, {"data_format", "channels_up"}});
              }),
              HasSubstr("data_format=channels_up"));
}

// ---- GaussianDropout, AlphaDropout

TEST(GaussianDropout, MultipliesByNormalsAroundOne) {
  for (const double rate : kRates) {
    const auto built = make("GaussianDropout", {{"rate", rate}, {"seed", 7}}, "tf-global");
    const Tensor x = ramp({5, 7});
    const Tensor y = built(x, training());
    const Tensor z =
        test::oracle(built, "tf-global", 7, "noise", Role::stock, Distribution::normal(), {5, 7});
    const float stddev = static_cast<float>(std::sqrt(rate / (1.0 - rate)));
    const auto xs = test::floats(x);
    const auto zs = test::floats(z);
    for (std::size_t i = 0; i < xs.size(); ++i) {
      const float scaled = zs[i] * stddev;
      const float noise = scaled + 1.0f;
      EXPECT_EQ(y.at(i), xs[i] * noise) << i;
    }
  }
}

TEST(GaussianDropout, RateOneDividesByZeroInTheCall) {
  for (const char* class_name : {"GaussianDropout", "AlphaDropout"}) {
    const auto built = make(class_name, {{"rate", 1.0}, {"seed", 7}});
    EXPECT_TRUE(bit_equal(built(ramp({3}), test::inference()), ramp({3})));
    EXPECT_THAT(test::message_of<ValueError>([&] { built(ramp({3}), training()); }),
                HasSubstr("rate=1.0"));
  }
}

TEST(AlphaDropout, IsKerasFormulaOfAFloat32Mask) {
  const double dropped = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946;
  for (const double rate : kRates) {
    const auto built = make("AlphaDropout", {{"rate", rate}, {"seed", 7}}, "tf-global");
    const Tensor x = ramp({5, 7});
    const Tensor y = built(x, training());
    const Tensor u =
        test::oracle(built, "tf-global", 7, "mask", Role::stock, Distribution::uniform(), {5, 7});
    const double a = std::pow((1 - rate) * (1 + rate * dropped * dropped), -0.5);
    const double b = -a * dropped * rate;
    const auto xs = test::floats(x);
    const auto us = test::floats(u);
    for (std::size_t i = 0; i < xs.size(); ++i) {
      const float k = us[i] >= static_cast<float>(rate) ? 1.0f : 0.0f;
      const float kept = xs[i] * k;
      const float rest = static_cast<float>(dropped) * (1.0f - k);
      const float mixed = kept + rest;
      const float scaled = static_cast<float>(a) * mixed;
      EXPECT_EQ(y.at(i), scaled + static_cast<float>(b)) << i;
    }
    // In double the same elements are dropped: the mask stays a float32 one.
    const auto wide =
        make("AlphaDropout", {{"rate", rate}, {"seed", 7}, {"dtype", "float64"}}, "tf-global");
    const Tensor z = wide(ramp({5, 7}, DType::f64), training());
    for (std::size_t i = 0; i < xs.size(); ++i) EXPECT_NEAR(z.at(i), y.at(i), 1e-5) << i;
  }
}

}  // namespace
}  // namespace seedproof
