// The values of the interface: names, texts, regions, positions.
#include <gtest/gtest.h>

#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/generators/ledger.h>
#include <seedproof/rng/generators/promises.h>
#include <seedproof/rng/generators/site.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

TEST(Distribution, NamesReadBack) {
  for (int i = 0; i < 7; ++i) {
    const auto kind = static_cast<DistributionKind>(i);
    EXPECT_EQ(parse_distribution(to_string(kind)), kind);
  }
  EXPECT_THROW(parse_distribution("gamma"), ValueError);
  EXPECT_THROW(parse_distribution(""), ValueError);
}

TEST(Distribution, Texts) {
  EXPECT_EQ(Distribution::uniform(-0.5, 0.5).to_string(), "uniform(-0.5, 0.5)");
  EXPECT_EQ(Distribution::normal().to_string(), "normal(0, 1)");
  EXPECT_EQ(Distribution::truncated_normal(0.1, 2).to_string(), "truncated_normal(0.1, 2)");
  EXPECT_EQ(Distribution::keep_mask(0.3).to_string(), "keep_mask(0.3)");
  EXPECT_EQ(Distribution::integers(-4, 9).to_string(), "integers(-4, 9)");
  EXPECT_EQ(Distribution::words().to_string(), "words");
  EXPECT_EQ(Distribution::permutation().to_string(), "permutation");
}

TEST(Distribution, Dtypes) {
  EXPECT_TRUE(suits(DistributionKind::words, DType::u32));
  EXPECT_FALSE(suits(DistributionKind::words, DType::i32));
  EXPECT_TRUE(suits(DistributionKind::normal, DType::bf16));
  EXPECT_FALSE(suits(DistributionKind::normal, DType::i64));
  EXPECT_TRUE(suits(DistributionKind::integers, DType::u8));
  EXPECT_FALSE(suits(DistributionKind::integers, DType::boolean));
  EXPECT_FALSE(suits(DistributionKind::permutation, DType::i32));
}

TEST(Region, Counts) {
  const Shape shape = {5, 3, 2};
  EXPECT_EQ((Region{shape}.count()), 30U);
  EXPECT_EQ((Region{shape}.row_count()), 6U);
  const Region part{shape, 1, 4};
  EXPECT_FALSE(part.whole());
  EXPECT_EQ(part.count(), 18U);
  EXPECT_EQ(part.global_count(), 30U);
  EXPECT_EQ((Region{shape, 2}.count()), 18U);
  const std::int64_t ids[] = {9, 0, 9, 4};
  EXPECT_EQ((Region{shape, 0, -1, ids}.count()), 24U);
  EXPECT_EQ(Region{}.count(), 1U);
  EXPECT_EQ(Region{}.row_count(), 1U);
}

TEST(Promise, NamesReadBack) {
  Promises all;
  for (int i = 0; i < kPromiseCount; ++i) {
    const auto promise = static_cast<Promise>(i);
    EXPECT_EQ(parse_promise(to_string(promise)), promise);
    all.add(promise);
  }
  EXPECT_EQ(all.list().size(), static_cast<std::size_t>(kPromiseCount));
  EXPECT_EQ(to_string(Promise::order_free), "order-free");
  EXPECT_EQ(to_string(Promise::batch_invariant), "batch-invariant");
  EXPECT_EQ(to_string(Promise::portable), "portable");
  EXPECT_THROW(parse_promise("fast"), ValueError);
  all.remove(Promise::fresh);
  EXPECT_FALSE(all.has(Promise::fresh));
}

TEST(Position, CarriesAndOrders) {
  const Position end{~std::uint64_t{0}, 6};
  EXPECT_EQ(end.plus(1), (Position{0, 7}));
  EXPECT_EQ(end.plus(0), end);
  EXPECT_LT(end, end.plus(1));
  EXPECT_LT((Position{5, 1}), (Position{4, 2}));
}

TEST(StreamName, TextLeavesZeroWordsOut) {
  EXPECT_EQ((StreamName{"philox4x32-10", {0xdeadbeef}}.to_string()),
            "philox4x32-10[00000000deadbeef]");
  EXPECT_EQ((StreamName{"x", {}}.to_string()), "x[0000000000000000]");
  EXPECT_EQ((StreamName{"x", {0, 1}}.to_string()), "x[0000000000000000,0000000000000001]");
}

TEST(Site, Texts) {
  EXPECT_EQ((Site{{"model/dense"}, "kernel", Role::initializer}.to_string()), "model/dense:kernel");
  EXPECT_EQ(to_string(Role::global), "global");
  EXPECT_EQ(to_string(Role::initializer), "initializer");
  EXPECT_EQ(to_string(Phase::evaluate), "evaluate");
  EXPECT_EQ(to_string(Phase::predict), "predict");
}

}  // namespace
}  // namespace seedproof
