#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/bits/derive_key.h>

namespace seedproof {
namespace {

using Derived = Key<std::uint32_t, 4>;

// All keys of one test; counts how often one came twice.
class Distinct {
 public:
  void add(const Derived& key) {
    if (!keys_.insert(key.words).second) ++twice_;
    // The 64 bits that a Philox stream takes must do by themselves.
    if (!halves_.insert(philox_key(key).words).second) ++twice_;
    ++count_;
  }
  int twice() const { return twice_; }
  int count() const { return count_; }

 private:
  std::set<std::array<std::uint32_t, 4>> keys_;
  std::set<std::array<std::uint32_t, 2>> halves_;
  int twice_ = 0;
  int count_ = 0;
};

int bits_apart(const Derived& a, const Derived& b) {
  int out = 0;
  for (std::size_t i = 0; i < 4; ++i) out += std::popcount(a.words[i] ^ b.words[i]);
  return out;
}

TEST(DeriveKey, IsAFunctionOfItsArguments) {
  EXPECT_EQ(derive_key(7, "dense", "kernel", 3), derive_key(7, "dense", "kernel", 3));
  EXPECT_NE(derive_key(7, "dense", "kernel", 3), derive_key(7, "dense", "kernel"));
}

TEST(DeriveKey, TellsFieldsApartHoweverTheyAreCut) {
  Distinct keys;
  for (const auto& [path, purpose] :
       std::vector<std::pair<std::string, std::string>>{{"a/bc", ""},
                                                        {"ab/c", ""},
                                                        {"a", "bc"},
                                                        {"ab", "c"},
                                                        {"abc", ""},
                                                        {"", "abc"},
                                                        {"a/b", "c"},
                                                        {"a", "b/c"},
                                                        {"a/b/c", ""},
                                                        {"", ""},
                                                        {"a", ""},
                                                        {"", "a"},
                                                        {"a", "a"},
                                                        {"aa", ""},
                                                        {"", "aa"},
                                                        {"a/", ""},
                                                        {"/a", ""},
                                                        {"A", ""},
                                                        {"a ", ""},
                                                        {" a", ""},
                                                        {std::string(1, '\0'), ""},
                                                        {std::string(2, '\0'), ""},
                                                        {"", std::string(1, '\0')},
                                                        {"a" + std::string(1, '\0'), ""},
                                                        {"abcd", ""},
                                                        {"abcd" + std::string(4, '\0'), ""},
                                                        {"abcdefgh", ""},
                                                        {"abcd", "efgh"}}) {
    keys.add(derive_key(1, path, purpose));
  }
  EXPECT_EQ(keys.twice(), 0);
  EXPECT_EQ(keys.count(), 28);
}

TEST(DeriveKey, TellsSeedsOfEveryKindSignAndSizeApart) {
  std::vector<Seed> seeds{Seed::ambient(),
                          Seed::none(),
                          Seed::list({}),
                          Seed::list({0}),
                          Seed::list({7}),
                          Seed::list({7, 0}),
                          Seed::list({0, 7}),
                          Seed::list({Integer(7), Integer(8)}),
                          Seed::list({Integer::parse("34359738375")}),  // 7 + 8 * 2^32
                          Seed(Seed::Value(KeySeed{})),
                          Seed(Seed::Value(KeySeed{{7, 0, 0, 0}})),
                          Seed(Seed::Value(KeySeed{{0, 0, 0, 7}}))};
  for (const char* text : {"0",
                           "1",
                           "-1",
                           "7",
                           "-7",
                           "2147483647",
                           "2147483648",
                           "-2147483648",
                           "4294967295",
                           "4294967296",
                           "4294967303",
                           "8589934592",
                           "9223372036854775807",
                           "9223372036854775808",
                           "-9223372036854775808",
                           "18446744073709551615",
                           "18446744073709551616",
                           "18446744073709551623",
                           "36893488147419103232",
                           "-18446744073709551616",
                           "0x100000000000000000000000000000000",
                           "0x100000000000000000000000000000007",
                           "0x1000000000000000000000000000000000000000000000000"}) {
    seeds.push_back(Seed::integer(Integer::parse(text)));
  }
  Distinct keys;
  for (const Seed& root : seeds) {
    for (const Seed& layer : seeds) keys.add(derive_key(root, "layer", "mask", layer));
  }
  EXPECT_EQ(keys.twice(), 0);
  EXPECT_EQ(keys.count(), 35 * 35);
}

TEST(DeriveKey, NearSeedsAndNearPathsNeverMeet) {
  Distinct keys;
  for (int seed = -20000; seed < 20000; ++seed) keys.add(derive_key(seed, "dropout", "mask"));
  for (int i = 0; i < 20000; ++i) {
    keys.add(derive_key(0, "model/dropout_" + std::to_string(i), "mask"));
    keys.add(derive_key(0, "model/dropout_" + std::to_string(i), "noise"));
  }
  for (int layer = 0; layer < 200; ++layer) {
    for (int root = 0; root < 200; ++root) keys.add(derive_key(root, "dropout", "mask", layer));
  }
  EXPECT_EQ(keys.count(), 120000);
  EXPECT_EQ(keys.twice(), 0);
}

// A flipped bit of input must flip each bit of output with probability 1/2. Over n pairs the mean
// is 64 +- sqrt(32 / n), and each output bit flips n/2 +- sqrt(n)/2 times; both within 6
// deviations.
class Avalanche {
 public:
  void add(const Derived& a, const Derived& b) {
    total_ += bits_apart(a, b);
    least_ = std::min(least_, bits_apart(a, b));
    for (std::size_t i = 0; i < 128; ++i) {
      flips_[i] += static_cast<int>((a.words[i / 32] ^ b.words[i / 32]) >> (i % 32) & 1U);
    }
    ++pairs_;
  }
  void expect_even() const {
    EXPECT_NEAR(total_ / pairs_, 64.0, 6 * std::sqrt(32.0 / pairs_));
    EXPECT_GT(least_, 24);
    for (std::size_t i = 0; i < 128; ++i) {
      EXPECT_NEAR(flips_[i], pairs_ / 2.0, 3 * std::sqrt(pairs_)) << "output bit " << i;
    }
  }

