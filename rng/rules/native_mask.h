// Which words keep an element, by the `native` rules.
#pragma once

#include <cstdint>

namespace seedproof::native {

/// ceil(rate * 2^32), in [0, 2^32], for a rate in [0, 1]. The product is exact.
constexpr std::uint64_t keep_threshold(double rate) {
  const double scaled = rate * 0x1p32;
  const auto whole = static_cast<std::uint64_t>(scaled);
  return whole + (static_cast<double>(whole) < scaled ? 1 : 0);
}

/// Keeps iff word * 2^-32 >= rate, in exact arithmetic: the side of the comparison that Keras's
/// dropout takes. Rate 0 keeps every word, rate 1 none; the chance of keeping is 1 - rate, rounded
/// down to a multiple of 2^-32.
constexpr bool keeps(std::uint32_t word, std::uint64_t threshold) { return word >= threshold; }

}  // namespace seedproof::native
