// Values that keras 3.15.1 on TensorFlow 2.21.0 (CPU, eager, float32) gives for integer seeds.
#include <gtest/gtest.h>

#include <seedproof/layers/initializer.h>

#include "tests/layers/initializers/draws.h"

namespace seedproof {
namespace {

struct Known {
  const char* name;
  Config config;
  Shape shape;
  std::vector<float> values;
};

Tensor make(const Known& known) {
  const auto initializer =
      make_initializer(Config{{"class_name", known.name}, {"config", known.config}});
  auto opened = test::open("tf-global", initializer->seed());
  return initializer->make(known.shape, DType::f32, opened.stream.get());
}

TEST(KerasValues, DrawsAreBitEqual) {
  const std::vector<Known> rows{
      {"GlorotUniform",
       {{"seed", 7}},
       {3, 5},
       {0x1.b6394cp-2f, 0x1.3161dcp-2f, -0x1.882a60p-1f, 0x1.ff8f08p-3f, -0x1.7d0dfep-1f,
        0x1.2a3e24p-2f, -0x1.34fd00p-4f, 0x1.06371ep-1f, 0x1.0200d8p-3f, 0x1.39d284p-2f,
        0x1.042b14p-2f, -0x1.848a00p-5f, 0x1.0d3eb4p-2f, 0x1.21ce7ap-1f, -0x1.6f1ca8p-3f}},
      {"GlorotNormal",
       {{"seed", 7}},
       {3, 5},
       {-0x1.8869b4p-2f, -0x1.a190bap-3f, -0x1.118292p+0f, -0x1.aca90cp-1f, -0x1.a623dap-2f,
        0x1.ba940ep-2f, -0x1.1af5f6p-5f, -0x1.21fb10p+0f, -0x1.ad14aep-5f, 0x1.c56f1ap-3f,
        0x1.7feaeep-2f, 0x1.7fcafep-3f, 0x1.c32dc2p-5f, -0x1.1e4ad0p-2f, -0x1.641632p-3f}},
      {"HeNormal",
       {{"seed", 7}},
       {3, 5},
       {-0x1.40675ep-1f, -0x1.54f0d0p-2f, -0x1.bea3dap+0f, -0x1.5dffeep+0f, -0x1.58ad08p-1f,
        0x1.695d1cp-1f, -0x1.ce12b2p-5f, -0x1.d98958p+0f, -0x1.5e57cep-4f, 0x1.723a30p-2f,
        0x1.3977aep-1f, 0x1.395d9ap-2f, 0x1.7062cap-4f, -0x1.d38364p-2f, -0x1.22be5ap-2f}},
      {"HeUniform",
       {{"seed", 7}},
       {3, 5},
       {0x1.65ceecp-1f, 0x1.f2afe0p-2f, -0x1.4033aap+0f, 0x1.a1afa0p-2f, -0x1.37213cp+0f,
        0x1.e70748p-2f, -0x1.f89360p-4f, 0x1.ac321cp-1f, 0x1.a55150p-3f, 0x1.003c20p-1f,
        0x1.a8da60p-2f, -0x1.3d3da0p-4f, 0x1.b7acd0p-2f, 0x1.d9408cp-1f, -0x1.2bbee0p-2f}},
      {"LecunNormal",
       {{"seed", 7}},
       {3, 5},
       {-0x1.c51e90p-2f, -0x1.e229b6p-3f, -0x1.3bd27cp+0f, -0x1.eef96ep-1f, -0x1.e77200p-2f,
        0x1.ff0ba2p-2f, -0x1.46bc28p-5f, -0x1.4ed744p+0f, -0x1.ef75b6p-5f, 0x1.05ca4ep-2f,
        0x1.bb4f5cp-2f, 0x1.bb2a7ap-3f, 0x1.047cf8p-4f, -0x1.4a94f0p-2f, -0x1.9b2c6ap-3f}},
      {"LecunUniform",
       {{"seed", 7}},
       {3, 5},
       {0x1.fa0470p-2f, 0x1.60a000p-2f, -0x1.c4d570p-1f, 0x1.275940p-2f, -0x1.b80108p-1f,
        0x1.586190p-2f, -0x1.64ca00p-4f, 0x1.2ec7b8p-1f, 0x1.29eaa0p-3f, 0x1.6a5ef0p-2f,
        0x1.2c6aa0p-2f, -0x1.c0a580p-5f, 0x1.36e5b0p-2f, 0x1.4ea3c8p-1f, -0x1.a7e780p-3f}},
      {"HeNormal",
       {{"seed", 7}},
       {2, 3, 1, 2},
       {-0x1.c51e90p-2f, -0x1.e229b6p-3f, -0x1.3bd27cp+0f, -0x1.eef96ep-1f, -0x1.e77200p-2f,
        0x1.ff0ba2p-2f, -0x1.46bc28p-5f, -0x1.4ed744p+0f, -0x1.ef75b6p-5f, 0x1.05ca4ep-2f,
        0x1.bb4f5cp-2f, 0x1.bb2a7ap-3f}},
      {"VarianceScaling",
       {{"scale", 0.7}, {"mode", "fan_out"}, {"distribution", "untruncated_normal"}, {"seed", 3}},
       {3, 2},
       {-0x1.96d9bap-2f, 0x1.fbae62p-1f, -0x1.1e03dap-1f, 0x1.704b1ep-2f, 0x1.7b7904p-1f,
        0x1.99a98ep-1f}},
      {"RandomNormal",
       {{"mean", 0.25}, {"stddev", 0.5}, {"seed", 7}},
       {5},
       {-0x1.64b4b0p-4f, 0x1.2165ccp-4f, -0x1.612c44p-1f, -0x1.f21f0cp-2f, -0x1.8199d8p-1f}},
      {"RandomUniform",
       {{"minval", -0.5}, {"maxval", 0.75}, {"seed", 7}},
       {5},
       {0x1.bc42c8p-2f, 0x1.5c6400p-2f, -0x1.b60accp-2f, 0x1.3897c8p-2f, -0x1.a6014ap-2f}},
      {"TruncatedNormal",
       {{"mean", 0.25}, {"stddev", 0.5}, {"seed", 7}},
       {5},
       {-0x1.64b4b0p-4f, 0x1.2165ccp-4f, -0x1.612c44p-1f, -0x1.f21f0cp-2f, -0x1.cd4d00p-4f}}};
  for (const Known& known : rows) {
    const Tensor made = make(known);
    EXPECT_TRUE(
        bit_equal(made, Tensor::from<float>(known.shape, std::span<const float>(known.values))))
        << known.name;
  }
}

TEST(KerasValues, OrthogonalIsWithinTheErrorOfAFloatQr) {
  const Config config{{"gain", 1.5}, {"seed", 7}};
  const std::vector<Known> rows{{"Orthogonal",
                                 config,
                                 {3, 2},
                                 {-0x1.6dd4ecp-2f, 0x1.a60982p-2f, -0x1.fdf75ap-1f, -0x1.1e792cp+0f,
                                  -0x1.102ad8p+0f, 0x1.d1dca4p-1f}},
                                {"Orthogonal",
                                 config,
                                 {2, 3},
                                 {-0x1.6dd4ecp-2f, -0x1.fdf75ap-1f, -0x1.102ad8p+0f, 0x1.a60982p-2f,
                                  -0x1.1e792cp+0f, 0x1.d1dca4p-1f}}};
  for (const Known& known : rows) {
    const Tensor made = make(known);
    for (std::size_t i = 0; i < known.values.size(); ++i) {
      EXPECT_NEAR(made.at(i), known.values[i], 2e-6) << i;
    }
  }
}

}  // namespace
}  // namespace seedproof
