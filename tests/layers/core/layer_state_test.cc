// Weights, random state, losses and metrics. What Keras does was observed on Keras 3.15.1 with
// TensorFlow 2.21.0.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/regularizer.h>

#include "tests/layers/core/layer_fixture.h"

namespace seedproof::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LayerStateTest : public LayerTest {};

// ---- weights

// outer(k, m frozen-made, k2; inner; mid(w; dropout-like noise; ccc; dddd)) as the script that was
// run in Keras, whose lists stand here.
struct Tree {
  std::shared_ptr<Box> outer = std::make_shared<Box>(named("outer"));
  std::shared_ptr<Box> inner = std::make_shared<Box>(named("inner"));
  std::shared_ptr<Box> mid = std::make_shared<Box>(named("mid"));
  std::shared_ptr<Noise> noise = std::make_shared<Noise>(named("noise"));
  std::shared_ptr<Box> first = std::make_shared<Box>(named("first"));
  std::shared_ptr<Box> second = std::make_shared<Box>(named("second"));

  explicit Tree(Generator& generator) {
    outer->wanted = {weight("k", {2}), weight("m", {2}, false), weight("k2", {2})};
    outer->losses_in_call = {100};
    fill(*inner, "i");
    fill(*first, "ccc");
    fill(*second, "dddd");
    mid->wanted = {weight("w", {3})};
    mid->losses_in_call = {50};
    mid->track(noise);
    mid->track(first);
    mid->track(second);
    outer->track(inner);
    outer->track(mid);
    outer->attach(generator);
    (void)(*outer)(Tensor(DType::f32, {2, 2}));
  }
  static void fill(Box& box, const std::string& tag) {
    WeightSpec spec = weight(tag + "_t", {1});
    spec.regularizer = make_regularizer(
        Config{{"class_name", "L2"}, {"config", Config{{"l2", static_cast<int>(tag.size())}}}});
    box.wanted = {weight(tag + "_n", {1}, false), spec};
    box.losses_in_call = {static_cast<float>(tag.size())};
  }
};

TEST_F(LayerStateTest, WeightsComeInKerasOrder) {
  Tree tree(*generator_);
  EXPECT_THAT(paths(tree.outer->weights()),
              ElementsAre("outer/k", "outer/k2", "outer/m", "outer/inner/i_t", "outer/inner/i_n",
                          "outer/mid/w", "outer/mid/first/ccc_t", "outer/mid/first/ccc_n",
                          "outer/mid/second/dddd_t", "outer/mid/second/dddd_n"));
  EXPECT_THAT(paths(tree.outer->trainable_weights()),
              ElementsAre("outer/k", "outer/k2", "outer/inner/i_t", "outer/mid/w",
                          "outer/mid/first/ccc_t", "outer/mid/second/dddd_t"));
}

TEST_F(LayerStateTest, VariablesHoldRandomStateAndWeightsDoNot) {
  Tree tree(*generator_);
  EXPECT_THAT(paths(tree.outer->variables()),
              ElementsAre("outer/k", "outer/k2", "outer/m", "outer/inner/i_t", "outer/inner/i_n",
                          "outer/mid/w", "outer/mid/noise/noise/seed_generator_state",
                          "outer/mid/first/ccc_t", "outer/mid/first/ccc_n",
                          "outer/mid/second/dddd_t", "outer/mid/second/dddd_n"));
  const Variable* state = tree.outer->variables()[6];
  EXPECT_FALSE(state->trainable());
  const Tensor before = state->value();
  ASSERT_GT(before.count(), 0U);
  CallArgs args;
  (void)(*tree.outer)(Tensor(DType::f32, {2, 2}), args);
  EXPECT_TRUE(bit_equal(tree.outer->variables()[6]->value(), before)) << "nothing was drawn";
  args.training = true;
  (void)(*tree.outer)(Tensor(DType::f32, {2, 2}), args);
  EXPECT_FALSE(bit_equal(tree.outer->variables()[6]->value(), before));
  EXPECT_EQ(tree.outer->variables()[6], state) << "the same variable, refreshed";
  EXPECT_EQ(tree.outer->streams().size(), 1U);
}

