// A cursor over a counter-based bit generator.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/bits/threefry.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

/// The words of f(first, key), f(first + 1, key), ...: those of a block in the order 0 to N - 1,
/// the first counter 0 unless another is given, counters modulo 2^(all their bits). A stream is
/// its key and position; no word is kept back, so equal positions give equal words however the
/// words before them were taken.
template <class Function>
class CounterStream {
 public:
  using Word = typename Function::Word;
  using Key = typename Function::Key;
  using Counter = typename Function::Counter;
  using Block = typename Function::Block;
  static constexpr std::size_t kWords = Function::kWords;

  /// Where the next word lies: the counter of its block, and its index in it, below kWords.
  struct Position {
    Counter counter{};
    std::size_t word = 0;
    friend bool operator==(const Position&, const Position&) = default;
  };

  explicit CounterStream(const Key& key, const Counter& first = {}) : key_(key), at_{first, 0} {}

  const Key& key() const { return key_; }
  const Position& position() const { return at_; }

  /// Throws ValueError when the index lies outside a block.
  void seek(const Position& position) {
    if (position.word >= kWords) {
      throw ValueError("word " + std::to_string(position.word) + " of a block of " +
                       std::to_string(kWords));
    }
    at_ = position;
  }

  /// The next out.size() words.
  void fill(std::span<Word> out) {
    if (at_.word != 0) out = out.subspan(take_part(out));
    for (; out.size() >= kWords; out = out.subspan(kWords)) {
      const Block block = Function::block(at_.counter, key_);
      std::copy_n(block.words.begin(), kWords, out.begin());
      at_.counter.add(1);
    }
    take_part(out);
  }

  /// Passes over `words` words.
  void skip(std::uint64_t words) {
    at_.counter.add(words / kWords);
    at_.word += static_cast<std::size_t>(words % kWords);
    if (at_.word >= kWords) {
      at_.word -= kWords;
      at_.counter.add(1);
    }
  }

 private:
  // Copies what the block at hand still holds, at most out.size() words; returns how many.
  std::size_t take_part(std::span<Word> out) {
    if (out.empty()) return 0;
    const Block block = Function::block(at_.counter, key_);
    std::size_t count = 0;
    for (std::size_t i = at_.word; i < kWords && count < out.size(); ++i) {
      out[count++] = block.words[i];
    }
    skip(count);
    return count;
  }

  Key key_;
  Position at_;
};

using PhiloxStream = CounterStream<Philox4x32>;

}  // namespace seedproof
