// Activation functions: values of keras 3.15.1 on TensorFlow 2.21.0 (CPU, float32), and gradients
// by finite differences.
#include <bit>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/kinds/activations.h>
#include <seedproof/layers/kinds/erfc.h>
#include <seedproof/rng/values/error.h>

#include "tests/layers/kinds/finite_difference.h"
#include "tests/layers/kinds/support.h"

namespace seedproof {
namespace {

using test::make;
using test::training;
using ::testing::HasSubstr;

const std::vector<float> kPoints{-3.5f, -1.2f, -0.4f, 0.3f, 0.9f, 2.5f, 7.0f};

struct Known {
  const char* name;
  std::vector<float> values;
};

/// Distance in units of the last place.
std::int64_t ulps(float a, float b) {
  const auto ordered = [](float value) {
    const auto bits = static_cast<std::int64_t>(std::bit_cast<std::int32_t>(value));
    return bits < 0 ? std::numeric_limits<std::int32_t>::min() - bits : bits;
  };
  return std::abs(ordered(a) - ordered(b));
}

TEST(Activation, ValuesAreWithinFourUlpOfKeras) {
  const std::vector<Known> rows{
      {"linear",
       {-0x1.c00000p+1f, -0x1.333334p+0f, -0x1.99999ap-2f, 0x1.333334p-2f, 0x1.ccccccp-1f,
        0x1.400000p+1f, 0x1.c00000p+2f}},
      {"relu",
       {0x0.0p+0f, 0x0.0p+0f, 0x0.0p+0f, 0x1.333334p-2f, 0x1.ccccccp-1f, 0x1.400000p+1f,
        0x1.c00000p+2f}},
      {"relu6",
       {0x0.0p+0f, 0x0.0p+0f, 0x0.0p+0f, 0x1.333334p-2f, 0x1.ccccccp-1f, 0x1.400000p+1f,
        0x1.800000p+2f}},
      {"leaky_relu",
       {-0x1.666666p-1f, -0x1.eb8520p-3f, -0x1.47ae16p-4f, 0x1.333334p-2f, 0x1.ccccccp-1f,
        0x1.400000p+1f, 0x1.c00000p+2f}},
      {"sigmoid",
       {0x1.e04068p-6f, 0x1.da0facp-3f, 0x1.9af19ep-2f, 0x1.261d56p-1f, 0x1.6c0192p-1f,
        0x1.d9291ep-1f, 0x1.ff8896p-1f}},
      {"tanh",
       {-0x1.ff112ep-1f, -0x1.aad4cap-1f, -0x1.851158p-2f, 0x1.2a4ddcp-2f, 0x1.6ebe98p-1f,
        0x1.f92584p-1f, 0x1.ffffc8p-1f}},
      {"softmax",
       {0x1.c6ef62p-16f, 0x1.1b99b4p-12f, 0x1.3b9504p-11f, 0x1.3dc092p-10f, 0x1.217dbap-9f,
        0x1.6676f6p-7f, 0x1.f82fdap-1f}},
      {"log_softmax",
       {-0x1.507df8p+3f, -0x1.06e45ep+3f, -0x1.da958cp+2f, -0x1.adc8bep+2f, -0x1.876258p+2f,
        -0x1.20fbf2p+2f, -0x1.f7e318p-7f}},
      {"elu",
       {-0x1.f089f8p-1f, -0x1.65c9e0p-1f, -0x1.5197a0p-2f, 0x1.333334p-2f, 0x1.ccccccp-1f,
        0x1.400000p+1f, 0x1.c00000p+2f}},
      {"selu",
       {-0x1.b47b7ep+0f, -0x1.3a8390p+0f, -0x1.28c2a8p-1f, 0x1.42c67ep-2f, 0x1.e429bcp-1f,
        0x1.50396ep+1f, 0x1.d6b6ccp+2f}},
      {"celu",
       {-0x1.f089f8p-1f, -0x1.65c9e0p-1f, -0x1.5197a0p-2f, 0x1.333334p-2f, 0x1.ccccccp-1f,
        0x1.400000p+1f, 0x1.c00000p+2f}},
      {"softplus",
       {0x1.e76e4cp-6f, 0x1.0d99eap-2f, 0x1.06a9f0p-1f, 0x1.b56e0ep-1f, 0x1.3dbc42p+0f,
        0x1.4a1910p+1f, 0x1.c00ef0p+2f}},
      {"softsign",
       {-0x1.8e38e4p-1f, -0x1.1745d2p-1f, -0x1.24924ap-2f, 0x1.d89d8cp-3f, 0x1.e50d78p-2f,
        0x1.6db6dcp-1f, 0x1.c00000p-1f}},
      {"silu",
       {-0x1.a4385cp-4f, -0x1.1c6fcep-2f, -0x1.48c14cp-3f, 0x1.60f002p-3f, 0x1.479b02p-1f,
        0x1.27b9b2p+1f, 0x1.bf9784p+2f}},
      {"mish",
       {-0x1.aa6050p-4f, -0x1.3c3f72p-2f, -0x1.82e6a6p-3f, 0x1.a9fca2p-3f, 0x1.85bcc8p-1f,
        0x1.3c5696p+1f, 0x1.bfffd2p+2f}},
      {"gelu",
       {-0x1.aae048p-11f, -0x1.1acb98p-3f, -0x1.1a474ep-3f, 0x1.7ba510p-3f, 0x1.77fc2ep-1f,
        0x1.3e034ep+1f, 0x1.c00000p+2f}},
      {"exponential",
       {0x1.eec102p-6f, 0x1.346c40p-2f, 0x1.573430p-1f, 0x1.59905ap+0f, 0x1.3ad446p+1f,
        0x1.85d6fep+3f, 0x1.122886p+10f}},
      {"hard_sigmoid",
       {0x0.0p+0f, 0x1.333332p-2f, 0x1.bbbbbap-2f, 0x1.19999ap-1f, 0x1.4ccccep-1f, 0x1.d55556p-1f,
        0x1.000000p+0f}},
      {"hard_silu",
       {-0x0.0p+0f, -0x1.70a3d6p-2f, -0x1.62fc96p-3f, 0x1.51eb86p-3f, 0x1.2b8520p-1f,
        0x1.255556p+1f, 0x1.c00000p+2f}},
      {"hard_tanh",
       {-0x1.000000p+0f, -0x1.000000p+0f, -0x1.99999ap-2f, 0x1.333334p-2f, 0x1.ccccccp-1f,
        0x1.000000p+0f, 0x1.000000p+0f}},
      {"tanh_shrink",
       {-0x1.403bb4p+1f, -0x1.77233cp-2f, -0x1.488420p-6f, 0x1.1cab00p-7f, 0x1.7838d0p-3f,
        0x1.836d3ep+0f, 0x1.800008p+2f}},
      {"soft_shrink",
       {-0x1.800000p+1f, -0x1.666668p-1f, 0x0.0p+0f, 0x0.0p+0f, 0x1.999998p-2f, 0x1.000000p+1f,
        0x1.a00000p+2f}},
      {"hard_shrink",
       {-0x1.c00000p+1f, -0x1.333334p+0f, 0x0.0p+0f, 0x0.0p+0f, 0x1.ccccccp-1f, 0x1.400000p+1f,
        0x1.c00000p+2f}},
      {"log_sigmoid",
       {-0x1.c3cedcp+1f, -0x1.7699aep+0f, -0x1.d376bcp-1f, -0x1.1bd474p-1f, -0x1.5d5770p-2f,
        -0x1.4321e2p-4f, -0x1.dddef6p-11f}},
      {"squareplus",
       {0x1.0ff020p-2f, 0x1.21e3b4p-1f, 0x1.a3bd56p-1f, 0x1.294394p+0f, 0x1.8bed08p+0f,
        0x1.6ce664p+1f, 0x1.c8f6a8p+2f}},
      {"sparse_plus",
       {0x0.0p+0f, 0x0.0p+0f, 0x1.70a3d8p-4f, 0x1.b0a3d4p-2f, 0x1.ce147ap-1f, 0x1.400000p+1f,
        0x1.c00000p+2f}},
      {"sparse_sigmoid",
       {0x0.0p+0f, 0x0.0p+0f, 0x1.333334p-2f, 0x1.4cccccp-1f, 0x1.e66666p-1f, 0x1.000000p+0f,
        0x1.000000p+0f}}};
  EXPECT_EQ(rows.size(), kinds::activation_names().size());
  for (const Known& row : rows) {
    const auto built = make("Activation", {{"activation", row.name}});
    const auto found = test::floats(
        built(Tensor::from<float>({1, 7}, std::span<const float>(kPoints)), training()));
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_LE(ulps(found[i], row.values[i]), 4) << row.name << " of " << kPoints[i];
    }
  }
}

TEST(Activation, EveryGradientIsConfirmed) {
  for (const std::string_view name : kinds::activation_names()) {
    test::expect_gradients({"Activation", {{"activation", std::string(name)}}, {3, 7}});
    test::expect_gradients({"Dense", {{"units", 3}, {"activation", std::string(name)}}, {2, 4}});
  }
}

TEST(Activation, SaturatesWithoutNaN) {
  for (const char* name : {"sigmoid", "tanh", "softmax", "log_softmax", "softplus", "log_sigmoid",
                           "silu", "gelu", "elu", "selu", "mish"}) {
    const auto built = make("Activation", {{"activation", name}});
    const Tensor x = Tensor::from<float>({1, 4}, {-1e4f, -200.0f, 200.0f, 1e4f});
    const Tensor y = built(x, training());
    const Tensor g = built.layer->backward(Tensor::full(DType::f32, {1, 4}, 1.0));
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_TRUE(std::isfinite(y.at(i))) << name << " " << i;
      EXPECT_TRUE(std::isfinite(g.at(i))) << name << " " << i;
    }
  }
}

