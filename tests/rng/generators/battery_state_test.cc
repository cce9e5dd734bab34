// What every generator must do with its state.
#include <gtest/gtest.h>

#include <seedproof/rng/values/error.h>

#include "battery.h"

namespace seedproof::test {
namespace {

INSTANTIATE_TEST_SUITE_P(All, Battery, testing::ValuesIn(generator_names()), test_name);

TEST_P(Battery, LoadedElsewhereTheRunGoesOn) {
  const std::vector<Step> steps = mixed_steps();
  for (const std::size_t cut : {0, 1, 2, 3, 5}) {
    const auto whole = make();
    Model uninterrupted(*whole);
    for (std::size_t i = 0; i < cut; ++i) uninterrupted.run(steps[i]);
    const Bytes file = whole->save().serialize();

    const auto fresh = make(4711);
    fresh->load(StateImage::deserialize(file, "test"));
    Model resumed(*fresh);
    resumed.calls = cut;
    EXPECT_EQ(fresh->save(), whole->save());
    for (std::size_t i = cut; i < steps.size(); ++i) {
      ASSERT_EQ(resumed.run(steps[i]), uninterrupted.run(steps[i])) << "cut " << cut << " " << i;
    }
    // What the root gives to sites opened later goes on, too.
    const Step last = steps[0];
    const auto late = [&](Generator& generator) {
      return draw(*generator.open(site("late", Role::initializer), Seed::none()), last.distribution,
                  last.dtype, last.shape);
    };
    EXPECT_EQ(late(*fresh), late(*whole));
  }
}

TEST_P(Battery, LoadedIntoOpenStreamsTheRunGoesBack) {
  const std::vector<Step> steps = mixed_steps();
  const auto generator = make();
  Model model(*generator);
  model.run(steps[1]);
  const StateImage image = generator->save();
  const std::uint64_t calls = model.calls;
  const Bytes first = model.run(steps[4]);
  model.run(steps[2]);
  generator->load(image);
  model.calls = calls;
  EXPECT_EQ(model.run(steps[4]), first);
}

TEST_P(Battery, CheckpointsKeepWhatIsSaid) {
  const auto generator = make();
  const auto stream = generator->open(site("x"), 7);
  const Bytes first = draw(*stream, Distribution::normal(), DType::f32, {33}, moment(0));
  const StateImage image = generator->save(SaveScope::checkpoint);
  const Bytes second = draw(*stream, Distribution::normal(), DType::f32, {33}, moment(1));
  const auto fresh = make();
  fresh->load(StateImage::deserialize(image.serialize(), "test"));
  const auto restored = fresh->open(site("x"), 7);
  const bool loses = !entry_of(GetParam()).checkpoint_loses.empty();
  EXPECT_EQ(draw(*restored, Distribution::normal(), DType::f32, {33}, moment(1)),
            loses ? first : second);
}

// What load must refuse, made from an image of this generator.
std::vector<StateImage> broken_images(const StateImage& good) {
  std::vector<StateImage> out(8, good);
  out[0].generator = "another";
  out[1].version = 2;
  out[2].sections.erase(out[2].sections.begin());
  out[3].sections.front().bytes.pop_back();
  out[4].sections.front().bytes.push_back(std::byte{0});
  out[5].sections.clear();
  out[6].sections.front().name = "stem";
  out[7].sections.push_back({good.sections.size() > 1 ? good.sections[1].name : "x:noise", {}});
  if (good.sections.size() > 1 && !good.sections[1].bytes.empty()) {
    StateImage shorter = good;
    shorter.sections[1].bytes.pop_back();
    out.push_back(shorter);
    StateImage longer = good;
    longer.sections[1].bytes.push_back(std::byte{0});
    out.push_back(longer);
  }
  StateImage wild = good;  // no text of a seed
  wild.sections.front().bytes[8] = std::byte{0xff};
  out.push_back(wild);
  return out;
}

TEST_P(Battery, BrokenImagesAreRefusedAndChangeNothing) {
  const auto generator = make();
  const auto twin = make();
  const auto a = generator->open(site("x", Role::stock), 7);
  const auto b = twin->open(site("x", Role::stock), 7);
  drawn<float>(*a, Distribution::truncated_normal(), {3}, moment(0));
  drawn<float>(*b, Distribution::truncated_normal(), {3}, moment(0));
  const auto elsewhere = make(5);
  const auto c = elsewhere->open(site("x", Role::stock), 9);
  drawn<float>(*c, Distribution::truncated_normal(), {11}, moment(0));
  for (const StateImage& image : broken_images(elsewhere->save())) {
    EXPECT_THROW(generator->load(image), FormatError);
  }
  EXPECT_EQ(drawn<float>(*a, Distribution::truncated_normal(), {3}, moment(1)),
            drawn<float>(*b, Distribution::truncated_normal(), {3}, moment(1)));
  EXPECT_EQ(generator->save(), twin->save());
}

TEST_P(Battery, EveryFlippedByteOfAnImageIsSeen) {
  const auto generator = make();
  Model model(*generator);
  model.run(mixed_steps()[1]);
  Bytes file = generator->save().serialize();
  ASSERT_NO_THROW(StateImage::deserialize(file, "test"));
  for (std::size_t i = 0; i < file.size(); ++i) {
    const std::byte kept = file[i];
    file[i] ^= static_cast<std::byte>(1U << (i % 8));
    ASSERT_THROW(StateImage::deserialize(file, "test"), FormatError) << i;
    file[i] = kept;
  }
}

TEST_P(Battery, ClonesAreIndependent) {
  const std::vector<Step> steps = mixed_steps();
  const auto original = make();
  Model model(*original);
  model.run(steps[1]);
  const auto copy = original->clone();
  EXPECT_EQ(copy->name(), original->name());
  const Bytes expected = model.run(steps[2]);
  Model twin(*copy);
  twin.calls = 1;
  EXPECT_EQ(twin.run(steps[2]), expected);
  twin.run(steps[3]);
  twin.run(steps[3]);
  const auto reference = make();
  Model straight(*reference);
  for (const std::size_t i : {1, 2}) straight.run(steps[i]);
  EXPECT_EQ(model.run(steps[4]), straight.run(steps[4]));
}

TEST_P(Battery, TheLedgerSaysWhatTheStreamTook) {
  const auto generator = make();
  VectorLedger ledger;
  generator->set_ledger(&ledger);
  const auto stream = generator->open(site("x"), 7);
  const std::vector<Step> steps = mixed_steps();
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Receipt receipt;
    draw(*stream, steps[i].distribution, steps[i].dtype, steps[i].shape, moment(i), &receipt);
    ASSERT_EQ(ledger.records().size(), i + 1);
    const DrawRecord& record = ledger.records().back();
    EXPECT_EQ(record.site, site("x"));
    EXPECT_EQ(record.moment, moment(i));
    EXPECT_EQ(record.stream, receipt.stream);
    EXPECT_EQ(record.stream, stream->name());
    EXPECT_EQ(record.first, receipt.first);
    EXPECT_EQ(record.last, receipt.last);
    EXPECT_EQ(record.first.plus(receipt.words()), record.last);
    EXPECT_EQ(record.distribution, steps[i].distribution);
    EXPECT_EQ(record.dtype, steps[i].dtype);
    EXPECT_EQ(record.count, element_count(steps[i].shape));
    EXPECT_GE(receipt.words(), record.count);
    words += receipt.words();
  }
  EXPECT_EQ(stream->counts().words, words);
  EXPECT_EQ(stream->counts().draws, steps.size());
  const Shape shape = {3};
  stream->skip({Distribution::uniform(), DType::f32, {shape}}, moment(99));
  EXPECT_EQ(ledger.records().size(), steps.size());
}

TEST_P(Battery, SkippingIsDrawing) {
  const auto drawing = make();
  const auto skipping = make();
  const auto a = drawing->open(site("x", Role::stock), 7);
  const auto b = skipping->open(site("x", Role::stock), 7);
  const std::vector<Step> steps = mixed_steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    draw(*a, steps[i].distribution, steps[i].dtype, steps[i].shape, moment(i));
    b->skip({steps[i].distribution, steps[i].dtype, {steps[i].shape}}, moment(i));
    EXPECT_EQ(drawing->save(), skipping->save());
  }
  EXPECT_EQ(b->counts().words, 0U);
  EXPECT_EQ(draw(*a, Distribution::normal(), DType::f32, {5}, moment(50)),
            draw(*b, Distribution::normal(), DType::f32, {5}, moment(50)));
}

