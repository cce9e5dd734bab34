// Integers of any size, as seeds are in Python. Only what seed rules need.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seedproof {

class Integer {
 public:
  Integer() = default;
  /// From any integer type but bool; the value is kept whole.
  template <std::integral T>
  requires(!std::same_as<T, bool>) Integer(T value)  // NOLINT(google-explicit-constructor)
      : Integer(
            std::in_place, value < 0,
            value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value)) {
    static_assert(sizeof(T) <= sizeof(std::uint64_t));
  }

  /// Decimal or 0x hexadecimal, with an optional sign, up to 1,000 digits. Throws ValueError.
  static Integer parse(std::string_view text);

  bool negative() const { return negative_; }
  /// |value| as 32-bit words, least significant first, no leading zeros; empty for zero.
  const std::vector<std::uint32_t>& magnitude() const { return magnitude_; }

  /// floor(value / 2^(64 index)) mod 2^64: two's complement words, sign-extended without end.
  std::uint64_t word(std::size_t index) const;
  /// value mod m, in [0, m), as Python's % (floor). m > 0.
  std::uint64_t floor_mod(std::uint64_t m) const;
  bool fits_i64() const;
  bool fits_u64() const;
  bool fits_u32() const;
  std::int64_t to_i64() const;   // throws OverflowError naming the value
  std::uint64_t to_u64() const;  // throws OverflowError naming the value
  std::string to_string() const;

  friend bool operator==(const Integer&, const Integer&) = default;

 private:
  Integer(std::in_place_t, bool negative, std::uint64_t magnitude);

  bool negative_ = false;  // never set for zero
  std::vector<std::uint32_t> magnitude_;
};

}  // namespace seedproof
