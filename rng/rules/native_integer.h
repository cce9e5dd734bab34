// Bounded integers without bias, by the `native` rules.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/rules/native_float.h>

namespace seedproof::native {

/// Words that an element's integer is made of.
inline constexpr int kIntegerWords = 4;

/// An integer on [0, span), each equally likely; span 0 stands for 2^64. Lemire, "Fast random
/// integer generation in an interval", ACM TOMACS 29 (2019): with x = w0 + 2^32 w1 the result is
/// floor(x span / 2^64), unless (x span) mod 2^64 < 2^64 mod span. Such an x is rejected, and the
/// k-th one in its place (k = 0, 1, ...) is words 0 and 1 of
///     philox4x32-10(counter = (w0, w1, k, 0x65746e69), key = (w2, w3))
/// so that an element always takes four words, and a rejection shifts no other element.
constexpr std::uint64_t bounded(std::span<const std::uint32_t, kIntegerWords> words,
                                std::uint64_t span) {
  constexpr std::uint32_t kTag = 0x65746e69;  // "inte"
  std::uint64_t x = word64(words[0], words[1]);
  if (span == 0) return x;
  auto product = seedproof::detail::multiply(x, span);
  if (product.low >= span) return product.high;  // 2^64 mod span < span
  const std::uint64_t least = (0 - span) % span;
  for (std::uint32_t k = 0; product.low < least; ++k) {
    const Block<std::uint32_t, 4> block =
        philox4x32({{words[0], words[1], k, kTag}}, {{words[2], words[3]}});
    x = word64(block.words[0], block.words[1]);
    product = seedproof::detail::multiply(x, span);
  }
  return product.high;
}

}  // namespace seedproof::native