 private:
  double total_ = 0;
  int least_ = 128;
  std::array<int, 128> flips_{};
  double pairs_ = 0;
};

TEST(DeriveKey, EveryBitOfASeedChangesHalfOfTheKey) {
  Avalanche avalanche;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Derived plain = derive_key(seed, "dropout", "mask");
    for (int bit = 0; bit < 64; ++bit) {
      avalanche.add(plain, derive_key(seed ^ std::uint64_t{1} << bit, "dropout", "mask"));
    }
  }
  avalanche.expect_even();
}

TEST(DeriveKey, EveryBitOfAPathChangesHalfOfTheKey) {
  Avalanche avalanche;
  for (int i = 0; i < 60; ++i) {
    const std::string path = "model/block_" + std::to_string(i) + "/dropout";
    const Derived plain = derive_key(1, path, "mask");
    for (std::size_t bit = 0; bit < 8 * path.size(); ++bit) {
      std::string other = path;
      other[bit / 8] = static_cast<char>(other[bit / 8] ^ 1 << bit % 8);
      avalanche.add(plain, derive_key(1, other, "mask"));
    }
  }
  avalanche.expect_even();
}

TEST(DeriveKey, TakesLongTextAndLargeSeedsWhole) {
  const std::string path(100000, 'x');
  std::string other = path;
  other.back() = 'y';
  EXPECT_NE(derive_key(1, path, ""), derive_key(1, other, ""));
  const std::string digits(999, '9');
  EXPECT_NE(derive_key(Seed::integer(Integer::parse("1" + digits)), "", ""),
            derive_key(Seed::integer(Integer::parse("2" + digits)), "", ""));
}

}  // namespace
}  // namespace seedproof
