// Names and construction. What Keras does was observed on Keras 3.15.1 with TensorFlow 2.21.0.
#include <algorithm>
#include <cmath>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/names.h>
#include <seedproof/layers/regularizer.h>

#include "tests/layers/core/layer_fixture.h"

namespace seedproof::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LayerConstructionTest : public LayerTest {};

// ---- names

TEST_F(LayerConstructionTest, SnakeCaseIsKerasOwn) {  // keras.src.utils.naming.to_snake_case
  EXPECT_EQ(to_snake_case("SpatialDropout1D"), "spatial_dropout1d");
  EXPECT_EQ(to_snake_case("SimpleDense"), "simple_dense");
  EXPECT_EQ(to_snake_case("L1L2Regularizer"), "l1l2_regularizer");
  EXPECT_EQ(to_snake_case("HTTPServer"), "http_server");
  EXPECT_EQ(to_snake_case("conv2D"), "conv2d");
  EXPECT_EQ(to_snake_case("A"), "a");
  EXPECT_EQ(to_snake_case("LSTMCell"), "lstm_cell");
  EXPECT_EQ(to_snake_case("My-Layer2d"), "my_layer2d");
}

TEST_F(LayerConstructionTest, AutomaticNamesFollowConstructionNotUse) {
  Box first;
  Noise other{LayerOptions{}};
  Box second;
  Box given(named("box"));  // takes no number
  Box third;
  EXPECT_EQ(third.name(), "box_2");
  EXPECT_EQ(first.name(), "box");
  EXPECT_EQ(second.name(), "box_1");
  EXPECT_EQ(other.name(), "noise");
  EXPECT_EQ(given.name(), "box");
  EXPECT_TRUE(given.name_given());
  EXPECT_FALSE(first.name_given());
  clear_session();
  EXPECT_EQ(Box().name(), "box");
}

TEST_F(LayerConstructionTest, NamesAreCountedPerThread) {
  EXPECT_EQ(Box().name(), "box");
  std::string elsewhere;
  Box mine;  // named by another thread, numbered by this one
  std::string asked_elsewhere;
  std::thread([&] {
    elsewhere = Box().name();
    asked_elsewhere = mine.name();
  }).join();
  EXPECT_EQ(elsewhere, "box");
  EXPECT_EQ(asked_elsewhere, "box_1");
}

TEST_F(LayerConstructionTest, SlashInANameIsRefused) {
  EXPECT_THAT(message_of<ValueError>([] { Box box(named("a/b")); }), HasSubstr("name=a/b"));
  WeightSpec spec = weight("k/l", {2});
  Box box(named("box"));
  EXPECT_THAT(message_of<ValueError>([&] { box.add_weight(spec); }), HasSubstr("name=k/l"));
}

TEST_F(LayerConstructionTest, PathsJoinNamesOfParents) {
  auto inner = std::make_shared<Noise>(named("inner"));
  auto middle = std::make_shared<Box>();  // automatic
  Box outer(named("outer"));
  middle->track(inner);
  EXPECT_EQ(inner->path(), "inner");
  outer.attach(*generator_, {"model", true});
  outer.track(middle);  // after attach: takes the place at once
  EXPECT_EQ(inner->path(), "model/outer/box/inner");
  EXPECT_TRUE(outer.scope().given);
  EXPECT_FALSE(inner->scope().given) << "an automatic name above can shift";
}

// ---- construction

TEST_F(LayerConstructionTest, WeightDefaultsFollowTheDtype) {
  Box box(named("box"));
  box.attach(*generator_);
  WeightSpec spec;
  spec.shape = {40, 30};
  const Variable& glorot = box.add_weight(spec);
  EXPECT_EQ(glorot.name(), "variable");
  EXPECT_EQ(glorot.dtype(), DType::f32);
  const double limit = std::sqrt(6.0 / 70.0);
  double least = 1.0;
  double most = -1.0;
  for (std::size_t i = 0; i < glorot.value().count(); ++i) {
    least = std::min(least, glorot.value().at(i));
    most = std::max(most, glorot.value().at(i));
  }
  EXPECT_GE(least, -limit);
  EXPECT_LE(most, limit);
  EXPECT_LT(least, -0.98 * limit);
  EXPECT_GT(most, 0.98 * limit);
  EXPECT_EQ(box.streams().size(), 1U);
  spec.dtype = DType::i32;
  spec.shape = {3};
  const Variable& counted = box.add_weight(spec);
  EXPECT_EQ(counted.name(), "variable_1");
  EXPECT_TRUE(bit_equal(counted.value(), Tensor(DType::i32, {3})));
  spec.dtype = DType::boolean;
  EXPECT_TRUE(bit_equal(box.add_weight(spec).value(), Tensor(DType::boolean, {3})));
  EXPECT_EQ(box.streams().size(), 1U) << "zeros draw nothing";
}

