// Expected values come from CPython 3.11.7 itself:
//   python3 -c "import random; r = random.Random(S); print([r.getrandbits(32) for _ in range(3)],
//   ...)"
// in the order of the calls below.
#include <numeric>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/bits/python_random.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

struct Recorded {
  std::string_view seed;
  std::vector<std::uint64_t> words;       // getrandbits(32)
  std::uint64_t bits5, bits33, bits64;    // getrandbits(5), (33), (64)
  std::vector<std::int64_t> op_seeds;     // randint(0, 2**31 - 1)
  std::vector<std::int64_t> layer_seeds;  // randint(1, 10**9)
  double unit;                            // random()
  std::uint64_t below;                    // randrange(2**63 + 1)
};

class PythonRandomValues : public testing::TestWithParam<Recorded> {};

TEST_P(PythonRandomValues, AreCPythons) {
  const Recorded& want = GetParam();
  PythonRandom random(Integer::parse(want.seed));
  for (const std::uint64_t word : want.words) {
    EXPECT_EQ(random.getrandbits(32), word);
  }
  EXPECT_EQ(random.getrandbits(5), want.bits5);
  EXPECT_EQ(random.getrandbits(33), want.bits33);
  EXPECT_EQ(random.getrandbits(64), want.bits64);
  for (const std::int64_t seed : want.op_seeds) {
    EXPECT_EQ(random.randint(0, 2147483647), seed);
  }
  for (const std::int64_t seed : want.layer_seeds) {
    EXPECT_EQ(random.randint(1, 1000000000), seed);
  }
  EXPECT_EQ(random.random(), want.unit);
  EXPECT_EQ(random.randbelow((1ull << 63) + 1), want.below);
}

INSTANTIATE_TEST_SUITE_P(Seeds, PythonRandomValues,
                         testing::Values(Recorded{"0",
                                                  {3626764237, 1654615998, 3255389356},
                                                  28,
                                                  1806341205,
                                                  17809683713383489082u,
                                                  {2087043557, 1739178872, 1302718217, 2046968324},
                                                  {384452588, 626401696, 957413343, 975078789},
                                                  0x1.bf5ee68133284p-3,
                                                  5198990648923353370},
                                         Recorded{"-7",
                                                  {1390851128, 4071050724, 647892279},
                                                  12,
                                                  2795742288,
                                                  15149836622520594227u,
                                                  {404285457, 1570621944, 249103477, 922121676},
                                                  {40260663, 92285143, 465623511, 449008935},
                                                  0x1.1e20b87b382e0p-4,
                                                  1090396360377453094},
                                         Recorded{"18446744073709551621",
                                                  {2192917427, 3085273184, 3778534651},
                                                  18,
                                                  2211635562,
                                                  6403523678659866535,
                                                  {286073219, 1349615284, 187002788, 1657981214},
                                                  {970065533, 429751271, 836590358, 403759927},
                                                  0x1.c333ac1aef600p-8,
                                                  7533698288122713104},
                                         Recorded{"1000000000000000000000000000000",
                                                  {4012147334, 2100903950, 2256175901},
                                                  3,
                                                  1499660927,
                                                  17628044379895063699u,
                                                  {622868809, 1772661194, 1954473987, 579706788},
                                                  {456514489, 847698271, 348535001, 858317425},
                                                  0x1.84689d59eaa00p-10,
                                                  8054722832637633081}));

TEST(PythonRandom, TakesTheMagnitudeOfItsSeed) {
  EXPECT_EQ(PythonRandom(7).state(), PythonRandom(-7).state());
  EXPECT_NE(PythonRandom(7).state(), PythonRandom(8).state());
}

// r = random.Random(1234), 2000 words; st = r.getstate()[1];
// st[0], st[1], st[623], st[624], sum(st[:624]) mod 2^32, r.getrandbits(32)
TEST(PythonRandom, ShowsItsStateAsCPythonDoes) {
  PythonRandom random(1234);
  for (int i = 0; i < 2000; ++i) {
    random.next_word();
  }
  const PythonRandom::State saved = random.state();
  EXPECT_EQ(saved.words[0], 2956116314u);
  EXPECT_EQ(saved.words[1], 2827461277u);
  EXPECT_EQ(saved.words[623], 2849051884u);
  EXPECT_EQ(saved.index, 128u);
  EXPECT_EQ(std::accumulate(saved.words.begin(), saved.words.end(), 0u), 516102721u);
  EXPECT_EQ(random.next_word(), 558462902u);
  EXPECT_EQ(PythonRandom(saved).next_word(), 558462902u);
}

TEST(PythonRandom, RefusesWhatIsNoState) {
  PythonRandom::State state = PythonRandom(1).state();
  state.index = 625;
  EXPECT_THROW(PythonRandom{state}, ValueError);
  EXPECT_THROW(PythonRandom{PythonRandom::State{}}, ValueError);
}

TEST(PythonRandom, RefusesEmptyRangesAndOtherCounts) {
  PythonRandom random(1);
  EXPECT_THROW(random.getrandbits(65), ValueError);
  EXPECT_THROW(random.getrandbits(-1), ValueError);
  EXPECT_THROW(random.randbelow(0), ValueError);
  EXPECT_THROW(random.randint(2, 1), ValueError);
  EXPECT_EQ(random.state(), PythonRandom(1).state());
}

TEST(PythonRandom, DrawsNoWordForNoBits) {
  PythonRandom random(1);
  EXPECT_EQ(random.getrandbits(0), 0u);
  EXPECT_EQ(random.state(), PythonRandom(1).state());
}

}  // namespace
}  // namespace seedproof