TEST(Activation, SoftmaxRowsSumToOne) {
  const auto built = make("Activation", {{"activation", "softmax"}, {"dtype", "float64"}});
  const Tensor y = built(test::ramp({3, 5}, DType::f64), training());
  for (std::size_t row = 0; row < 3; ++row) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 5; ++i) sum += y.at(row * 5 + i);
    EXPECT_NEAR(sum, 1.0, 1e-15);
  }
}

TEST(Activation, NamesAreKeras) {
  EXPECT_EQ(make_layer("Activation")->get_config().at("activation"), ConfigValue("linear"));
  EXPECT_EQ(make_layer("Activation", {{"activation", "swish"}})->get_config().at("activation"),
            ConfigValue("silu"));
  EXPECT_THAT(test::message_of<ValueError>([] {
                make_layer("Activation", {{"activation", "nope"}});
              }),
              HasSubstr("Could not interpret activation function identifier"));
  EXPECT_THROW(make_layer("Dense", {{"units", 1}, {"activation", 3}}), ValueError);
}

TEST(Erfc, AgreesWithTheLibraryFarIntoTheTail) {
  for (double x = -6.0; x < 26.5; x += 0.0625) {
    const double wanted = std::erfc(x);
    EXPECT_NEAR(kinds::erfc(x), wanted, 64 * 0x1p-53 * wanted) << x;
  }
  EXPECT_EQ(kinds::erfc(std::numeric_limits<double>::infinity()), 0.0);
  EXPECT_EQ(kinds::erfc(-std::numeric_limits<double>::infinity()), 2.0);
  EXPECT_TRUE(std::isnan(kinds::erfc(std::numeric_limits<double>::quiet_NaN())));
}

}  // namespace
}  // namespace seedproof
