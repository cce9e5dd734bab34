#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/rng/bits/known_answers.h>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/bits/threefry.h>

namespace seedproof {
namespace {

using test::check_known_answers;
using test::KnownAnswerTally;
using test::KnownFunction;
using test::KnownFunctions;

template <class Function>
KnownFunction known() {
  constexpr std::size_t kCounter = Function::kWords;
  constexpr std::size_t kKey = std::tuple_size_v<decltype(Function::Key::words)>;
  using Word = typename Function::Word;
  return {kCounter, kKey, kCounter, static_cast<int>(sizeof(Word) * 8),
          [](std::span<const std::uint64_t> input, std::span<std::uint64_t> block) {
            typename Function::Counter counter;
            typename Function::Key key;
            for (std::size_t i = 0; i < kCounter; ++i)
              counter.words[i] = static_cast<Word>(input[i]);
            for (std::size_t i = 0; i < kKey; ++i) {
              key.words[i] = static_cast<Word>(input[kCounter + i]);
            }
            const auto out = Function::block(counter, key);
            std::copy(out.words.begin(), out.words.end(), block.begin());
          }};
}

KnownFunctions all_functions() {
  return {
      {"philox2x32 7", known<Philox2x32R<7>>()},       {"philox2x32 10", known<Philox2x32>()},
      {"philox4x32 7", known<Philox4x32R<7>>()},       {"philox4x32 10", known<Philox4x32>()},
      {"philox4x64 7", known<Philox4x64R<7>>()},       {"philox4x64 10", known<Philox4x64>()},
      {"threefry2x32 13", known<Threefry2x32R<13>>()}, {"threefry2x32 20", known<Threefry2x32>()},
      {"threefry4x32 13", known<Threefry4x32R<13>>()}, {"threefry4x32 20", known<Threefry4x32>()}};
}

KnownAnswerTally check_text(const std::string& text) {
  std::istringstream file(text);
  return check_known_answers(file, all_functions());
}

TEST(CounterBased, GivesThePublishedAnswers) {
  std::ifstream file(SEEDPROOF_SOURCE_DIR "/tests/data/kat_counter_based.txt");
  ASSERT_TRUE(file);
  const KnownAnswerTally tally = check_known_answers(file, all_functions());
  EXPECT_THAT(tally.faults, testing::IsEmpty());
  EXPECT_EQ(tally.equal, 30);  // ten functions, three lines each
  EXPECT_EQ(tally.skipped, 0);
}

TEST(KnownAnswers, SeesOneFlippedBit) {
  EXPECT_TRUE(check_text("philox2x32 10 00000000 00000000 00000000 ff1dae59 6cd10df2").passed());
  EXPECT_FALSE(check_text("philox2x32 10 00000000 00000000 00000000 ff1dae59 6cd10df3").passed());
  EXPECT_FALSE(check_text("philox2x32 10 00000000 00000000 00000001 ff1dae59 6cd10df2").passed());
}

TEST(KnownAnswers, RefusesZerosAndMalformedLines) {
  EXPECT_THAT(check_text("philox2x32 10 00000000 00000000 00000000 00000000 00000000").faults,
              testing::ElementsAre("line 1 (philox2x32 10): the expected block is all zeros"));
  EXPECT_THAT(check_text("philox2x32 10 00000000 00000000 00000000 ff1dae59").faults,
              testing::ElementsAre("line 1 (philox2x32 10): wrong number of words"));
  EXPECT_THAT(check_text("#\nphilox2x32 10 00000000 00000000 0000000 ff1dae59 6cd10df2").faults,
              testing::ElementsAre("line 2 (philox2x32 10): malformed word"));
}

TEST(KnownAnswers, CountsSkippedLinesAndFailsWhenNoneRan) {
  const KnownAnswerTally tally = check_text("# a comment\n\nphilox2x64 10 0 0 0 1 2\n");
  EXPECT_EQ(tally.skipped, 1);
  EXPECT_EQ(tally.equal, 0);
  EXPECT_FALSE(tally.passed());
}

TEST(KnownAnswers, SeesAFunctionThatWritesNothing) {
  KnownFunctions idle = all_functions();
  idle["philox2x32 10"].run = [](auto, auto) {};
  std::istringstream file("philox2x32 10 00000000 00000000 00000000 ff1dae59 6cd10df2");
  EXPECT_FALSE(check_known_answers(file, idle).passed());
}

}  // namespace
}  // namespace seedproof