TEST_F(LayerConstructionTest, WeightOptionsReachTheVariable) {
  Box box(named("box"));
  WeightSpec spec = weight("scale", {3}, false);
  spec.autocast = false;
  spec.aggregation = Aggregation::only_first_replica;
  spec.overwrite_with_gradient = true;
  spec.regularizer = make_regularizer("l2");
  const Variable& variable = box.add_weight(spec);
  EXPECT_FALSE(variable.trainable());
  EXPECT_FALSE(variable.autocast());
  EXPECT_EQ(to_string(variable.aggregation()), "only_first_replica");
  EXPECT_TRUE(variable.overwrite_with_gradient());
  EXPECT_EQ(variable.regularizer(), spec.regularizer.get());
  EXPECT_EQ(variable.path(), "box/scale");
  EXPECT_EQ(variable.ndim(), 1);
}

TEST_F(LayerConstructionTest, TwoWeightsOfOneNameDrawFromDifferentStreams) {
  Box box(named("box"));
  box.attach(*generator_);
  WeightSpec spec;
  spec.shape = {3, 5};
  spec.name = "kernel";
  const Variable& first = box.add_weight(spec);
  const Variable& second = box.add_weight(spec);
  EXPECT_FALSE(bit_equal(first.value(), second.value()));
  EXPECT_EQ(box.streams()[1]->site().purpose, "kernel_1");
}

TEST_F(LayerConstructionTest, BuildsOnceAndLocks) {
  Box box(named("box"));
  box.wanted = {weight("w", {2})};
  box.build(Shape{4, 2});
  box.build(Shape{9, 9});
  EXPECT_EQ(box.weights().size(), 1U);
  EXPECT_THAT(message_of<ValueError>([&] { box.add_weight(weight("late", {2})); }),
              HasSubstr("You cannot add new elements of state"));
  EXPECT_THAT(message_of<ValueError>([&] { box.track(std::make_shared<Box>()); }),
              HasSubstr("already built"));
}

TEST_F(LayerConstructionTest, AFailedBuildLeavesNothingBehind) {
  Linear linear(3, named("linear"));
  EXPECT_THAT(message_of<RuntimeError>([&] {
                linear.build(Shape{2, 4});
              }),
              HasSubstr("layer 'linear' draws 'kernel'"));
  EXPECT_FALSE(linear.built());
  linear.attach(*generator_);
  linear.build(Shape{2, 4});
  EXPECT_THAT(paths(linear.weights()), ElementsAre("linear/kernel", "linear/bias"));

  Box box(named("box"));
  box.wanted = {weight("fine", {2}), weight("open", {2, -1})};
  EXPECT_THAT(message_of<ValueError>([&] { box.build(Shape{1}); }),
              HasSubstr("shape=(2, -1) for variable path='box/open'"));
  EXPECT_TRUE(box.weights().empty());
  EXPECT_FALSE(box.built());
}

TEST_F(LayerConstructionTest, AttachesOnce) {
  Box box(named("box"));
  box.attach(*generator_);
  EXPECT_THAT(message_of<RuntimeError>([&] { box.attach(*generator_); }), HasSubstr("philox"));
}

TEST_F(LayerConstructionTest, RefusesCyclesAndNull) {
  auto outer = std::make_shared<Box>(named("outer"));
  auto inner = std::make_shared<Box>(named("inner"));
  outer->track(inner);
  EXPECT_THAT(message_of<ValueError>([&] { inner->track(outer); }), HasSubstr("'outer'"));
  EXPECT_THAT(message_of<ValueError>([&] { inner->track(inner); }), HasSubstr("cycle"));
  EXPECT_THAT(message_of<ValueError>([&] { outer->track(std::shared_ptr<Box>()); }),
              HasSubstr("null"));
  outer->track(inner);
  EXPECT_EQ(outer->sublayers().size(), 1U);
}

// ---- configuration

TEST_F(LayerConstructionTest, BaseConfigurationIsKerasOwn) {
  LayerOptions options = named("d", "mixed_float16");
  options.trainable = false;
  Linear linear(3, options);
  EXPECT_EQ(linear.get_config().to_json(),
            R"({"name": "d", "trainable": false, "dtype": {"module": "keras", "class_name": )"
            R"("DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": null}, )"
            R"("units": 3})");
  options.activity_regularizer = make_regularizer("l2");
  EXPECT_NE(Linear(3, options).get_config().find("activity_regularizer"), nullptr);
}

}  // namespace
}  // namespace seedproof::testing
