// Seeds of stateless and stateful ops, permutations, and what Keras makes of them. Expected values
// were printed by tensorflow 2.21.0 and keras 3.15.1, or published (named where so).
#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/rng/distributions/tf_legacy.h>
#include <seedproof/rng/distributions/tf_normal.h>
#include <seedproof/rng/distributions/tf_shuffle.h>
#include <seedproof/rng/distributions/tf_stateless.h>
#include <seedproof/rng/distributions/tf_uniform.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using testing::ElementsAre;
using tf::State;

std::vector<float> normals(const State& state, std::size_t count) {
  std::vector<float> out(count);
  tf::fill_normal(state, 0, std::span<float>(out), 0.0, 1.0);
  return out;
}

std::vector<std::int64_t> shuffled(const State& state, std::size_t rows) {
  std::vector<std::int64_t> order(rows);
  tf::fill_shuffle_order(state, order);
  return order;
}

// TensorFlow's own documentation: stateless_split([1, 2], 3), and normals from two of its rows; the
// last ones, and those of set_seed(5) below, in full, since it prints arrays to eight decimals.
TEST(TfStateless, SplitsAsPublished) {
  std::array<std::int32_t, 6> pairs{};
  tf::fill_split(1, 2, std::span<std::int32_t>(pairs));
  EXPECT_THAT(pairs,
              ElementsAre(1105988140, 1738052849, -335576002, 370444179, 10670227, -246211131));
  EXPECT_THAT(normals(tf::scramble(1105988140, 1738052849), 3),
              ElementsAre(-0.59835213f, -0.9578608f, 0.9002807f));
  EXPECT_THAT(normals(tf::scramble(1105988140, 3), 3),
              ElementsAre(0x1.05ea08p-5f, 0x1.cbc394p-1f, 0x1.0f6c18p-3f));
}

TEST(TfStateless, DrawsUniformsAsPublished) {
  std::array<float, 4> u{};
  tf::fill_uniform(tf::scramble(1, 2), 0, std::span<float>(u));
  EXPECT_THAT(u, ElementsAre(0.8440604f, 0.19204533f, 0.9962232f, 0.1603874f));
}

TEST(TfStateless, FoldsInData) {
  EXPECT_THAT(tf::fold_in<std::int32_t>(1, 2, 7), ElementsAre(1105988140, 7));
  EXPECT_THAT(tf::fold_in<std::int64_t>(1, 2, 7), ElementsAre(7464880146280614444, 7));
  std::array<std::int64_t, 2> pair{};
  tf::fill_split<std::int64_t>(1, 2, pair);
  EXPECT_THAT(pair, ElementsAre(7464880146280614444, 1591045637757961278));
}

TEST(TfStateless, KeepsTheSignOfANegativeSeed) {
  EXPECT_NE(tf::scramble(-1, 0), tf::scramble(0xffffffff, 0));
  EXPECT_NE(tf::scramble(0, -1), tf::scramble(0, 0xffffffff));
}

// keras.random.normal((3,), seed=-3) and keras.random.shuffle(np.arange(7), seed=4).
TEST(Keras3OnTensorFlow, TakesSeedAndCallModuloTwoToThe31Less2) {
  EXPECT_THAT(normals(tf::keras3_state(-3, 0), 3),
              ElementsAre(-0x1.78b724p+0f, -0x1.0ed06cp-3f, -0x1.7fb9fp-4f));
  EXPECT_EQ(tf::keras3_state(-3, 0), tf::keras3_state(2147483643, 0));
  EXPECT_NE(tf::keras3_state(5, 0), tf::keras3_state(5, 1));
  std::array<std::int64_t, 7> order{};
  std::array<float, 7> scratch{};
  tf::fill_argsort_order(tf::keras3_state(4, 0), order, scratch);
  EXPECT_THAT(order, ElementsAre(2, 5, 4, 0, 3, 1, 6));
}

TEST(Keras3OnTensorFlow, BreaksTiesByPosition) {
  constexpr std::size_t kRows = 100000;  // of 2^23 uniforms: hundreds of ties
  std::vector<std::int64_t> order(kRows);
  std::vector<float> u(kRows);
  tf::fill_argsort_order(tf::keras3_state(1, 0), order, u);
  std::size_t ties = 0;
  for (std::size_t i = 1; i < kRows; ++i) {
    const float before = u[static_cast<std::size_t>(order[i - 1])];
    const float here = u[static_cast<std::size_t>(order[i])];
    ASSERT_LE(before, here);
    if (before == here) {
      ++ties;
      ASSERT_LT(order[i - 1], order[i]);
    }
  }
  EXPECT_GT(ties, 0u);
  EXPECT_THROW(tf::fill_argsort_order(State{}, order, std::span<float>(u).first(3)), ValueError);
}

