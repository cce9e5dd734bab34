// Which words are a state of an engine. Boost reads whatever it is given; a word too wide, a carry
// of 7 or a register of zeros would make a stream that no seed leads to.
#pragma once

#include <algorithm>
#include <boost/random/discard_block.hpp>
#include <boost/random/linear_feedback_shift.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/subtract_with_carry.hpp>
#include <boost/random/xor_combine.hpp>
#include <cstdint>
#include <span>
#include <string>

namespace seedproof {

namespace detail {

inline std::string state_fault(std::size_t index, std::uint64_t word, const char* reason) {
  return "word " + std::to_string(index) + " is " + std::to_string(word) + ", " + reason;
}

/// "" when every word is at most `most`.
inline std::string words_fault(std::span<const std::uint64_t> words, std::uint64_t most) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] > most) return state_fault(i, words[i], "too wide for the engine");
  }
  return {};
}

}  // namespace detail

/// fault(words) is "" for a state of the engine, else what is wrong with it.
template <class Boost>
struct EngineState {
  static std::string fault(std::span<const std::uint64_t> words) {
    if (std::all_of(words.begin(), words.end(), [](std::uint64_t w) { return w == 0; })) {
      return "all words are zero";
    }
    return detail::words_fault(words, Boost::max());
  }
};

template <class U, std::size_t w, std::size_t n, std::size_t m, std::size_t r, U a, std::size_t u,
          U d, std::size_t s, U b, std::size_t t, U c, std::size_t l, U f>
struct EngineState<
    boost::random::mersenne_twister_engine<U, w, n, m, r, a, u, d, s, b, t, c, l, f>> {
  static std::string fault(std::span<const std::uint64_t> words) {
    // The low r bits of word 0 never matter: the state is n * w - r bits.
    const bool rest_zero =
        std::all_of(words.begin() + 1, words.end(), [](std::uint64_t x) { return x == 0; });
    if (rest_zero && words[0] >> r == 0) return "all words that matter are zero";
    return detail::words_fault(
        words,
        boost::random::mersenne_twister_engine<U, w, n, m, r, a, u, d, s, b, t, c, l, f>::max());
  }
};

template <class I, std::size_t w, std::size_t s, std::size_t r, std::size_t p, std::size_t q>
struct EngineState<boost::random::discard_block_engine<
    boost::random::subtract_with_carry_engine<I, w, s, r>, p, q>> {
  // r words below 2^w, the carry, and the number of words used of a block of p.
  static std::string fault(std::span<const std::uint64_t> words) {
    const std::string wide = detail::words_fault(words.first(r), (std::uint64_t{1} << w) - 1);
    if (!wide.empty()) return wide;
    if (words[r] > 1) return detail::state_fault(r, words[r], "not a carry of 0 or 1");
    if (words[r + 1] > q) {
      return detail::state_fault(r + 1, words[r + 1], "past the words that a block gives");
    }
    return {};
  }
};

template <class U, int w, int k, int q, int s>
struct EngineState<boost::random::linear_feedback_shift_engine<U, w, k, q, s>> {
  static constexpr std::size_t kWords = 1;
  static std::string fault(std::span<const std::uint64_t> words) {
    // The k high bits are the register; zeros there stay zeros for ever.
    if (words[0] >> (w - k) == 0) return std::to_string(words[0]) + " leaves a register of zeros";
    return detail::words_fault(words, (std::uint64_t{1} << w) - 1);
  }
};

template <class A, int s1, class B, int s2>
struct EngineState<boost::random::xor_combine_engine<A, s1, B, s2>> {
  static constexpr std::size_t kWords = EngineState<A>::kWords + EngineState<B>::kWords;
  static std::string fault(std::span<const std::uint64_t> words) {
    const std::string first = EngineState<A>::fault(words.first(EngineState<A>::kWords));
    return first.empty() ? EngineState<B>::fault(words.subspan(EngineState<A>::kWords)) : first;
  }
};

}  // namespace seedproof
