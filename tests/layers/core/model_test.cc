// Sequential and Graph.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/model.h>
#include <seedproof/layers/regularizer.h>

#include "tests/layers/core/sample_layers.h"
#include "tests/support/finite_difference.h"

namespace seedproof::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Tensor kInput = doubles({2, 3}, {0.3, -0.7, 1.1, 0.2, 0.9, -0.4});

class ModelTest : public ::testing::Test {
 protected:
  void SetUp() override { clear_session(); }
  std::unique_ptr<Generator> generator_ = make_generator("philox", 7);
};

std::shared_ptr<Linear> linear(std::int64_t units, std::string name,
                               std::shared_ptr<const Regularizer> regularizer = nullptr) {
  return std::make_shared<Linear>(units, named(std::move(name), "float64"), std::move(regularizer));
}

TEST_F(ModelTest, SequentialAppliesLayersInOrder) {
  Sequential model(named("model", "float64"));
  const auto first = linear(4, "first");
  const auto second = linear(2, "second");
  model.add(first);
  model.add(second);
  model.attach(*generator_);
  const Tensor output = model(kInput);
  EXPECT_TRUE(bit_equal(output, (*second)((*first)(kInput))));
  EXPECT_EQ(second->kernel().path(), "model/second/kernel");
  const std::vector<Shape> shapes{{5, 3}};
  EXPECT_THAT(model.compute_output_shape(shapes), ElementsAre(Shape{5, 2}));
}

TEST_F(ModelTest, SequentialBuildsEverythingBeforeItCalls) {
  Sequential model(named("model", "float64"));
  model.add(linear(4, "first"));
  model.add(linear(2, "second"));
  model.attach(*generator_);
  model.build(Shape{-1, 3});
  EXPECT_EQ(model.weights().size(), 4U);
  model.add(linear(5, "third"));
  EXPECT_FALSE(model.built());
  EXPECT_EQ(model(kInput).shape(), (Shape{2, 5}));
  EXPECT_EQ(model.weights().size(), 6U);
}

TEST_F(ModelTest, SequentialGoesOnWhereAShapeIsNotTold) {
  Sequential model(named("model", "float64"));
  model.add(std::make_shared<Box>(named("box", "float64")));
  const auto after = linear(2, "after");
  model.add(after);
  model.attach(*generator_);
  model.build(Shape{2, 3});
  EXPECT_TRUE(model.built());
  EXPECT_FALSE(after->built());
  EXPECT_EQ(model(kInput).shape(), (Shape{2, 2}));
  EXPECT_TRUE(after->built());
}

TEST_F(ModelTest, SequentialErrorsAreKerasOwn) {
  Sequential model(named("s"));
  EXPECT_EQ(
      message_of<ValueError>([&] { model(kInput); }),
      "Sequential model s cannot be built because it has no layers. Call `model.add(layer)`.");
  model.add(linear(2, "x"));
  EXPECT_EQ(message_of<ValueError>([&] { model.add(linear(2, "x")); }),
            "All layers added to a Sequential model should have unique names. Name 'x' is already "
            "the name of a layer in this model. Update the `name` argument to pass a unique name.");
  EXPECT_THROW(model.add(nullptr), ValueError);
  EXPECT_THAT(message_of<ValueError>([&] {
                model({kInput, kInput});
              }),
              HasSubstr("a Sequential model takes one input, got 2"));
}

TEST_F(ModelTest, SequentialGradientsWithRegularisersAndNoise) {
  Sequential model(named("model", "float64"));
  LayerOptions options = named("noise", "float64");
  options.activity_regularizer = make_regularizer("l2");
  model.add(linear(4, "first", make_regularizer("l2")));
  model.add(std::make_shared<Noise>(options));
  model.add(linear(2, "second"));
  model.attach(*generator_);
  model.build(Shape{2, 3});
  CallArgs args;
  args.training = true;
  const StateImage state = generator_->save();
  DifferenceOptions difference;
  difference.rewind = [&] { generator_->load(state); };
  expect_gradients(model, {kInput}, args, difference);
}