TEST_F(LayerStateTest, AStatelessGeneratorHasNoStateAmongVariables) {
  const auto counter = make_generator("counter", 7);
  Noise noise(named("noise"));
  noise.attach(*counter);
  noise.build(Shape{3});
  EXPECT_TRUE(noise.variables().empty());
}

TEST_F(LayerStateTest, FreezingAndThawing) {
  Tree tree(*generator_);
  tree.outer->set_trainable(false);
  EXPECT_TRUE(tree.outer->trainable_weights().empty());
  EXPECT_EQ(tree.outer->non_trainable_weights().size(), 10U);
  EXPECT_FALSE(tree.mid->trainable());
  EXPECT_FALSE(tree.first->weights()[0]->trainable());
  tree.outer->set_trainable(true);
  EXPECT_EQ(tree.outer->trainable_weights().size(), 6U) << "those made non-trainable stay so";
  tree.mid->set_trainable(false);
  EXPECT_THAT(paths(tree.outer->trainable_weights()),
              ElementsAre("outer/k", "outer/k2", "outer/inner/i_t"));

  LayerOptions options = named("late");
  options.trainable = false;
  Box late(options);
  late.wanted = {weight("w", {2})};
  late.build(Shape{2});
  EXPECT_FALSE(late.weights()[0]->trainable());
  late.set_trainable(true);
  EXPECT_TRUE(late.weights()[0]->trainable());
}

TEST_F(LayerStateTest, SharedLayersCountOnce) {
  auto shared = std::make_shared<Box>(named("shared"));
  shared->wanted = {weight("w", {2})};
  auto left = std::make_shared<Box>(named("left"));
  Box outer(named("outer"));
  left->track(shared);
  outer.track(left);
  outer.track(shared);
  (void)outer(floats({2}, {1, 2}));
  EXPECT_THAT(paths(outer.weights()), ElementsAre("outer/left/shared/w"));
}

TEST_F(LayerStateTest, SetWeightsIsAllOrNothing) {
  Linear linear(3, named("d2"));
  linear.attach(*generator_);
  linear.build(Shape{1, 4});
  const std::vector<Tensor> before = linear.get_weights();
  EXPECT_EQ(
      message_of<ValueError>([&] {
        linear.set_weights({Tensor(DType::f32, {4, 3})});
      }),
      "You called `set_weights(weights)` on layer 'd2' with a weight list of length 1, but the "
      "layer was expecting 2 weights.");
  EXPECT_THAT(
      message_of<ValueError>([&] {
        linear.set_weights({Tensor::full(DType::f32, {4, 3}, 2.0), Tensor(DType::f32, {4})});
      }),
      HasSubstr("Layer d2 weight shape (3,) is not compatible with provided weight shape "
                "(4,)"));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE(bit_equal(linear.weights()[i]->value(), before[i]));
  }
  linear.set_weights({Tensor::full(DType::f64, {4, 3}, 0.1), Tensor::full(DType::f32, {3}, 2.0)});
  EXPECT_TRUE(bit_equal(linear.kernel().value(), Tensor::full(DType::f32, {4, 3}, 0.1)));
  EXPECT_TRUE(bit_equal(linear.bias().value(), Tensor::full(DType::f32, {3}, 2.0)));
}

// ---- losses and metrics

TEST_F(LayerStateTest, LossesComeInKerasOrderAndAreOfTheLastCall) {
  Tree tree(*generator_);
  const auto values = [&] {
    std::vector<double> out;
    for (const Tensor& loss : tree.outer->losses()) out.push_back(loss.at(0));
    return out;
  };
  // Keras prints [100, 1, 50, 4, 3, 1, 3, 4]: nested losses are visited last child first.
  EXPECT_THAT(values(), ElementsAre(100, 1, 50, 4, 3, 1, 3, 4));
  (void)(*tree.outer)(Tensor(DType::f32, {2, 2}));
  EXPECT_THAT(values(), ElementsAre(100, 1, 50, 4, 3, 1, 3, 4)) << "not added up over calls";
  tree.first->set_trainable(false);
  EXPECT_THAT(values(), ElementsAre(100, 1, 50, 4, 3, 1, 4)) << "what is frozen costs nothing";
  tree.outer->clear_losses();
  EXPECT_THAT(values(), ElementsAre(1, 4));
  EXPECT_THAT(message_of<ValueError>([&] { tree.outer->add_loss(Tensor(DType::f32, {2})); }),
              HasSubstr("got shape (2,) of float32"));
}

