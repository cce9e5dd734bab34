// Names, construction, calls, freezing, random state, losses, metrics. What Keras does was observed
// on Keras 3.15.1 with TensorFlow 2.21.0.
#include <algorithm>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/model.h>
#include <seedproof/layers/names.h>
#include <seedproof/layers/regularizer.h>

#include "tests/layers/core/sample_layers.h"

namespace seedproof::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> paths(const std::vector<Variable*>& variables) {
  std::vector<std::string> out;
  for (const Variable* variable : variables) out.push_back(variable->path());
  return out;
}

class LayerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    clear_session();
    set_dtype_policy(DTypePolicy());
  }
  std::unique_ptr<Generator> generator_ = make_generator("philox", 7);
};

// ---- names

TEST_F(LayerTest, SnakeCaseIsKerasOwn) {  // keras.src.utils.naming.to_snake_case
  EXPECT_EQ(to_snake_case("SpatialDropout1D"), "spatial_dropout1d");
  EXPECT_EQ(to_snake_case("SimpleDense"), "simple_dense");
  EXPECT_EQ(to_snake_case("L1L2Regularizer"), "l1l2_regularizer");
  EXPECT_EQ(to_snake_case("HTTPServer"), "http_server");
  EXPECT_EQ(to_snake_case("conv2D"), "conv2d");
  EXPECT_EQ(to_snake_case("A"), "a");
  EXPECT_EQ(to_snake_case("LSTMCell"), "lstm_cell");
  EXPECT_EQ(to_snake_case("My-Layer2d"), "my_layer2d");
}

TEST_F(LayerTest, AutomaticNamesFollowConstructionNotUse) {
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

TEST_F(LayerTest, NamesAreCountedPerThread) {
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

TEST_F(LayerTest, SlashInANameIsRefused) {
  EXPECT_THAT(message_of<ValueError>([] { Box box(named("a/b")); }), HasSubstr("name=a/b"));
  WeightSpec spec = weight("k/l", {2});
  Box box(named("box"));
  EXPECT_THAT(message_of<ValueError>([&] { box.add_weight(spec); }), HasSubstr("name=k/l"));
}

TEST_F(LayerTest, PathsJoinNamesOfParents) {
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

TEST_F(LayerTest, WeightDefaultsFollowTheDtype) {
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

TEST_F(LayerTest, WeightOptionsReachTheVariable) {
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

TEST_F(LayerTest, TwoWeightsOfOneNameDrawFromDifferentStreams) {
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

TEST_F(LayerTest, BuildsOnceAndLocks) {
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

TEST_F(LayerTest, AFailedBuildLeavesNothingBehind) {
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

TEST_F(LayerTest, AttachesOnce) {
  Box box(named("box"));
  box.attach(*generator_);
  EXPECT_THAT(message_of<RuntimeError>([&] { box.attach(*generator_); }), HasSubstr("philox"));
}

TEST_F(LayerTest, RefusesCyclesAndNull) {
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

// ---- calls

TEST_F(LayerTest, CallBuildsButARawCallDoesNot) {
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

TEST_F(LayerTest, InputSpecSpeaksAsKeras) {
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

TEST_F(LayerTest, AutocastCastsFloatsOnly) {
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

TEST_F(LayerTest, ScopeOfAMixedLayerReachesNestedOnes) {
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

TEST_F(LayerTest, PoliciesByNameAndGlobally) {
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

TEST_F(LayerTest, TrainingIsInheritedAndCallsAreCounted) {
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

TEST_F(LayerTest, BackwardChecksWhatComesBack) {
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

TEST_F(LayerTest, WeightsComeInKerasOrder) {
  Tree tree(*generator_);
  EXPECT_THAT(paths(tree.outer->weights()),
              ElementsAre("outer/k", "outer/k2", "outer/m", "outer/inner/i_t", "outer/inner/i_n",
                          "outer/mid/w", "outer/mid/first/ccc_t", "outer/mid/first/ccc_n",
                          "outer/mid/second/dddd_t", "outer/mid/second/dddd_n"));
  EXPECT_THAT(paths(tree.outer->trainable_weights()),
              ElementsAre("outer/k", "outer/k2", "outer/inner/i_t", "outer/mid/w",
                          "outer/mid/first/ccc_t", "outer/mid/second/dddd_t"));
}

TEST_F(LayerTest, VariablesHoldRandomStateAndWeightsDoNot) {
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

TEST_F(LayerTest, AStatelessGeneratorHasNoStateAmongVariables) {
  const auto counter = make_generator("counter", 7);
  Noise noise(named("noise"));
  noise.attach(*counter);
  noise.build(Shape{3});
  EXPECT_TRUE(noise.variables().empty());
}

TEST_F(LayerTest, FreezingAndThawing) {
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

TEST_F(LayerTest, SharedLayersCountOnce) {
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

TEST_F(LayerTest, SetWeightsIsAllOrNothing) {
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

TEST_F(LayerTest, LossesComeInKerasOrderAndAreOfTheLastCall) {
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

TEST_F(LayerTest, ActivityRegulariserIsDividedByTheBatch) {
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

TEST_F(LayerTest, MetricsAccumulateAndReset) {
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

TEST_F(LayerTest, ShapesThatALayerDoesNotTellAreAnError) {
  Box box(named("box"));
  const std::vector<Shape> shapes{{2, 3}};
  EXPECT_THAT(message_of<NotImplementedError>([&] { (void)box.compute_output_shape(shapes); }),
              HasSubstr("Layer Box does not have a `compute_output_shape`"));
}

// ---- configuration

TEST_F(LayerTest, BaseConfigurationIsKerasOwn) {
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
