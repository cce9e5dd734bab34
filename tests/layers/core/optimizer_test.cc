// Expected numbers: real Keras 3.15.1 on TensorFlow 2.21.0 (tensorflow-cpu, x86-64), printed with
// float.hex(). The variable starts as float32 {0.3, -1.7, 2.25, 0}; the gradient of step s = 0, 1,
// ... is float32(float64 {0.7, -0.013, 3.1, -1e-3} * (1 + 0.37 s)), cast to the variable's dtype:
//     v = keras.Variable(tf.cast(init, dtype), dtype=dtype)
//     for s in range(4): optimizer.apply([tf.cast(gradient(s), dtype)], [v])   # Adam: range(6)
// with SGD(0.1), SGD(0.1, momentum=0.9), SGD(0.1, momentum=0.9, nesterov=True) and Adam(0.01).
#include <array>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/constraint.h>
#include <seedproof/layers/model.h>
#include <seedproof/layers/optimizer.h>

#include "tests/layers/core/sample_layers.h"

namespace seedproof::testing {
namespace {

using ::testing::HasSubstr;

const Tensor kStart = floats({4}, {0.3F, -1.7F, 2.25F, 0.0F});

Tensor gradient(int step) {
  const double scale = 1.0 + 0.37 * step;
  return doubles({4}, {0.7 * scale, -0.013 * scale, 3.1 * scale, -1e-3 * scale}).cast(DType::f32);
}

Variable make_variable(DType dtype, VariableOptions options = {}) {
  return Variable(kStart.cast(dtype), "v", std::move(options));
}

struct Recorded {
  const char* optimizer;
  const char* dtype;
  std::array<double, 4> value;
};

const Recorded kRecorded[] = {
    {"sgd",
     "float32",
     {-0x1.154c960000000p-3, -0x1.b121480000000p+0, 0x1.4985f00000000p-2, 0x1.461b6c0000000p-11}},
    {"momentum",
     "float32",
     {-0x1.28d38c0000000p-1, -0x1.af047a0000000p+0, -0x1.a55f680000000p+0, 0x1.4974680000000p-10}},
    {"nesterov",
     "float32",
     {-0x1.dab5600000000p-1, -0x1.ad5da00000000p+0, -0x1.97a0980000000p+1, 0x1.cb90140000000p-10}},
    {"adam",
     "float32",
     {0x1.ebac920000000p-3, -0x1.a3dc680000000p+0, 0x1.1854620000000p+1, 0x1.ea313e0000000p-5}},
    {"sgd",
     "float64",
     {-0x1.154c98121ff30p-3, -0x1.b121476de1eb4p+0, 0x1.4985ee12617c0p-2, 0x1.461b6d84ba0e8p-11}},
    {"momentum",
     "float64",
     {-0x1.28d38c699bcbbp-1, -0x1.af0479ad60e2ep+0, -0x1.a55f677d3faafp+0, 0x1.49746812766a0p-10}},
    {"nesterov",
     "float64",
     {-0x1.dab5617c3557ep-1, -0x1.ad5d9fbecbcedp+0, -0x1.97a0966e96fbep+1, 0x1.cb9013e8cc3d0p-10}},
    {"adam",
     "float64",
     {0x1.ebac8a6007aaap-3, -0x1.a3dc66a65b477p+0, 0x1.185461571531fp+1, 0x1.ea3155e36c40cp-5}},
    {"sgd",
     "float16",
     {-0x1.1500000000000p-3, -0x1.b140000000000p+0, 0x1.4a00000000000p-2, 0x1.4600000000000p-11}},
    {"momentum",
     "float16",
     {-0x1.2900000000000p-1, -0x1.af40000000000p+0, -0x1.a4c0000000000p+0, 0x1.4980000000000p-10}},
    {"nesterov",
     "float16",
     {-0x1.dac0000000000p-1, -0x1.ad40000000000p+0, -0x1.9740000000000p+1, 0x1.cb40000000000p-10}},
    {"adam",
     "float16",
     {0x1.ee40000000000p-3, -0x1.a440000000000p+0, 0x1.1880000000000p+1, 0x1.6c00000000000p+5}},
    {"sgd",
     "bfloat16",
     {-0x1.1400000000000p-3, -0x1.b400000000000p+0, 0x1.4800000000000p-2, 0x1.4600000000000p-11}},
    {"momentum",
     "bfloat16",
     {-0x1.2800000000000p-1, -0x1.b000000000000p+0, -0x1.a400000000000p+0, 0x1.4800000000000p-10}},
    {"nesterov",
     "bfloat16",
     {-0x1.da00000000000p-1, -0x1.ae00000000000p+0, -0x1.9800000000000p+1, 0x1.cc00000000000p-10}},
    {"adam",
     "bfloat16",
     {0x1.3400000000000p-2, -0x1.b400000000000p+0, 0x1.2000000000000p+1, 0x0.0p+0}},
};

std::unique_ptr<Optimizer> make(const std::string& name) {
  if (name == "sgd") return make_sgd(0.1);
  if (name == "momentum") return make_sgd(0.1, 0.9);
  if (name == "nesterov") return make_sgd(0.1, 0.9, true);
  return make_adam(0.01);
}

TEST(OptimizerTest, EveryBitOfKeras) {
  for (const Recorded& recorded : kRecorded) {
    const DType dtype = parse_dtype(recorded.dtype);
    const auto optimizer = make(recorded.optimizer);
    Variable variable = make_variable(dtype);
    Variable* const all[] = {&variable};
    const int steps = std::string(recorded.optimizer) == "adam" ? 6 : 4;
    for (int step = 0; step < steps; ++step) {
      variable.clear_gradient();
      variable.accumulate_gradient(gradient(step));
      optimizer->step(all);
    }
    EXPECT_EQ(optimizer->iterations(), static_cast<std::uint64_t>(steps));
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(variable.value().at(i), recorded.value[i])
          << recorded.optimizer << " " << recorded.dtype << " element " << i;
    }
  }
}

TEST(OptimizerTest, ErrorsAreKerasOwn) {
  EXPECT_THAT(message_of<ValueError>([] { make_sgd(0.1, 1.5); }),
              HasSubstr("`momentum` must be a float between [0, 1]"));
  EXPECT_THROW(make_sgd(0.1, std::numeric_limits<double>::quiet_NaN()), ValueError);
  EXPECT_THROW(make_adam(0.1, -0.1), ValueError);
  Variable known = make_variable(DType::f32);
  Variable other(Tensor(DType::f32, {3}), "d2/bias", {});
  Variable* const first[] = {&known};
  Variable* const both[] = {&known, &other};
  const auto optimizer = make_sgd(0.1);
  EXPECT_NO_THROW(optimizer->step({}));
  EXPECT_EQ(message_of<ValueError>([&] { optimizer->step(first); }),
            "No gradients provided for any variable.");
  known.accumulate_gradient(gradient(0));
  optimizer->step(first);
  EXPECT_EQ(
      message_of<ValueError>([&] { optimizer->step(both); }),
      "Unknown variable: <Variable path=d2/bias, shape=(3,), dtype=float32>. This optimizer can "
      "only be called for the variables it was originally built with. When working with a new "
      "set of variables, you should recreate a new optimizer instance.");
}

TEST(OptimizerTest, SkipsWhatIsFrozenOrWithoutGradient) {
  Variable moving = make_variable(DType::f32);
  Variable frozen = make_variable(DType::f32);
  Variable untouched = make_variable(DType::f32);
  moving.accumulate_gradient(gradient(0));
  frozen.accumulate_gradient(gradient(0));
  frozen.set_trainable(false);
  Variable* const all[] = {&moving, &frozen, &untouched};
  make_adam()->step(all);
  EXPECT_FALSE(bit_equal(moving.value(), kStart));
  EXPECT_TRUE(bit_equal(frozen.value(), kStart));
  EXPECT_TRUE(bit_equal(untouched.value(), kStart));
}

TEST(OptimizerTest, OverwritesAndConstrains) {
  VariableOptions options;
  options.overwrite_with_gradient = true;
  options.constraint = make_constraint("non_neg");
  Variable overwritten = make_variable(DType::f32, options);
  options.overwrite_with_gradient = false;
  Variable constrained = make_variable(DType::f32, options);
  overwritten.accumulate_gradient(gradient(1));
  constrained.accumulate_gradient(gradient(1));
  Variable* const all[] = {&overwritten, &constrained};
  make_sgd(0.1)->step(all);
  EXPECT_TRUE(bit_equal(overwritten.value(), gradient(1))) << "as it is: no constraint";
  EXPECT_EQ(constrained.value().at(1), 0.0);
  EXPECT_GT(constrained.value().at(2), 1.0);
}

TEST(OptimizerTest, AdamGoesOnForEver) {
  Variable variable = make_variable(DType::f16);
  Variable* const all[] = {&variable};
  const auto optimizer = make_adam(0.001);
  for (int step = 0; step < 70000; ++step) {  // beyond binary16's largest number
    variable.clear_gradient();
    variable.accumulate_gradient(gradient(0));
    optimizer->step(all);
  }
  for (std::size_t i = 0; i < 3; ++i) EXPECT_TRUE(std::isfinite(variable.value().at(i))) << i;
}

// keras.losses.MeanSquaredError()(t, p) and tape.gradient(loss, p).
const Tensor kPredicted =
    floats({3, 5}, {0x1.c9e38e0000000p+0F, 0x1.befc700000000p-2F, 0x1.8b40ee0000000p-4F,
                    -0x1.dd0ddc0000000p+0F, -0x1.1c0ba80000000p-2F, -0x1.6b45f00000000p-2F,
                    -0x1.52e8bc0000000p-4F, -0x1.41063c0000000p-1F, -0x1.66f55c0000000p-5F,
                    -0x1.e8abd80000000p-2F, -0x1.5059700000000p+0F, 0x1.c4ed3a0000000p-1F,
                    0x1.c33c1e0000000p-1F, 0x1.b5a6940000000p+0F, 0x1.99e0280000000p-5F});
const Tensor kTarget =
    floats({3, 5}, {-0x1.9e63c20000000p-2F, -0x1.17396c0000000p-1F, -0x1.8be5f00000000p+0F,
                    0x1.f6f8de0000000p-1F, -0x1.19df920000000p+0F, -0x1.2f5f360000000p+0F,
                    -0x1.a52bc60000000p-3F, 0x1.7c74380000000p+0F, 0x1.e4cb800000000p-3F,
                    -0x1.0616c80000000p+0F, -0x1.6d0d720000000p-1F, 0x1.40201c0000000p-1F,
                    -0x1.48bb3a0000000p-3F, -0x1.89a4ec0000000p-1F, -0x1.d71a580000000p-3F});
const Tensor kGradient =
    floats({3, 5}, {0x1.2b759a0000000p-2F, 0x1.0c1dae0000000p-3F, 0x1.c0a4440000000p-3F,
                    -0x1.848e080000000p-2F, 0x1.c1d6be0000000p-4F, 0x1.c572a00000000p-4F,
                    0x1.0c7f5e0000000p-6F, -0x1.2083ec0000000p-2F, -0x1.326b1e0000000p-5F,
                    0x1.2a7f9e0000000p-4F, -0x1.4827ee0000000p-4F, 0x1.1b4f300000000p-5F,
                    0x1.1c7d4c0000000p-3F, 0x1.5262b00000000p-2F, 0x1.31e7ac0000000p-5F});

TEST(MeanSquaredErrorTest, LossAndGradientOfKeras) {
  const LossValue found = mean_squared_error(kPredicted, kTarget);
  EXPECT_EQ(found.loss.rank(), 0);
  EXPECT_NEAR(found.loss.at(0), 0x1.048d3a0000000p+1, 15 * 0x1p-23 * 2.1);  // a mean of 15
  EXPECT_TRUE(bit_equal(found.gradient, kGradient));
}

TEST(MeanSquaredErrorTest, HalfTypesAreComputedInFloat) {
  const Tensor predicted = Tensor::full(DType::f16, {2, 2}, 300.0);
  const LossValue found = mean_squared_error(predicted, Tensor(DType::f32, {2, 2}));
  EXPECT_EQ(found.loss.dtype(), DType::f32);
  EXPECT_EQ(found.loss.at(0), 90000.0) << "beyond binary16";
  EXPECT_TRUE(bit_equal(found.gradient, Tensor::full(DType::f16, {2, 2}, 150.0)));
}

TEST(MeanSquaredErrorTest, RefusesOtherShapes) {
  EXPECT_THAT(message_of<ValueError>([] { mean_squared_error(kPredicted, kStart); }),
              HasSubstr("predicted has shape (3, 5), target (4,)"));
  EXPECT_THROW(mean_squared_error(Tensor(DType::i32, {2}), Tensor(DType::i32, {2})), TypeError);
}

// The same five steps in Keras: y = tf.matmul(X, w) + b, MeanSquaredError, SGD(0.2, momentum=0.5).
//     X = (np.arange(12).reshape(4, 3) * 0.125 - 0.7).astype("float32")
//     T = (np.arange(8).reshape(4, 2) * 0.2 - 0.5).astype("float32")
//     w = (np.arange(6).reshape(3, 2) * 0.25 - 0.6).astype("float32"), b = 0
Tensor ramp(Shape shape, double slope, double from) {
  Tensor out(DType::f64, std::move(shape));
  for (std::size_t i = 0; i < out.count(); ++i) {
    out.as<double>()[i] = static_cast<double>(i) * slope + from;
  }
  return out.cast(DType::f32);
}

TEST(TrajectoryTest, FiveStepsOfKeras) {
  const auto generator = make_generator("philox", 1);
  Sequential model(named("model"));
  const auto linear = std::make_shared<Linear>(2, named("linear"));
  model.add(linear);
  model.attach(*generator);
  model.build(Shape{4, 3});
  linear->kernel().assign(ramp({3, 2}, 0.25, -0.6));
  const Tensor x = ramp({4, 3}, 0.125, -0.7);
  const Tensor target = ramp({4, 2}, 0.2, -0.5);
  const auto optimizer = make_sgd(0.2, 0.5);
  const double losses[] = {0x1.b6e7a00000000p-3, 0x1.59b47e0000000p-3, 0x1.d84a240000000p-4,
                           0x1.254ef00000000p-4, 0x1.541b640000000p-5};
  // Products and sums of at most 8 terms a step, five steps, values below 1.
  constexpr double kBound = 5 * 16 * 0x1p-24;
  for (const double wanted : losses) {
    model.clear_gradients();
    const LossValue loss = mean_squared_error(model(x), target);
    EXPECT_NEAR(loss.loss.at(0), wanted, kBound);
    (void)model.backward(loss.gradient);
    const std::vector<Variable*> variables = model.trainable_weights();
    optimizer->step(variables);
  }
  const double kernel[] = {-0x1.2eb0d40000000p-2, -0x1.e741d80000000p-3, 0x1.9cb5c60000000p-3,
                           0x1.2338420000000p-2,  0x1.65b34c0000000p-1,  0x1.9d08b80000000p-1};
  const double bias[] = {-0x1.7a25ee0000000p-6, 0x1.6d92d80000000p-3};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(linear->kernel().value().at(i), kernel[i], kBound) << i;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(linear->bias().value().at(i), bias[i], kBound) << i;
  }
}

}  // namespace
}  // namespace seedproof::testing
