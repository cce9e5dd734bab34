// FNV-1a, 64 bits: names states and draws. Two inputs of equal length that differ in one byte never
// have one digest, since each step is a bijection of the running value.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace seedproof {

class Digest {
 public:
  constexpr void byte(std::uint8_t value) { state_ = (state_ ^ value) * 0x00000100000001b3ULL; }
  constexpr void u64(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
  }
  void f64(double value) { u64(std::bit_cast<std::uint64_t>(value)); }
  /// Length first, so that two texts in a row are not a third.
  constexpr void text(std::string_view value) {
    u64(value.size());
    for (const char c : value) byte(static_cast<std::uint8_t>(c));
  }
  void bytes(std::span<const std::byte> value) {
    for (const std::byte b : value) byte(static_cast<std::uint8_t>(b));
  }
  constexpr std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

}  // namespace seedproof