// tf.random.set_seed(5); tf.random.normal([4], seed=1), published.
TEST(TfOpState, DrawsAsPublished) {
  EXPECT_THAT(normals(tf::op_state(5, 1), 4),
              ElementsAre(-0x1.607bd8p+0f, -0x1.9c532ep-7f, -0x1.5b2aaep-3f, 0x1.151888p+0f));
}

TEST(TfOpState, ReducesSeedsOfAnySizeAndSign) {
  EXPECT_EQ(tf::op_state(-3, Integer::parse("1099511627776")), (State{0, 512, 2147483644}));
  EXPECT_THAT(normals(tf::op_state(-3, Integer::parse("1099511627776")), 2),
              ElementsAre(0x1.54b1d4p-1f, -0x1.91cd2ep+0f));
  PythonRandom source(-3);
  EXPECT_THAT(normals(tf::op_state(-3, tf::next_op_seed(source)), 2),
              ElementsAre(0x1.6d6a1cp-1f, 0x1.0b56ecp-1f));
}

TEST(TfOpState, PutsTwoZerosAside) {
  EXPECT_EQ(tf::op_state(0, 0), (State{0, 2147483647, 0}));
  EXPECT_EQ(tf::op_state(2147483647, 0), (State{0, 2147483647, 0}));
  EXPECT_EQ(tf::op_state(0, 1), (State{0, 1, 0}));
  std::array<float, 2> u{};
  tf::fill_uniform(tf::op_state(0, 0), 0, std::span<float>(u));
  EXPECT_THAT(u, ElementsAre(0x1.43b3p-6f, 0x1.cd84p-8f));
}

// Keras's documented Dropout(.2) after set_seed(0): its op's seed is published, the mask printed.
TEST(TfOpState, DerivesTheSeedOfTheDocumentedDropout) {
  PythonRandom source(0);
  const std::int64_t seed = tf::next_op_seed(source);
  EXPECT_EQ(seed, 1654615998);
  std::array<float, 12> mask{};
  tf::fill_keep_mask(tf::op_state(0, seed), 0, std::span<float>(mask), 0.2);
  EXPECT_THAT(mask, ElementsAre(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1));
}

TEST(TfOpState, DropsWordsAboveTheRangeOfKerasSeeds) {
  PythonRandom source(0);
  for (int i = 0; i < 10000; ++i) {
    const std::int64_t seed = tf::next_keras_seed(source);
    ASSERT_GE(seed, 1);
    ASSERT_LE(seed, 1000000000);
  }
}

// tf.random.set_seed(3); tf.random.shuffle(tf.range(11), seed=9), twice.
TEST(TfShuffle, IsTensorFlowsAndContinuesAfterItsBlocks) {
  State state = tf::op_state(3, 9);
  EXPECT_THAT(shuffled(state, 11), ElementsAre(6, 7, 3, 8, 2, 5, 0, 9, 4, 10, 1));
  tf::advance_blocks(state, tf::shuffle_blocks(11));
  EXPECT_THAT(shuffled(state, 11), ElementsAre(4, 1, 5, 7, 8, 3, 6, 10, 2, 0, 9));
}

TEST(TfShuffle, TakesABlockForFourSwaps) {
  EXPECT_EQ(tf::shuffle_blocks(0), 0u);
  EXPECT_EQ(tf::shuffle_blocks(1), 0u);
  EXPECT_EQ(tf::shuffle_blocks(2), 1u);
  EXPECT_EQ(tf::shuffle_blocks(5), 1u);
  EXPECT_EQ(tf::shuffle_blocks(6), 2u);
  EXPECT_EQ(tf::shuffle_blocks(100001), 25000u);
}

TEST(TfShuffle, IsAPermutation) {
  for (const std::size_t rows : {0, 1, 2, 3, 4, 5, 1023}) {
    std::vector<std::int64_t> order = shuffled({1, 2, 3}, rows);
    std::vector<std::int64_t> identity(rows);
    std::iota(identity.begin(), identity.end(), 0);
    EXPECT_THAT(order, testing::UnorderedElementsAreArray(identity));
  }
}

}  // namespace
}  // namespace seedproof