TEST_P(Battery, StreamsEndWithTheirSeedAndTheirGenerator) {
  auto generator = make();
  const auto first = generator->open(site("x"), 7);
  generator->seed(20);
  const auto second = generator->open(site("x"), 7);
  EXPECT_THROW(draw(*first, Distribution::uniform(), DType::f32, {}), RuntimeError);
  draw(*second, Distribution::uniform(), DType::f32, {});
  generator.reset();
  EXPECT_THROW(draw(*second, Distribution::uniform(), DType::f32, {}), RuntimeError);
}

TEST_P(Battery, TwoStreamsOfOneSiteAreSavedApart) {
  const auto generator = make();
  const auto first = generator->open(site("x"), 7);
  const auto second = generator->open(site("x"), 9);
  const std::vector<Step> steps = mixed_steps();
  draw(*first, steps[0].distribution, steps[0].dtype, steps[0].shape, moment(0));
  const auto fresh = make(1);
  fresh->load(generator->save());
  const auto a = fresh->open(site("x"), 7);
  const auto b = fresh->open(site("x"), 9);
  EXPECT_EQ(drawn<float>(*a, Distribution::normal(), {5}, moment(1)),
            drawn<float>(*first, Distribution::normal(), {5}, moment(1)));
  EXPECT_EQ(drawn<float>(*b, Distribution::normal(), {5}, moment(1)),
            drawn<float>(*second, Distribution::normal(), {5}, moment(1)));
}

}  // namespace
}  // namespace seedproof::test
