// philox, counter and shared-global: addresses and seeds.
#include <random>

#include <gtest/gtest.h>

#include <seedproof/rng/bits/derive_key.h>
#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/generators/generator.h>
#include <seedproof/rng/values/error.h>

#include "support.h"

namespace seedproof::test {
namespace {

using Counter4 = Counter<std::uint32_t, 4>;

std::vector<std::uint32_t> words_at(Stream& stream, const Moment& at, std::int64_t count) {
  return drawn<std::uint32_t>(stream, Distribution::words(), {count}, at);
}

TEST(PhiloxGenerator, WordsAreThoseOfTheDerivedKey) {
  const auto generator = make_generator("philox", 42);
  const auto own = generator->open(site("a/b", Role::layer, "mask"), 7);
  const auto ambient = generator->open(site("a/b", Role::layer, "mask"), {});
  const auto own_key = philox_key(derive_key(7, "", "mask"));
  const auto ambient_key = philox_key(derive_key(42, "a/b", "mask"));
  for (std::uint32_t draw_number = 0; draw_number < 3; ++draw_number) {
    // Five words take two blocks.
    for (const auto& [stream, key] :
         {std::pair(own.get(), own_key), {ambient.get(), ambient_key}}) {
      const auto found = words_at(*stream, {}, 5);
      const auto first = philox4x32(Counter4{{2 * draw_number}}, key).words;
      const auto second = philox4x32(Counter4{{2 * draw_number + 1}}, key).words;
      EXPECT_EQ(std::vector<std::uint32_t>(first.begin(), first.end()),
                std::vector<std::uint32_t>(found.begin(), found.begin() + 4));
      EXPECT_EQ(found[4], second[0]);
    }
  }
}

TEST(PhiloxGenerator, EqualLayerSeedsAreEqualStreamsWhateverThePath) {
  const auto generator = make_generator("philox", 42);
  const auto other_root = make_generator("philox", 43);
  const auto a = generator->open(site("a"), 7);
  const auto b = other_root->open(site("b"), 7);
  const auto c = generator->open(site("c"), 8);
  const auto d = generator->open(site("d", Role::layer, "kernel"), 7);
  const auto words = words_at(*a, {}, 9);
  EXPECT_EQ(words_at(*b, {}, 9), words);
  EXPECT_NE(words_at(*c, {}, 9), words);
  EXPECT_NE(words_at(*d, {}, 9), words);
  EXPECT_EQ(a->name(), b->name());
}

TEST(PhiloxGenerator, DrawsFollowEachOtherByWholeBlocks) {
  const auto generator = make_generator("philox", 1);
  const auto stream = generator->open(site("x"), {});
  Receipt receipt;
  Position expected;
  for (const Step& step : mixed_steps()) {
    draw(*stream, step.distribution, step.dtype, step.shape, {}, &receipt);
    EXPECT_EQ(receipt.first, expected);
    expected = receipt.first.plus((receipt.words() + 3) / 4 * 4);
  }
}

Moment at(std::uint64_t step, Phase phase, std::uint64_t call) {
  Moment out;
  out.step = step;
  out.phase = phase;
  out.call = call;
  return out;
}

TEST(CounterGenerator, TheAddressIsTheDocumentedCounter) {
  const auto generator = make_generator("counter", 42);
  const auto stream = generator->open(site("a/b", Role::layer, "mask"), 7);
  const auto key = philox_key(derive_key(42, "a/b", "mask", 7));
  struct Case {
    Moment moment;
    Counter4 counter;
  };
  const Case cases[] = {
      {at(0, Phase::build, 0), {{0, 0, 0, 0}}},
      {at(0, Phase::train, 0), {{0, 1U << 14, 0, 0}}},
      {at(0, Phase::predict, 0), {{0, 3U << 14, 0, 0}}},
      {at(0, Phase::build, 1), {{0, 1U << 16, 0, 0}}},
      {at(0, Phase::build, 0xffffffff), {{0, 0xffff0000, 0xffff, 0}}},
      {at(1, Phase::build, 0), {{0, 0, 1U << 16, 0}}},
      {at((std::uint64_t{1} << 46) - 1, Phase::build, 0), {{0, 0, 0xffff0000, 0x3fffffff}}}};
  for (const Case& c : cases) {
    const auto block = philox4x32(c.counter, key).words;
    const auto found = words_at(*stream, c.moment, 4);
    EXPECT_EQ(found, std::vector<std::uint32_t>(block.begin(), block.end()));
  }
}

TEST(CounterGenerator, WhatDoesNotFitIsRefused) {
  const auto generator = make_generator("counter", 42);
  const auto stream = generator->open(site("x"), {});
  EXPECT_THROW(words_at(*stream, at(std::uint64_t{1} << 46, Phase::train, 0), 1), ValueError);
  EXPECT_THROW(words_at(*stream, at(0, Phase::train, std::uint64_t{1} << 32), 1), ValueError);
  Moment stepless;
  stepless.has_step = false;
  EXPECT_THROW(words_at(*stream, stepless, 1), ValueError);
  const Shape shape = {4, 8};
  float out[8];
  const std::int64_t far[] = {(std::int64_t{1} << 48) / 8};
  EXPECT_THROW(stream->draw({Distribution::uniform(), DType::f32, {shape, 0, -1, far}}, {}, out),
               ValueError);
  const std::int64_t last[] = {(std::int64_t{1} << 48) / 8 - 1};
  stream->draw({Distribution::uniform(), DType::f32, {shape, 0, -1, last}}, {}, out);
  EXPECT_THROW(stream->draw({Distribution::uniform(), DType::f64, {shape, 0, -1, last}}, {}, out),
               ValueError);
  const std::int64_t negative[] = {-1};
  EXPECT_THROW(
      stream->draw({Distribution::uniform(), DType::f32, {shape, 0, -1, negative}}, {}, out),
      ValueError);
  const Shape eight = {8};
  std::int64_t order[8];
  EXPECT_THROW(stream->draw({Distribution::permutation(), DType::i64, {eight, 0, 3}}, {}, order),
               ValueError);
}

TEST(CounterGenerator, HistoryDoesNotMatter) {
  const auto generator = make_generator("counter", 42);
  const auto stream = generator->open(site("x"), {});
  const auto first = words_at(*stream, at(3, Phase::train, 1), 9);
  words_at(*stream, at(3, Phase::train, 2), 9);
  generator->open(site("y"), {});
  EXPECT_EQ(words_at(*stream, at(3, Phase::train, 1), 9), first);
  EXPECT_NE(words_at(*stream, at(3, Phase::evaluate, 1), 9), first);
  EXPECT_NE(words_at(*stream, at(4, Phase::train, 1), 9), first);
  EXPECT_NE(words_at(*generator->open(site("y"), {}), at(3, Phase::train, 1), 9), first);
  EXPECT_NE(words_at(*generator->open(site("x"), 5), at(3, Phase::train, 1), 9), first);
}

// Any split into rows, and any choice of rows by id, gives the rows of the whole.
TEST(CounterGenerator, PartsAreTheWhole) {
  const auto generator = make_generator("counter", 42);
  const auto stream = generator->open(site("x"), {});
  const Shape shape = {7, 3, 5};
  const std::size_t row = 15;
  const std::int64_t ids[] = {6, 0, 1, 2, 2, 5};
  for (const auto& [distribution, dtype] : all_draws()) {
    if (!suits(distribution.kind, dtype) || distribution.kind == DistributionKind::permutation) {
      continue;
    }
    if (distribution.low < 0 && dtype >= DType::u8) continue;
    const std::size_t size = row * size_of(dtype);
    const Bytes whole = draw(*stream, distribution, dtype, shape);
    for (const std::int64_t cut : {0, 1, 4, 7}) {
      Bytes parts(whole.size());
      stream->draw({distribution, dtype, {shape, 0, cut}}, {}, parts.data());
      stream->draw({distribution, dtype, {shape, cut, 7}}, {},
                   parts.data() + static_cast<std::size_t>(cut) * size);
      EXPECT_EQ(parts, whole) << distribution.to_string() << " " << short_name(dtype);
    }
    Bytes chosen(6 * size);
    stream->draw({distribution, dtype, {shape, 0, -1, ids}}, {}, chosen.data());
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_TRUE(std::equal(
          chosen.begin() + static_cast<std::ptrdiff_t>(i * size),
          chosen.begin() + static_cast<std::ptrdiff_t>((i + 1) * size),
          whole.begin() + static_cast<std::ptrdiff_t>(ids[i]) * static_cast<std::ptrdiff_t>(size)));
    }
  }
}

TEST(CounterGenerator, ChosenRowsReportTheirHullAndCountTheirWords) {
  const auto generator = make_generator("counter", 42);
  const auto stream = generator->open(site("x"), {});
  const Shape shape = {4, 8};
  const std::int64_t ids[] = {5, 2};
  float out[16];
  Receipt receipt;
  stream->draw({Distribution::uniform(), DType::f32, {shape, 0, -1, ids}}, {}, out, &receipt);
  EXPECT_EQ(receipt.words(), 32U);
  EXPECT_EQ(receipt.first.low & 0xffffU, 16U);
  EXPECT_EQ(stream->counts().words, 16U);
  float again[16];
  stream->replay(receipt, {Distribution::uniform(), DType::f32, {shape, 0, -1, ids}}, again);
  EXPECT_TRUE(std::equal(out, out + 16, again));
}

TEST(CounterGenerator, ALoadedRootReachesOpenStreams) {
  const auto generator = make_generator("counter", 42);
  const auto other = make_generator("counter", 43);
  const auto stream = generator->open(site("x"), {});
  const auto expected = words_at(*other->open(site("x"), {}), {}, 5);
  EXPECT_NE(words_at(*stream, {}, 5), expected);
  generator->load(other->save());
  EXPECT_EQ(words_at(*stream, {}, 5), expected);
  EXPECT_EQ(other->save().sections.size(), 1U);
}

TEST(CounterGenerator, CountedNamesAreNotPromisedIsolation) {
  const auto generator = make_generator("counter", 42);
  Site counted = site("dropout_1");
  counted.scope.given = false;
  EXPECT_FALSE(generator->site_promises(counted, 7).has(Promise::isolated));
  EXPECT_TRUE(generator->site_promises(site("dropout_1"), {}).has(Promise::isolated));
}

TEST(SharedGenerator, WordsAreTheEnginesInCallOrder) {
  const auto generator = make_generator("shared-global", 5489);
  std::mt19937 engine(5489);  // its 10000th word is in the standard
  const auto a = generator->open(site("a"), 7);
  const auto b = generator->open(site("b"), 7);
  std::uint32_t last = 0;
  std::uint64_t taken = 0;
  for (const std::int64_t count : {1, 2500, 3, 7000, 496}) {
    for (const std::uint32_t word : words_at(count % 2 == 0 ? *a : *b, {}, count)) {
      EXPECT_EQ(word, engine());
      last = word;
      ++taken;
    }
  }
  EXPECT_EQ(taken, 10000U);
  EXPECT_EQ(last, 4123659995U);
}

TEST(SharedGenerator, ALayersOwnSeedHasNoEffect) {
  const auto a = make_generator("shared-global", 1);
  const auto b = make_generator("shared-global", 1);
  EXPECT_EQ(words_at(*a->open(site("x"), 7), {}, 5), words_at(*b->open(site("y"), 8), {}, 5));
}

TEST(SharedGenerator, NoSeedIsCutOff) {
  const Seed seeds[] = {0,
                        Seed(Integer::parse("0x100000000")),
                        Seed(Integer::parse("0x10000000000000000")),
                        -1,
                        Seed(Integer::parse("0xffffffff")),
                        Seed::list({0}),
                        Seed::list({0, 0}),
                        Seed(Seed::Value(KeySeed{}))};
  std::vector<std::vector<std::uint32_t>> seen;
  for (const Seed& seed : seeds) {
    const auto generator = make_generator("shared-global", seed);
    seen.push_back(words_at(*generator->open(site("x"), {}), {}, 4));
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(seen[i], seen[j]) << i << " " << j;
  }
}

TEST(SharedGenerator, PositionsCountAllDraws) {
  const auto generator = make_generator("shared-global", 1);
  const auto a = generator->open(site("a"), {});
  const auto b = generator->open(site("b"), {});
  Receipt receipt;
  Position expected;
  int i = 0;
  for (const Step& step : mixed_steps()) {
    draw(++i % 2 == 0 ? *a : *b, step.distribution, step.dtype, step.shape, {}, &receipt);
    EXPECT_EQ(receipt.first, expected);
    expected = receipt.last;
  }
  EXPECT_EQ(a->name(), b->name());
  EXPECT_EQ(a->name().bit_generator, "mt19937");
}

}  // namespace
}  // namespace seedproof::test
