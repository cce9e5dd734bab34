#include <set>

#include <gtest/gtest.h>

#include <seedproof/harness/subjects/run.h>
#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/subjects/subjects.h>
#include <seedproof/rng/values/error.h>

#include "tests/harness/fakes.h"

namespace seedproof {
namespace {

TEST(SubjectTest, FocusIsTheNamedLayerOrTheLast) {
  Subject subject;
  subject.name = "s";
  EXPECT_THROW(subject.focus_layer(), ConfigError);
  subject.layers = {{"A", {}, "a"}, {"B", {}, "b"}};
  EXPECT_EQ(subject.focus_layer().name, "b");
  subject.focus = "a";
  EXPECT_EQ(subject.focus_layer().class_name, "A");
  subject.focus = "c";
  EXPECT_THROW(subject.focus_layer(), ConfigError);
}

TEST(SubjectTest, PlacesALayerBetweenSiblingsWithOtherSeeds) {
  const Subject subject = subject_of(fakes::layer_entry<>("FakeLayer"));
  ASSERT_EQ(subject.layers.size(), 3u);
  EXPECT_EQ(subject.name, "FakeLayer");
  EXPECT_EQ(subject.focus_layer().name, "fake_layer");
  EXPECT_EQ(&subject.focus_layer(), &subject.layers[1]);
  std::vector<std::int64_t> seeds;
  std::set<std::string> names;
  for (const LayerSpec& spec : subject.layers) {
    EXPECT_EQ(spec.class_name, "FakeLayer");
    EXPECT_TRUE(spec.name_given);
    names.insert(spec.name);
    seeds.push_back(spec.config.at("seed").as_int("seed"));
  }
  EXPECT_EQ(names.size(), 3u);
  EXPECT_EQ(seeds[1], 17);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_GT(std::abs(seeds[i] - seeds[j]), 1000000);
  }
}

TEST(SubjectTest, InputShapeIsOddAndNotSquareAndFollowsTheLayer) {
  LayerEntry entry = fakes::layer_entry<>("FakeLayer");
  const Shape plain = subject_of(entry).input_shape;
  ASSERT_EQ(plain.size(), 2u);
  EXPECT_EQ(plain[0] % 2, 1);
  EXPECT_EQ(plain[1] % 2, 1);
  EXPECT_NE(plain[0], plain[1]);
  entry.probe_config.set("input_dim", 9);
  EXPECT_EQ(subject_of(entry).input_shape, (Shape{plain[0], 9}));
}

TEST(SubjectTest, BuiltInSubjectsAreTheDocumentedLayersAndAllThatDraw) {
  LayerEntry stock = fakes::layer_entry<>("Stock");
  stock.family = "stock";
  const std::vector<LayerEntry> layers = {fakes::layer_entry<>("First"),
                                          fakes::layer_entry<fakes::WrongLayer::silent>("Quiet"),
                                          stock, fakes::layer_entry<>("Second")};
  const std::vector<Subject> subjects = builtin_subjects(layers);
  ASSERT_EQ(subjects.size(), 4u);
  EXPECT_EQ(subjects[0].name, "First");
  EXPECT_EQ(subjects[1].name, "Quiet");
  EXPECT_EQ(subjects[2].name, "Second");
  EXPECT_EQ(subjects[3].name, "all-drawing");
  ASSERT_EQ(subjects[3].layers.size(), 2u);
  EXPECT_EQ(subjects[3].layers[1].class_name, "Second");
  EXPECT_NE(subjects[3].layers[0].config.at("seed"), subjects[3].layers[1].config.at("seed"));
}

TEST(SubjectTest, InputsAreDistinctSignedAndNewEachStep) {
  Subject subject;
  subject.input_shape = {5, 7};
  const Tensor first = subject_input(subject, 0);
  const Tensor second = subject_input(subject, 1);
  EXPECT_EQ(first.dtype(), DType::f32);
  std::set<double> seen;
  int negative = 0;
  for (std::size_t i = 0; i < first.count(); ++i) {
    EXPECT_NE(first.at(i), 0.0);
    EXPECT_LT(std::abs(first.at(i)), 1.0);
    EXPECT_NE(first.at(i), second.at(i));
    negative += first.at(i) < 0 ? 1 : 0;
    seen.insert(first.at(i));
  }
  EXPECT_EQ(seen.size(), first.count());
  EXPECT_EQ(negative, 17);
  EXPECT_TRUE(bit_equal(first, subject_input(subject, 0)));
}

TEST(SubjectTest, IntegerInputsHaveNoZeros) {
  for (const DType dtype : {DType::u8, DType::i8, DType::i32}) {
    Subject subject;
    subject.input_shape = {9, 15};
    subject.input_dtype = dtype;
    const Tensor input = subject_input(subject, 3);
    ASSERT_EQ(input.dtype(), dtype);
    for (std::size_t i = 0; i < input.count(); ++i) EXPECT_NE(input.at(i), 0.0);
  }
}

TEST(SeedEntriesTest, FindsSeedsAtEveryDepth) {
  const Config inner{{"seed", 5}, {"scale", 2.0}};
  const Config config{{"units", 3},
                      {"initializer", Config{{"class_name", "X"}, {"config", inner}}},
                      {"seed", ConfigValue()}};
  EXPECT_TRUE(has_integer_seed(config));
  EXPECT_FALSE(has_integer_seed(Config{{"seed", ConfigValue()}, {"units", 7}}));
  const Config moved = with_seeds_moved(config, 10);
  EXPECT_EQ(moved.at("initializer").as_config("").at("config").as_config("").at("seed").as_int(""),
            15);
  EXPECT_TRUE(moved.at("seed").is_none());
  EXPECT_EQ(moved.at("units").as_int(""), 3);
}

TEST(SeedEntriesTest, ASeedAtTheEndOfItsRangeStillChanges) {
  const std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  const Config moved = with_seeds_moved(Config{{"seed", largest}}, 3);
  EXPECT_EQ(moved.at("seed").as_int(""), 3);
}

}  // namespace
}  // namespace seedproof
