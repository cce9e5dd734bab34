#include <algorithm>
#include <boost/random/independent_bits.hpp>
#include <boost/random/linear_congruential.hpp>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/bits/boost_engine.h>
#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/bits/word_source.h>

namespace seedproof {
namespace {

std::uint64_t word_at(Engine& engine, int index) {
  std::vector<std::uint64_t> words(static_cast<std::size_t>(index) + 1);
  engine.fill(words);
  return words.back();
}

std::vector<std::uint64_t> next_words(Engine& engine, std::size_t count) {
  std::vector<std::uint64_t> out(count);
  engine.fill(out);
  return out;
}

// [rand.predef] requires the 10000th word of a default-constructed engine.
TEST(Engines, GiveTheStandardsTenThousandthWord) {
  EXPECT_EQ(word_at(*make_engine("mt19937"), 9999), 4123659995U);
  EXPECT_EQ(word_at(*make_engine("mt19937_64"), 9999), 9981545732273789042U);
  EXPECT_EQ(word_at(*make_engine("ranlux48"), 9999), 249142670248501U);
}

// The C++ standard has no taus88; Boost documents this validation value.
TEST(Engines, GiveBoostsValidationValueForTaus88) {
  EXPECT_EQ(word_at(*make_engine("taus88"), 9999), 3535848941U);
}

// libstdc++ has its own implementations of three of them.
template <class Standard>
void compare_with_standard(std::string_view name, std::uint64_t seed) {
  Standard standard(static_cast<typename Standard::result_type>(seed));
  const auto engine = make_engine(name);
  engine->seed(seed);
  for (const std::uint64_t word : next_words(*engine, 2003)) {
    ASSERT_EQ(word, standard()) << name << " seed " << seed;
  }
}

TEST(Engines, SeedAsTheStandardLibraryDoes) {
  for (const std::uint64_t seed : {1ULL, 5489ULL, 0x7fffffffULL, 0xffffffffULL}) {
    compare_with_standard<std::mt19937>("mt19937", seed);
    compare_with_standard<std::mt19937_64>("mt19937_64", seed);
    compare_with_standard<std::ranlux48>("ranlux48", seed);
  }
  compare_with_standard<std::mt19937_64>("mt19937_64", 0x100000001ULL);
  compare_with_standard<std::mt19937_64>("mt19937_64", ~0ULL);
}

class EachEngine : public testing::TestWithParam<std::string_view> {
 protected:
  std::unique_ptr<Engine> make() const { return make_engine(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(All, EachEngine,
                         testing::ValuesIn(engine_names().begin(), engine_names().end()),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(EachEngine, HasItsNameAndWords) {
  const auto engine = make();
  EXPECT_EQ(engine->name(), GetParam());
  const int bits = engine->word_bits();
  std::uint64_t seen = 0;
  for (const std::uint64_t word : next_words(*engine, 4096)) seen |= word;
  EXPECT_EQ(seen, ~std::uint64_t{0} >> (64 - bits));
}

TEST_P(EachEngine, NarrowWordsAreTheHighBitsOfItsWords) {
  const auto wide = make();
  const auto narrow = make();
  std::vector<std::uint32_t> words(1001);
  narrow->fill(words);
  for (const std::uint32_t word : words) {
    EXPECT_EQ(word, next_words(*wide, 1)[0] >> (wide->word_bits() - 32));
  }
}

TEST_P(EachEngine, RefusesASeedItWouldCutOff) {
  const auto engine = make();
  engine->seed(77);
  const auto state = engine->save();
  if (engine->max_seed() != ~std::uint64_t{0}) {
    EXPECT_THROW(engine->seed(engine->max_seed() + 1), OverflowError);
    EXPECT_THROW(engine->seed(~std::uint64_t{0}), OverflowError);
    EXPECT_EQ(engine->save(), state);
  }
  engine->seed(engine->max_seed());
  EXPECT_NE(engine->save(), state);
}

TEST_P(EachEngine, DiscardEqualsDrawing) {
  for (const std::uint64_t count : {0, 1, 11, 389, 623, 624, 625, 5000}) {
    const auto drawn = make();
    const auto passed = make();
    drawn->seed(3);
    passed->seed(3);
    next_words(*drawn, count);
    passed->discard(count);
    EXPECT_EQ(next_words(*passed, 50), next_words(*drawn, 50)) << count;
  }
}

TEST_P(EachEngine, SavedStateContinuesBitForBitFromEveryPosition) {
  const auto engine = make();
  engine->seed(12345);
  for (const std::size_t step : {0, 1, 10, 1, 377, 236, 1, 623, 1250}) {
    next_words(*engine, step);
    const auto image = engine->save();
    const auto other = make();
    other->load(image);
    EXPECT_EQ(other->save(), image);
    EXPECT_EQ(next_words(*other, 1500), next_words(*engine->clone(), 1500)) << step;
  }
}

TEST_P(EachEngine, ClonesGoTheirOwnWay) {
  const auto engine = make();
  const auto clone = engine->clone();
  const auto words = next_words(*clone, 100);
  EXPECT_EQ(next_words(*engine, 100), words);
}

TEST_P(EachEngine, RefusesEveryShortOrLongImage) {
  const auto engine = make();
  const auto before = engine->save();
  const auto other = make();
  other->seed(9);
  auto image = other->save();
  const std::size_t step = image.size() > 512 ? 37 : 1;
  for (std::size_t size = 0; size < image.size(); size += step) {
    EXPECT_THROW(engine->load(std::span(image).first(size)), FormatError) << size;
  }
  image.push_back(std::byte{0});
  EXPECT_THROW(engine->load(image), FormatError);
  EXPECT_EQ(engine->save(), before);
}

TEST_P(EachEngine, RefusesAnotherHeader) {
  const auto engine = make();
  const auto image = engine->save();
  for (std::size_t i = 0; i < 16 + GetParam().size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      auto bad = image;
      bad[i] ^= static_cast<std::byte>(1 << bit);
      EXPECT_THROW(engine->load(bad), FormatError) << "byte " << i << " bit " << bit;
    }
  }
}

TEST_P(EachEngine, RefusesWordsThatAreNoState) {
  const auto engine = make();
  auto zeros = engine->save();
  std::fill(zeros.end() - static_cast<std::ptrdiff_t>(zeros.size() - 16 - GetParam().size()),
            zeros.end(), std::byte{0});
  if (GetParam() != "ranlux48") {  // whose definition allows them
    EXPECT_THROW(engine->load(zeros), FormatError);
  }
  if (engine->word_bits() < 64) {
    auto wide = engine->save();
    wide[wide.size() - 1] = std::byte{1};
    EXPECT_THROW(engine->load(wide), FormatError);
  }
}

TEST(Engines, RefuseWhatOnlyLooksLikeAState) {
  const auto twister = make_engine("mt19937");
  auto image = twister->save();
  // Only the top bit of word 0 counts; the rest of it may not stand for a state alone.
  std::fill(image.begin() + 16 + 7, image.end(), std::byte{0});
  image[16 + 7] = std::byte{1};
  EXPECT_THROW(twister->load(image), FormatError);
  image[16 + 7 + 3] = std::byte{0x80};
  EXPECT_NO_THROW(twister->load(image));

  const auto ranlux = make_engine("ranlux48");
  const auto good = ranlux->save();
  auto carry = good;
  carry[carry.size() - 16] = std::byte{2};
  EXPECT_THROW(ranlux->load(carry), FormatError);
  auto used = good;
  used[used.size() - 8] = std::byte{12};
  EXPECT_THROW(ranlux->load(used), FormatError);
  used[used.size() - 8] = std::byte{11};
  EXPECT_NO_THROW(ranlux->load(used));

  const auto taus = make_engine("taus88");
  auto registers = taus->save();
  std::fill(registers.end() - 7, registers.end(), std::byte{0});
  registers[registers.size() - 8] = std::byte{15};  // below 2^4: a register of zeros
  EXPECT_THROW(taus->load(registers), FormatError);
  registers[registers.size() - 8] = std::byte{16};
  EXPECT_NO_THROW(taus->load(registers));
}

TEST(Engines, RefuseAnImageOfAnotherEngine) {
  EXPECT_THROW(make_engine("mt19937")->load(make_engine("taus88")->save()), FormatError);
  EXPECT_THROW(make_engine("mt19937_64")->load(make_engine("mt19937")->save()), FormatError);
}

TEST(Engines, AnUnknownNameIsNamed) {
  try {
    make_engine("mt19936");
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_STREQ(error.what(), "unknown engine 'mt19936'");
  }
}

TEST(Engines, AnyBoostEngineFitsWithItsWidthChecked) {
  using Odd = boost::random::minstd_rand;
  EXPECT_THROW((BoostEngine<Odd, 32>("minstd_rand")), ValueError);
  using Whole = boost::random::independent_bits_engine<Odd, 32, std::uint32_t>;
  BoostEngine<Whole, 32> engine("minstd_rand_32");
  engine.seed(5);
  next_words(engine, 17);
  BoostEngine<Whole, 32> other("minstd_rand_32");
  other.load(engine.save());
  EXPECT_EQ(next_words(other, 100), next_words(engine, 100));
}

TEST(EngineWords, AreTheEnginesInOrderAndOnlyInOrder) {
  const auto engine = make_engine("mt19937");
  const auto twin = make_engine("mt19937");
  EngineWords source(*engine);
  std::vector<std::uint32_t> words(10);
  source.words(0, words);
  source.words(10, words);
  EXPECT_EQ(source.taken(), 20U);
  EXPECT_THROW(source.words(19, words), RuntimeError);
  EXPECT_THROW(source.words(21, words), RuntimeError);
  twin->discard(20);
  EXPECT_EQ(next_words(*engine, 5), next_words(*twin, 5));
}

TEST(PhiloxWords, AnyPartEqualsThatPartOfTheWhole) {
  const Counter<std::uint32_t, 4> base{{0xfffffffeU, 0xffffffffU, 3, 0}};
  PhiloxWords source({{1, 2}}, base);
  std::vector<std::uint32_t> whole(101);
  source.words(0, whole);
  const auto block = philox4x32({{0, 0, 4, 0}}, {{1, 2}});  // base + 2
  EXPECT_TRUE(std::equal(block.words.begin(), block.words.end(), whole.begin() + 8));
  for (std::size_t first = 0; first < whole.size(); first += 3) {
    std::vector<std::uint32_t> part(whole.size() - first);
    source.words(first, part);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + static_cast<long>(first)));
  }
}

}  // namespace
}  // namespace seedproof
