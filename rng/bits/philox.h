// Philox, counter-based bit generators: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", SC 2011. Pure functions (counter, key) -> block; words as Random123 orders
// them: word 0 of counter, key and block is the first that the paper and its known answers name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <seedproof/rng/values/words.h>

namespace seedproof {

namespace detail {

template <class Word>
struct HighLow {
  Word high;
  Word low;
};

constexpr HighLow<std::uint32_t> multiply(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t product = std::uint64_t{a} * b;
  return {static_cast<std::uint32_t>(product >> 32), static_cast<std::uint32_t>(product)};
}

constexpr HighLow<std::uint64_t> multiply(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product)};
}

// The key grows by these each round: the golden ratio, and the square root of 3 less 1.
template <class Word>
constexpr Word kWeyl0 = static_cast<Word>(sizeof(Word) == 4 ? 0x9E3779B9ULL
                                                            : 0x9E3779B97F4A7C15ULL);
template <class Word>
constexpr Word kWeyl1 = static_cast<Word>(sizeof(Word) == 4 ? 0xBB67AE85ULL
                                                            : 0xBB67AE8584CAA73BULL);

template <class W, W M0, W M1, int Rounds>
struct Philox4 {
  using Word = W;
  static constexpr std::size_t kWords = 4;
  using Key = seedproof::Key<W, 2>;
  using Counter = seedproof::Counter<W, 4>;
  using Block = seedproof::Block<W, 4>;

  static constexpr Block block(const Counter& counter, const Key& key) {
    auto [c0, c1, c2, c3] = counter.words;
    auto [k0, k1] = key.words;
    for (int round = 0; round < Rounds; ++round) {
      const HighLow<W> p0 = multiply(M0, c0);
      const HighLow<W> p1 = multiply(M1, c2);
      c0 = p1.high ^ c1 ^ k0;
      c1 = p1.low;
      c2 = p0.high ^ c3 ^ k1;
      c3 = p0.low;
      k0 += kWeyl0<W>;
      k1 += kWeyl1<W>;
    }
    return {{c0, c1, c2, c3}};
  }
};

}  // namespace detail

template <int Rounds = 10>
struct Philox4x32R : detail::Philox4<std::uint32_t, 0xD2511F53U, 0xCD9E8D57U, Rounds> {};

template <int Rounds = 10>
struct Philox4x64R
    : detail::Philox4<std::uint64_t, 0xD2E7470EE14C6C93ULL, 0xCA5A826395121157ULL, Rounds> {};

template <int Rounds = 10>
struct Philox2x32R {
  using Word = std::uint32_t;
  static constexpr std::size_t kWords = 2;
  using Key = seedproof::Key<Word, 1>;
  using Counter = seedproof::Counter<Word, 2>;
  using Block = seedproof::Block<Word, 2>;

  static constexpr Block block(const Counter& counter, const Key& key) {
    auto [c0, c1] = counter.words;
    Word k = key.words[0];
    for (int round = 0; round < Rounds; ++round) {
      const detail::HighLow<Word> product = detail::multiply(Word{0xD256D193U}, c0);
      c0 = product.high ^ k ^ c1;
      c1 = product.low;
      k += detail::kWeyl0<Word>;
    }
    return {{c0, c1}};
  }
};

struct Philox4x32 : Philox4x32R<10> {
  static constexpr std::string_view kName = "philox4x32-10";
};
struct Philox2x32 : Philox2x32R<10> {
  static constexpr std::string_view kName = "philox2x32-10";
};
struct Philox4x64 : Philox4x64R<10> {
  static constexpr std::string_view kName = "philox4x64-10";
};

constexpr Block<std::uint32_t, 4> philox4x32(const Counter<std::uint32_t, 4>& counter,
                                             const Key<std::uint32_t, 2>& key) {
  return Philox4x32::block(counter, key);
}
constexpr Block<std::uint32_t, 2> philox2x32(const Counter<std::uint32_t, 2>& counter,
                                             const Key<std::uint32_t, 1>& key) {
  return Philox2x32::block(counter, key);
}
constexpr Block<std::uint64_t, 4> philox4x64(const Counter<std::uint64_t, 4>& counter,
                                             const Key<std::uint64_t, 2>& key) {
  return Philox4x64::block(counter, key);
}

}  // namespace seedproof