// input -> a -> fork -> sin, square; product(sin, b(square)); product(product, a): `a` and the
// input are used several times.
std::shared_ptr<Graph> diamond() {
  auto graph = std::make_shared<Graph>(named("graph", "float64"));
  graph->add(linear(4, "a", make_regularizer("l2")), {"input"});
  graph->add(std::make_shared<Fork>(named("fork", "float64")), {"a"});
  graph->add(linear(4, "b"), {"fork:1"});
  graph->add(std::make_shared<Product>(named("first", "float64")), {"fork:0", "b"});
  graph->add(std::make_shared<Product>(named("second", "float64")), {"first", "a"});
  graph->add(linear(4, "side"), {"input:1"});
  graph->add(std::make_shared<Product>(named("last", "float64")), {"second", "side"});
  graph->set_outputs({"last", "a", "fork:1"});
  return graph;
}

TEST_F(ModelTest, GraphAddsTheGradientsOfEveryUse) {
  const auto graph = diamond();
  graph->attach(*generator_);
  EXPECT_EQ(graph->input_count(), 2U);
  const Tensor other = doubles({2, 2}, {0.5, -0.2, 0.8, 0.1});
  expect_gradients(*graph, {kInput, other});
  const std::vector<Shape> shapes{{2, 3}, {2, 2}};
  EXPECT_THAT(graph->compute_output_shape(shapes),
              ElementsAre(Shape{2, 4}, Shape{2, 4}, Shape{2, 4}));
}

TEST_F(ModelTest, GraphLeavesUnusedNodesAlone) {
  Graph graph(named("graph", "float64"));
  const auto used = linear(3, "used");
  const auto unused = linear(3, "unused");
  const auto costly = linear(3, "costly", make_regularizer("l2"));
  graph.add(unused, {"input"});
  graph.add(costly, {"input"});
  graph.add(used, {"input"});
  graph.attach(*generator_);
  (void)graph(kInput);
  (void)graph.backward(Tensor::full(DType::f64, {2, 3}, 1.0));
  EXPECT_TRUE(used->kernel().gradient());
  EXPECT_FALSE(unused->kernel().gradient()) << "no path to the loss: no gradient, as in TensorFlow";
  EXPECT_TRUE(costly->kernel().gradient()) << "its regulariser is a path";
}

TEST_F(ModelTest, OneValueTwiceIntoOneNode) {
  Graph graph(named("graph", "float64"));
  graph.add(std::make_shared<Product>(named("square", "float64")), {"input", "input"});
  const Tensor output = graph(kInput);
  EXPECT_TRUE(bit_equal(output, ops::square(kInput)));
  EXPECT_TRUE(
      bit_equal(graph.backward(Tensor::full(DType::f64, {2, 3}, 1.0)), ops::multiply(kInput, 2.0)));
}

TEST_F(ModelTest, GraphNamesWhatIsWrong) {
  Graph graph(named("graph", "float64"));
  EXPECT_THAT(message_of<ValueError>([&] { graph(kInput); }), HasSubstr("without nodes"));
  graph.add(linear(3, "a"), {"input"});
  EXPECT_THAT(message_of<ValueError>([&] { graph.add(linear(3, "b"), {"c"}); }),
              HasSubstr("there is no node 'c' before this one"));
  EXPECT_THAT(message_of<ValueError>([&] { graph.add(linear(3, "a"), {"input"}); }),
              HasSubstr("two nodes named 'a'"));
  EXPECT_THAT(message_of<ValueError>([&] { graph.add(linear(3, "b"), {}); }),
              HasSubstr("node 'b' has no inputs"));
  for (const char* name : {"input", "x:1"}) {
    EXPECT_THAT(message_of<ValueError>([&] { graph.add(linear(3, name), {"a"}); }),
                HasSubstr("may not be named"));
  }
  for (const char* source : {"a:", "a:-1", "a:x", "a:1x", "a:1024", "a:99999999999999999999999"}) {
    EXPECT_THAT(message_of<ValueError>([&] { graph.add(linear(3, "b"), {source}); }),
                HasSubstr(source));
  }
  EXPECT_THAT(message_of<ValueError>([&] { graph.set_outputs({"input"}); }),
              HasSubstr("is an input of the graph"));
  EXPECT_THAT(message_of<ValueError>([&] { graph.set_outputs({}); }), HasSubstr("an output"));
  graph.add(linear(3, "b"), {"a:1"});
  graph.attach(*generator_);
  EXPECT_THAT(message_of<ValueError>([&] { graph(kInput); }),
              HasSubstr("node 'a' has 1 outputs, output 1 was asked for"));
  EXPECT_THAT(message_of<ValueError>([&] {
                graph({kInput, kInput});
              }),
              HasSubstr("takes 1 inputs, got 2"));
  EXPECT_EQ(graph.sublayers().size(), 2U) << "what is refused is not kept";
}

