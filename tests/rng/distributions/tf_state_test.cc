// How a TensorFlow generator's state is made from a seed and moved by draws. Expected states were
// printed by tensorflow 2.21.0: tf.random.Generator.from_seed(S).state, g.skip(n).
#include <array>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using tf::State;

constexpr std::uint64_t kOnes = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kSign = 1ull << 63;

State seeded(const char* text) { return tf::from_seed(Seed::parse(text)); }

TEST(TfFromSeed, AnIntegerIsTheCounter) {
  EXPECT_EQ(seeded("7"), (State{7, 0, 0}));
  EXPECT_EQ(seeded("-1"), (State{kOnes, kOnes, kOnes}));
  EXPECT_EQ(seeded("18446744073709551619"), (State{3, 1, 0}));
  EXPECT_EQ(seeded("-18446744073709551616"), (State{0, kOnes, kOnes}));
  EXPECT_EQ(seeded("-1361129467683753853853498429727072845824"),
            (State{0, 0, static_cast<std::uint64_t>(-4)}));
  EXPECT_EQ(tf::from_seed(
                (Integer::parse("1606938044258990275541962092341162602522202993782792835301381"))),
            (State{5, 0, 0}));
}

TEST(TfFromSeed, AListIsPaddedInFront) {
  EXPECT_EQ(seeded("[7]"), (State{0, 0, 7}));
  EXPECT_EQ(seeded("[5, 6]"), (State{0, 5, 6}));
  EXPECT_EQ(seeded("[1, 2, 3, 4]"), (State{1, 2, 3}));
  EXPECT_EQ(seeded("[9223372036854775808, -1]"), (State{0, kSign, kOnes}));
  EXPECT_EQ(seeded("[18446744073709551621]"), (State{0, 0, 5}));
  EXPECT_EQ(tf::from_seed(Seed::list({})), (State{0, 0, 0}));
}

TEST(TfFromSeed, RefusesWhatTensorFlowRefuses) {
  EXPECT_THROW(tf::from_seed(Seed::none()), ValueError);
  EXPECT_THROW(tf::from_seed(Seed::ambient()), ValueError);
  EXPECT_THROW(seeded("[-9223372036854775809]"), ValueError);
  EXPECT_THROW(seeded("[36893488147419103232, 1]"), ValueError);
  EXPECT_THROW(seeded("[1, 2, 3, 1180591620717411303424]"), ValueError);
  EXPECT_THROW(tf::from_seed(Seed(KeySeed{{1, 2, 0, 0}})), ValueError);
  EXPECT_EQ(tf::from_seed(Seed(KeySeed{{9, 0, 0, 0}})), (State{0, 0, 9}));
}

State skipped(State state, std::int64_t elements) {
  tf::advance(state, static_cast<std::uint64_t>(elements));
  return state;
}

TEST(TfAdvance, AddsTwoHundredAndFiftySixAnElement) {
  EXPECT_EQ(skipped({1234, 0, 0}, 6), (State{2770, 0, 0}));
  EXPECT_EQ(skipped({1234, 0, 0}, 0), (State{1234, 0, 0}));
}

TEST(TfAdvance, CarriesIntoTheSecondWordAndWrapsTheProduct) {
  EXPECT_EQ(skipped({kOnes, 0, 3}, 1), (State{255, 1, 3}));
  EXPECT_EQ(skipped({kOnes, kOnes, 3}, 1), (State{255, 0, 3}));
  EXPECT_EQ(skipped({kSign - 1, 0, 3}, 1), (State{kSign + 255, 0, 3}));
  EXPECT_EQ(skipped({kOnes, 0, 3}, 1ll << 55), (State{kSign - 1, 1, 3}));
  EXPECT_EQ(skipped({kOnes, 0, 3}, 1ll << 60), (State{kOnes, 0, 3}));
}

// PhiloxRandom::Skip loses the carry where both 32-bit halves carry: observed, and so reproduced.
TEST(TfAdvance, BackwardsLosesTheCarryAsTensorFlowDoes) {
  EXPECT_EQ(skipped({1000, 0, 3}, -1), (State{744, 0, 3}));
  EXPECT_EQ(skipped({kOnes, kOnes, 3}, -3), (State{kOnes - 768, kOnes, 3}));
  EXPECT_EQ(skipped({100, 5, 3}, -1), (State{static_cast<std::uint64_t>(-156), 5, 3}));
}

TEST(TfCounter, CarriesThroughEveryWord) {
  const State state{kOnes - 1, 0xffffffffull, 0x0123456789abcdefull};
  EXPECT_EQ(tf::counter_at(state, 1).words,
            (std::array<std::uint32_t, 4>{0xffffffffu, 0xffffffffu, 0xffffffffu, 0}));
  EXPECT_EQ(tf::counter_at(state, 2).words, (std::array<std::uint32_t, 4>{0, 0, 0, 1}));
  EXPECT_EQ(tf::key_of(state).words, (std::array<std::uint32_t, 2>{0x89abcdefu, 0x01234567u}));
}

}  // namespace
}  // namespace seedproof
