// Key, Counter and Block: fixed arrays of words, least significant first. Distinct types, so that a
// counter cannot be passed where a key is meant.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace seedproof {

template <class Word, std::size_t N>
struct Key {
  std::array<Word, N> words{};
  friend bool operator==(const Key&, const Key&) = default;
};

template <class Word, std::size_t N>
struct Block {
  std::array<Word, N> words{};
  friend bool operator==(const Block&, const Block&) = default;
};

/// An unsigned integer of N words, modulo 2^(N * bits): carries run through every word.
template <class Word, std::size_t N>
struct Counter {
  std::array<Word, N> words{};

  constexpr void add(std::uint64_t amount) {
    constexpr int kBits = std::numeric_limits<Word>::digits;
    std::uint64_t rest = amount;
    Word carry = 0;
    for (std::size_t i = 0; i < N && (rest != 0 || carry != 0); ++i) {
      const Word low = static_cast<Word>(rest);
      if constexpr (kBits >= 64) {
        rest = 0;
      } else {
        rest >>= kBits;
      }
      const Word partial = static_cast<Word>(words[i] + low);
      const Word sum = static_cast<Word>(partial + carry);
      carry = static_cast<Word>((partial < low ? 1 : 0) + (sum < partial ? 1 : 0));
      words[i] = sum;
    }
  }

  friend bool operator==(const Counter&, const Counter&) = default;
};

}  // namespace seedproof
