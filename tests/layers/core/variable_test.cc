#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/variable.h>

#include "tests/layers/core/sample_layers.h"

namespace seedproof::testing {
namespace {

using ::testing::HasSubstr;

Variable make(DType dtype, Shape shape) {
  VariableOptions options;
  options.name = "kernel";
  return Variable(Tensor(dtype, std::move(shape)), "d2/kernel", options);
}

TEST(VariableTest, AssignChecksTheShapeAndCasts) {
  Variable variable = make(DType::f32, {4, 3});
  EXPECT_EQ(message_of<ValueError>([&] {
              variable.assign(Tensor(DType::f32, {3, 4}));
            }),
            "The shape of the target variable and the shape of the target value in "
            "`variable.assign(value)` must match. variable.shape=(4, 3), Received: "
            "value.shape=(3, 4). Target variable: <Variable path=d2/kernel, shape=(4, 3), "
            "dtype=float32>");
  variable.assign(Tensor::full(DType::f64, {4, 3}, 0.1));
  EXPECT_EQ(variable.dtype(), DType::f32);
  EXPECT_TRUE(bit_equal(variable.value(), Tensor::full(DType::f32, {4, 3}, 0.1)));
}

TEST(VariableTest, CastsOnceAValue) {
  Variable variable = make(DType::f32, {2});
  variable.assign(floats({2}, {1.0009765625F, 1.00048828125F}));
  const Tensor& half = variable.value_as(DType::f16);
  EXPECT_EQ(half.dtype(), DType::f16);
  EXPECT_EQ(half.at(1), 1.0) << "a tie rounds to even";
  EXPECT_EQ(&variable.value_as(DType::f16), &half);
  variable.assign(floats({2}, {3, 4}));
  EXPECT_EQ(variable.value_as(DType::f16).at(1), 4.0);
  EXPECT_EQ(&variable.value_as(DType::f32), &variable.value());
  Variable counter = make(DType::i32, {2});
  EXPECT_EQ(counter.value_as(DType::f16).dtype(), DType::i32);
}

TEST(VariableTest, GradientsAddUpUnlessFrozen) {
  Variable variable = make(DType::f32, {2});
  EXPECT_FALSE(variable.gradient());
  variable.accumulate_gradient(doubles({2}, {0.5, 1.0}));
  variable.accumulate_gradient(floats({2}, {0.25F, -4.0F}));
  EXPECT_TRUE(bit_equal(*variable.gradient(), floats({2}, {0.75F, -3.0F})));
  EXPECT_THAT(message_of<ValueError>([&] { variable.accumulate_gradient(floats({1}, {1})); }),
              HasSubstr("d2/kernel"));
  variable.clear_gradient();
  variable.set_trainable(false);
  variable.accumulate_gradient(floats({2}, {1, 1}));
  EXPECT_FALSE(variable.gradient());
}

TEST(VariableTest, AnnotationsAreSpelledAsKerasSpellsThem) {
  for (const char* text : {"none", "mean", "sum", "only_first_replica"}) {
    EXPECT_EQ(to_string(parse_aggregation(text)), text);
  }
  for (const char* text : {"auto", "none", "on_write", "on_read"}) {
    EXPECT_EQ(to_string(parse_synchronization(text)), text);
  }
  EXPECT_THAT(message_of<ValueError>([] { parse_aggregation("median"); }),
              HasSubstr("Received: aggregation=median"));
  EXPECT_THAT(message_of<ValueError>([] { parse_synchronization("now"); }),
              HasSubstr("Received: synchronization=now"));
}

}  // namespace
}  // namespace seedproof::testing
