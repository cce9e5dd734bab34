#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/bits/counter_stream.h>

namespace seedproof {
namespace {

// A counter as bits of an integer of any size, least significant first: the model for carries.
using Bits = std::vector<bool>;

template <class Word, std::size_t N>
Bits bits_of(const Counter<Word, N>& counter) {
  Bits out;
  for (const Word word : counter.words) {
    for (int i = 0; i < std::numeric_limits<Word>::digits; ++i)
      out.push_back((word >> i & 1U) != 0);
  }
  return out;
}

void add(Bits& bits, std::uint64_t amount) {
  bool carry = false;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const bool other = i < 64 && (amount >> i & 1U) != 0;
    const int sum = int{bits[i]} + int{other} + int{carry};
    bits[i] = (sum & 1) != 0;
    carry = sum > 1;
  }
}

template <class Function>
class Streams : public testing::Test {
 public:
  using Stream = CounterStream<Function>;
  using Word = typename Function::Word;
  using Counter = typename Function::Counter;
  static constexpr std::size_t kWords = Function::kWords;

  static typename Function::Key key() {
    typename Function::Key out;
    Word value = 0x9d2c5681U;
    for (Word& word : out.words) word = value++;
    return out;
  }

  // Words position, position + 1, ... one block function call each, by the model's counter.
  static std::vector<Word> model(Counter first, std::size_t skip, std::size_t count) {
    std::vector<Word> out;
    for (std::size_t i = skip; i < skip + count; ++i) {
      Counter at = first;
      Bits bits = bits_of(at);
      add(bits, i / kWords);
      std::size_t bit = 0;
      for (Word& word : at.words) {
        word = 0;
        for (int j = 0; j < std::numeric_limits<Word>::digits; ++j, ++bit) {
          if (bits[bit]) word = static_cast<Word>(word | Word{1} << j);
        }
      }
      out.push_back(Function::block(at, key()).words[i % kWords]);
    }
    return out;
  }

  static std::vector<Word> take(Stream& stream, std::size_t count) {
    std::vector<Word> out(count, Word{0x5a});
    stream.fill(out);
    return out;
  }
};

using Functions = testing::Types<Philox4x32, Philox2x32, Philox4x64, Threefry2x32, Threefry4x32>;
TYPED_TEST_SUITE(Streams, Functions);

TYPED_TEST(Streams, StartsAtCounterZeroWordZero) {
  CounterStream<TypeParam> stream(TestFixture::key());
  const auto block = TypeParam::block({}, TestFixture::key());
  const auto words = TestFixture::take(stream, TypeParam::kWords);
  EXPECT_TRUE(std::equal(words.begin(), words.end(), block.words.begin()));
}

TYPED_TEST(Streams, PiecesEqualTheWholeHoweverCut) {
  const auto whole = TestFixture::model({}, 0, 997);
  for (const std::size_t piece : {1, 2, 3, 4, 5, 7, 8, 13, 64, 996, 997}) {
    CounterStream<TypeParam> stream(TestFixture::key());
    std::vector<typename TypeParam::Word> out;
    while (out.size() < whole.size()) {
      const auto part = TestFixture::take(stream, std::min(piece, whole.size() - out.size()));
      out.insert(out.end(), part.begin(), part.end());
    }
    EXPECT_EQ(out, whole) << "in pieces of " << piece;
  }
}

TYPED_TEST(Streams, SkipAndSeekLandWhereFillDoes) {
  for (const std::uint64_t skip : {0, 1, 3, 4, 5, 6, 9, 250, 251}) {
    CounterStream<TypeParam> stream(TestFixture::key());
    stream.skip(2);
    stream.skip(skip);
    const auto at = stream.position();
    const auto wanted = TestFixture::model({}, 2 + skip, 11);
    EXPECT_EQ(TestFixture::take(stream, 11), wanted) << skip;
    stream.seek(at);
    EXPECT_EQ(stream.position(), at);
    EXPECT_EQ(TestFixture::take(stream, 11), wanted) << skip;
  }
}

TYPED_TEST(Streams, CarriesThroughEveryWordOfTheCounter) {
  for (std::size_t words = 1; words <= TypeParam::kWords; ++words) {
    typename TypeParam::Counter first;
    for (std::size_t i = 0; i < TypeParam::kWords; ++i) {
      first.words[i] = i < words ? std::numeric_limits<typename TypeParam::Word>::max() : 7;
    }
    first.words[0] = first.words[0] - 2;  // three blocks below the wrap
    CounterStream<TypeParam> stream(TestFixture::key(), first);
    EXPECT_EQ(TestFixture::take(stream, 6 * TypeParam::kWords + 1),
              TestFixture::model(first, 0, 6 * TypeParam::kWords + 1))
        << "wrap of " << words << " words";
  }
}

TYPED_TEST(Streams, LongSkipsCarry) {
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t skip : {most, most - 1, most - 3, std::uint64_t{1} << 34, most / 2}) {
    typename TypeParam::Counter first;
    first.words.fill(std::numeric_limits<typename TypeParam::Word>::max());
    CounterStream<TypeParam> stream(TestFixture::key(), first);
    stream.skip(1);
    stream.skip(skip);
    Bits wanted = bits_of(first);
    // 1 + skip words, without leaving 64 bits.
    add(wanted, skip / TypeParam::kWords);
    const std::size_t rest = static_cast<std::size_t>(skip % TypeParam::kWords) + 1;
    add(wanted, rest / TypeParam::kWords);
    EXPECT_EQ(bits_of(stream.position().counter), wanted) << skip;
    EXPECT_EQ(stream.position().word, rest % TypeParam::kWords) << skip;
  }
}

TYPED_TEST(Streams, RefuseAPositionOutsideABlock) {
  CounterStream<TypeParam> stream(TestFixture::key());
  stream.skip(1);
  const auto before = stream.position();
  EXPECT_THROW(stream.seek({{}, TypeParam::kWords}), ValueError);
  EXPECT_EQ(stream.position(), before);
}

TEST(CounterAdd, EqualsTheModelForManyAmounts) {
  std::uint64_t state = 1;
  const auto next = [&] { return state = state * 6364136223846793005ULL + 1442695040888963407ULL; };
  for (int i = 0; i < 2000; ++i) {
    Counter<std::uint32_t, 4> narrow;
    Counter<std::uint64_t, 4> wide;
    for (std::uint32_t& word : narrow.words) {
      word = next() >> 62 == 0 ? static_cast<std::uint32_t>(next() >> 32) : 0xffffffffU;
    }
    for (std::uint64_t& word : wide.words) word = next() >> 62 == 0 ? next() : ~std::uint64_t{0};
    const std::uint64_t amount = next() >> (next() >> 58);
    Bits narrow_bits = bits_of(narrow);
    Bits wide_bits = bits_of(wide);
    narrow.add(amount);
    wide.add(amount);
    add(narrow_bits, amount);
    add(wide_bits, amount);
    EXPECT_EQ(bits_of(narrow), narrow_bits);
    EXPECT_EQ(bits_of(wide), wide_bits);
  }
}

}  // namespace
}  // namespace seedproof
