// Calls. What Keras does was observed on Keras 3.15.1 with TensorFlow 2.21.0.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layers/core/layer_fixture.h"

namespace seedproof::testing {
namespace {

using ::testing::HasSubstr;

class LayerCallTest : public LayerTest {};

TEST_F(LayerCallTest, CallBuildsButARawCallDoesNot) {
  Box box(named("box"));
  box.wanted = {weight("w", {2})};
  const Tensors input{floats({1, 2}, {1, 2})};
  EXPECT_THAT(message_of<RuntimeError>([&] { box.call(input); }),
              HasSubstr("layer 'box' (Box): call() before build()"));
  EXPECT_THAT(message_of<RuntimeError>([&] { box.backward(input); }), HasSubstr("before a call"));
  (void)box(input);
  EXPECT_TRUE(box.built());
  EXPECT_TRUE(bit_equal(box.call(input)[0], input[0]));
}

TEST_F(LayerCallTest, InputSpecSpeaksAsKeras) {
  Box box(named("d2"));
  box.input_spec.emplace();
  box.input_spec->min_ndim = 2;
  box.input_spec->axes[-1] = 4;
  EXPECT_EQ(
      message_of<ValueError>([&] {
        box(Tensor(DType::f32, {2, 5}));
      }),
      "Input 0 with name 'None' of layer 'd2' is incompatible with the layer: expected axis -1 "
      "of input shape to have value 4, but received input with shape (2, 5)");
  EXPECT_EQ(message_of<ValueError>([&] { box(Tensor(DType::f32, {5})); }),
            "Input 0 with name 'None' of layer 'd2' is incompatible with the layer: expected "
            "min_ndim=2, found ndim=1. Full shape received: (5,)");
  EXPECT_FALSE(box.built()) << "what is refused builds nothing";
  EXPECT_THAT(message_of<ValueError>([&] {
                box({Tensor(DType::f32, {2, 4}), Tensor(DType::f32, {2, 4})});
              }),
              HasSubstr("expects 1 input(s), but it received 2"));
  box.input_spec->axes.clear();
  box.input_spec->max_ndim = 3;
  EXPECT_THAT(message_of<ValueError>([&] {
                box(Tensor(DType::f32, {1, 1, 1, 1}));
              }),
              HasSubstr("expected max_ndim=3, found ndim=4"));
  box.input_spec->dtype = DType::i32;
  EXPECT_THAT(message_of<ValueError>([&] {
                box(Tensor(DType::f32, {1, 1}));
              }),
              HasSubstr("expected dtype=int32, found dtype=float32"));
  box.input_spec.emplace();
  box.input_spec->shape = Shape{-1, 3};
  EXPECT_THAT(message_of<ValueError>([&] {
                box(Tensor(DType::f32, {2, 2}));
              }),
              HasSubstr("expected shape=(None, 3), found shape=(2, 2)"));
  EXPECT_THAT(message_of<ValueError>([&] {
                box(Tensor(DType::f32, {2, 3, 1}));
              }),
              HasSubstr("expected ndim=2, found ndim=3"));
  EXPECT_NO_THROW(box(Tensor(DType::f32, {9, 3})));
}

TEST_F(LayerCallTest, AutocastCastsFloatsOnly) {
  Box half(named("half", "mixed_float16"));
  half.wanted = {weight("w", {2})};
  (void)half({floats({2}, {1.0009765625F, 2}), Tensor::from<std::int32_t>({1}, {70000})});
  EXPECT_EQ(half.seen[0].dtype(), DType::f16);
  EXPECT_EQ(half.seen[1].dtype(), DType::i32);
  EXPECT_EQ(half.made[0]->dtype(), DType::f32);
  EXPECT_EQ(half.weight_seen.dtype(), DType::f16);
  (void)half.call({floats({2}, {1, 2})});
  EXPECT_EQ(half.weight_seen.dtype(), DType::f32) << "a raw call casts nothing";

  LayerOptions options = named("off", "float64");
  options.autocast = false;
  Box off(options);
  (void)off(floats({2}, {1, 2}));
  EXPECT_EQ(off.seen[0].dtype(), DType::f32);
}

TEST_F(LayerCallTest, ScopeOfAMixedLayerReachesNestedOnes) {
  auto inner = std::make_shared<Box>(named("inner", "float64"));
  auto left = std::make_shared<Box>(named("left", "float32"));
  LayerOptions options = named("bare", "mixed_float16");
  options.autocast = false;
  auto bare = std::make_shared<Box>(options);
  for (const auto& box : {inner, left, bare}) box->wanted = {weight("w", {2})};
  WeightSpec kept = weight("w", {2});
  kept.autocast = false;
  auto still = std::make_shared<Box>(named("still", "mixed_bfloat16"));
  still->wanted = {kept};
  Box outer(named("outer", "mixed_bfloat16"));
  for (const auto& box : {inner, left, bare, still}) outer.track(box);
  (void)outer(floats({2}, {1, 2}));
  EXPECT_EQ(inner->weight_seen.dtype(), DType::f64);
  EXPECT_EQ(left->weight_seen.dtype(), DType::f32);
  EXPECT_EQ(bare->seen[0].dtype(), DType::f32);
  EXPECT_EQ(bare->weight_seen.dtype(), DType::f32);
  EXPECT_EQ(still->weight_seen.dtype(), DType::f32) << "the variable itself forbids it";
}

TEST_F(LayerCallTest, PoliciesByNameAndGlobally) {
  set_dtype_policy(DTypePolicy("mixed_bfloat16"));
  Box box{LayerOptions{}};
  EXPECT_EQ(box.compute_dtype(), DType::bf16);
  EXPECT_EQ(box.variable_dtype(), DType::f32);
  EXPECT_EQ(box.dtype(), DType::f32);
  EXPECT_EQ(
      message_of<ValueError>([] { DTypePolicy("float33"); }),
      "Cannot convert 'float33' to a mixed precision DTypePolicy. Valid policies include "
      "'mixed_float16', 'mixed_bfloat16', and the name of any float dtype such as 'float32'.");
}

TEST_F(LayerCallTest, TrainingIsInheritedAndCallsAreCounted) {
  auto noise = std::make_shared<Noise>(named("noise"));
  Box outer(named("outer"));
  outer.track(noise);
  outer.attach(*generator_);
  const Tensor input = floats({3}, {1, 2, 3});
  CallArgs args;
  args.step = 4;
  (void)outer(input, args);
  EXPECT_FALSE(noise->last_training.has_value());
  args.training = true;
  EXPECT_FALSE(bit_equal(outer(input, args), input));
  EXPECT_EQ(noise->last_training, true);
  EXPECT_EQ(noise->last_moment.call, 1U);
  EXPECT_EQ(noise->last_moment.step, 4U);
  args.phase = Phase::evaluate;
  (void)outer(input, args);
  EXPECT_EQ(noise->last_moment.call, 0U) << "another phase counts anew";
  args.step = 5;
  (void)outer(input, args);
  EXPECT_EQ(noise->last_moment.call, 0U);
  (void)outer(input, args);
  EXPECT_EQ(noise->last_moment.call, 1U);
}

TEST_F(LayerCallTest, BackwardChecksWhatComesBack) {
  Linear linear(3, named("linear"));
  linear.attach(*generator_);
  (void)linear(Tensor(DType::f32, {2, 4}));
  EXPECT_THAT(message_of<ValueError>([&] {
                linear.backward(Tensor(DType::f32, {2, 4}));
              }),
              HasSubstr("gradient 0 has shape (2, 4), its output (2, 3)"));
  EXPECT_THAT(message_of<TypeError>([&] {
                linear.backward(Tensor(DType::f64, {2, 3}));
              }),
              HasSubstr("gradient 0 is float64, its output float32"));
  EXPECT_THAT(message_of<ValueError>([&] { linear.backward(Tensors{}); }),
              HasSubstr("takes 1 gradients, got 0"));
  (void)linear(Tensor(DType::f64, {2, 4}));  // cast to f32
  EXPECT_EQ(linear.backward(Tensor(DType::f32, {2, 3})).dtype(), DType::f64);
}

}  // namespace
}  // namespace seedproof::testing
