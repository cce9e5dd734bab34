// Threefry, counter-based bit generators: Salmon, Moraes, Dror and Shaw, SC 2011 (see philox.h),
// from the block cipher Threefish. Pure functions (counter, key) -> block, words in Random123's
// order.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <seedproof/rng/values/words.h>

namespace seedproof {

namespace detail {
inline constexpr std::uint32_t kThreefryParity = 0x1BD11BDAU;
}

template <int Rounds = 20>
struct Threefry2x32R {
  using Word = std::uint32_t;
  static constexpr std::size_t kWords = 2;
  using Key = seedproof::Key<Word, 2>;
  using Counter = seedproof::Counter<Word, 2>;
  using Block = seedproof::Block<Word, 2>;

  static constexpr Block block(const Counter& counter, const Key& key) {
    constexpr std::array<int, 8> kRotations{13, 15, 26, 6, 17, 29, 16, 24};
    const std::array<Word, 3> k{key.words[0], key.words[1],
                                detail::kThreefryParity ^ key.words[0] ^ key.words[1]};
    Word x0 = counter.words[0] + k[0];
    Word x1 = counter.words[1] + k[1];
    for (unsigned round = 0; round < static_cast<unsigned>(Rounds); ++round) {
      x0 += x1;
      x1 = std::rotl(x1, kRotations[round % 8]) ^ x0;
      if (round % 4 == 3) {
        const unsigned injection = round / 4 + 1;
        x0 += k[injection % 3];
        x1 += k[(injection + 1) % 3] + injection;
      }
    }
    return {{x0, x1}};
  }
};

template <int Rounds = 20>
struct Threefry4x32R {
  using Word = std::uint32_t;
  static constexpr std::size_t kWords = 4;
  using Key = seedproof::Key<Word, 4>;
  using Counter = seedproof::Counter<Word, 4>;
  using Block = seedproof::Block<Word, 4>;

  static constexpr Block block(const Counter& counter, const Key& key) {
    constexpr std::array<std::array<int, 2>, 8> kRotations{
        {{10, 26}, {11, 21}, {13, 27}, {23, 5}, {6, 20}, {17, 11}, {25, 10}, {18, 20}}};
    std::array<Word, 5> k{0, 0, 0, 0, detail::kThreefryParity};
    std::array<Word, 4> x{};
    for (std::size_t i = 0; i < 4; ++i) {
      k[i] = key.words[i];
      k[4] ^= key.words[i];
      x[i] = counter.words[i] + k[i];
    }
    for (unsigned round = 0; round < static_cast<unsigned>(Rounds); ++round) {
      // Words 1 and 3 change places after every round.
      const std::size_t first = round % 2 == 0 ? 1 : 3;
      const std::size_t second = 4 - first;
      x[0] += x[first];
      x[first] = std::rotl(x[first], kRotations[round % 8][0]) ^ x[0];
      x[2] += x[second];
      x[second] = std::rotl(x[second], kRotations[round % 8][1]) ^ x[2];
      if (round % 4 == 3) {
        const unsigned injection = round / 4 + 1;
        for (unsigned i = 0; i < 4; ++i) x[i] += k[(injection + i) % 5];
        x[3] += injection;
      }
    }
    return {x};
  }
};

struct Threefry2x32 : Threefry2x32R<20> {
  static constexpr std::string_view kName = "threefry2x32-20";
};
struct Threefry4x32 : Threefry4x32R<20> {
  static constexpr std::string_view kName = "threefry4x32-20";
};

constexpr Block<std::uint32_t, 2> threefry2x32(const Counter<std::uint32_t, 2>& counter,
                                               const Key<std::uint32_t, 2>& key) {
  return Threefry2x32::block(counter, key);
}
constexpr Block<std::uint32_t, 4> threefry4x32(const Counter<std::uint32_t, 4>& counter,
                                               const Key<std::uint32_t, 4>& key) {
  return Threefry4x32::block(counter, key);
}

}  // namespace seedproof
