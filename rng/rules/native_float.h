// Which bits of a word make a float, by the `native` rules. Pure, exact, and monotone in the word.
#pragma once

#include <cstdint>

namespace seedproof::native {

/// Two words as one, the first the less significant.
constexpr std::uint64_t word64(std::uint32_t low, std::uint32_t high) {
  return std::uint64_t{high} << 32 | low;
}

/// floor(word / 2^8) * 2^-24: 2^24 values on [0, 1), 0 to 1 - 2^-24.
constexpr float uniform_f32(std::uint32_t word) { return static_cast<float>(word >> 8) * 0x1p-24F; }

/// (floor(word / 2^8) + 1) * 2^-24: 2^24 values on (0, 1], 2^-24 to 1.
constexpr float uniform_f32_positive(std::uint32_t word) {
  return static_cast<float>((word >> 8) + 1) * 0x1p-24F;
}

/// floor(word / 2^11) * 2^-53: 2^53 values on [0, 1), 0 to 1 - 2^-53.
constexpr double uniform_f64(std::uint64_t word) {
  return static_cast<double>(word >> 11) * 0x1p-53;
}

/// (floor(word / 2^11) + 1) * 2^-53: 2^53 values on (0, 1], 2^-53 to 1.
constexpr double uniform_f64_positive(std::uint64_t word) {
  return static_cast<double>((word >> 11) + 1) * 0x1p-53;
}

/// (floor(word / 2^12) + 1/2) * 2^-52 - 1/2: 2^52 values on (-1/2, 1/2), symmetric about 0,
/// from -(1/2 - 2^-53) to 1/2 - 2^-53.
constexpr double uniform_f64_centred(std::uint64_t word) {
  return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52 - 0.5;
}

}  // namespace seedproof::native