// ---- configurations

std::shared_ptr<Layer> linear_from(const Config& config) {
  LayerOptions options;
  options.name = config.at("name").as_text("name");
  options.dtype = DTypePolicy(
      config.at("dtype").as_config("dtype").at("config").as_config("config").at("name").as_text(
          "name"));
  return std::make_shared<Linear>(config.at("units").as_int("units"), options);
}
std::shared_ptr<Layer> product_from(const Config& config) {
  return std::make_shared<Product>(named(config.at("name").as_text("name"), "float64"));
}

std::vector<LayerEntry> samples() {
  LayerEntry linear_entry;
  linear_entry.class_name = "Linear";
  linear_entry.from_config = linear_from;
  LayerEntry product_entry;
  product_entry.class_name = "Product";
  product_entry.from_config = product_from;
  return {linear_entry, product_entry};
}

TEST_F(ModelTest, ConfigurationsGoRoundByJson) {
  const CustomLayerScope scope(samples());
  Sequential sequential(named("model", "mixed_float16"));
  sequential.add(linear(4, "first"));
  sequential.add(linear(2, "second"));

  Graph graph(named("graph", "float64"));
  graph.add(linear(4, "a"), {"input:1"});
  graph.add(linear(4, "b"), {"input"});
  graph.add(std::make_shared<Product>(named("c", "float64")), {"a", "b"});
  graph.set_outputs({"b", "c"});

  for (const Layer* model :
       {static_cast<const Layer*>(&sequential), static_cast<const Layer*>(&graph)}) {
    const std::string json = serialize(*model).to_json();
    const auto copy = deserialize_layer(ConfigValue::from_json(json));
    EXPECT_EQ(copy->class_name(), model->class_name());
    EXPECT_EQ(copy->get_config(), model->get_config()) << json;
    EXPECT_EQ(copy->sublayers().size(), model->sublayers().size());
  }
}

TEST_F(ModelTest, CustomClassesEndWithTheirScope) {
  const ConfigValue config = serialize(*linear(2, "x"));
  {
    const CustomLayerScope scope(samples());
    EXPECT_EQ(deserialize_layer(config)->name(), "x");
  }
  EXPECT_THAT(message_of<ValueError>([&] { deserialize_layer(config); }),
              HasSubstr("Unknown layer class 'Linear'; known: "));
  EXPECT_THAT(message_of<ValueError>([] {
                deserialize_layer(Config{{"config", Config{}}});
              }),
              HasSubstr("'class_name'"));
}

TEST_F(ModelTest, ModelsRefuseEntriesThatTheyDoNotKnow) {
  for (const LayerEntry& entry : {sequential_entry(), graph_entry()}) {
    EXPECT_EQ(entry.family, "model");
    EXPECT_THAT(message_of<ValueError>([&] {
                  entry.from_config(Config{{"layer", 1}});
                }),
                HasSubstr("layer"));
  }
}

}  // namespace
}  // namespace seedproof::testing