TEST_F(LayerStateTest, ActivityRegulariserIsDividedByTheBatch) {
  // Keras 3.15.1: Id(activity_regularizer=L2(0.1)), call 2 * x; loss and tape.gradient(loss, x).
  class Twice final : public Layer {
   public:
    using Layer::Layer;
    std::string_view class_name() const override { return "Twice"; }

   protected:
    Tensors on_call(const Tensors& inputs, const CallArgs&) override {
      return {ops::multiply(inputs[0], 2.0)};
    }
    Tensors on_backward(const Tensors& upstream) override {
      return {ops::multiply(upstream[0], 2.0)};
    }
    void on_config(Config&) const override {}
  };
  LayerOptions options = named("twice");
  options.activity_regularizer =
      make_regularizer(Config{{"class_name", "L2"}, {"config", Config{{"l2", 0.1}}}});
  Twice twice(options);
  const Tensor x =
      floats({3, 4}, {0x1.7d78040000000p-1F, 0x1.f9e2660000000p+0F, -0x1.3e7ede0000000p+0F,
                      -0x1.40b9b80000000p-1F, -0x1.9b873a0000000p-1F, -0x1.35a4840000000p+1F,
                      -0x1.d8fb440000000p-1F, -0x1.061cb80000000p+0F, 0x1.1fbd040000000p+0F,
                      -0x1.0e290c0000000p-3F, -0x1.9f8fa20000000p+0F, 0x1.4b190c0000000p-1F});
  const Tensor gradient =
      floats({3, 4}, {0x1.96e66c0000000p-3F, 0x1.0dce160000000p-1F, -0x1.53ba880000000p-2F,
                      -0x1.561b700000000p-3F, -0x1.b6f6a60000000p-3F, -0x1.4a49160000000p-1F,
                      -0x1.f8837e0000000p-3F, -0x1.17961a0000000p-2F, 0x1.32ebc20000000p-2F,
                      -0x1.202bca0000000p-5F, -0x1.bb43e20000000p-2F, 0x1.612bca0000000p-3F});
  const Tensor y = twice(x);
  ASSERT_EQ(twice.losses().size(), 1U);
  EXPECT_NEAR(twice.losses()[0].at(0), 0x1.468df40000000p+1, 12 * 0x1p-22);  // a sum of 12
  const Tensor found = twice.backward(Tensor(DType::f32, y.shape()));
  for (std::size_t i = 0; i < found.count(); ++i) {
    EXPECT_NEAR(found.at(i), gradient.at(i), std::fabs(gradient.at(i)) * 3 * 0x1p-24) << i;
  }
  (void)twice(Tensor(DType::f32, {0, 4}));
  EXPECT_EQ(twice.losses()[0].at(0), 0.0) << "an empty batch costs nothing";
}

TEST_F(LayerStateTest, MetricsAccumulateAndReset) {
  auto inner = std::make_shared<Box>(named("inner"));
  Box outer(named("outer"));
  outer.track(inner);
  outer.add_metric("accuracy");
  MetricState& loss = inner->add_metric("loss");
  loss.update(3.0);
  loss.update(6.0, 2.0);
  ASSERT_EQ(outer.metrics().size(), 2U);
  EXPECT_EQ(outer.metrics()[0]->name, "accuracy");
  EXPECT_EQ(outer.metrics()[0]->result(), 0.0);
  EXPECT_EQ(outer.metrics()[1]->result(), 5.0);
  EXPECT_TRUE(outer.variables().empty()) << "metric state is no layer variable";
  outer.reset_metrics();
  EXPECT_EQ(loss.count, 0.0);
}

TEST_F(LayerStateTest, ShapesThatALayerDoesNotTellAreAnError) {
  Box box(named("box"));
  const std::vector<Shape> shapes{{2, 3}};
  EXPECT_THAT(message_of<NotImplementedError>([&] { (void)box.compute_output_shape(shapes); }),
              HasSubstr("Layer Box does not have a `compute_output_shape`"));
}

}  // namespace
}  // namespace seedproof::testing
