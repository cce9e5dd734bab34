// IEEE binary16 and bfloat16 as storage types. Conversion from float rounds to nearest even,
// keeps NaN a NaN and overflows to infinity. Arithmetic is done in float by the caller.
#pragma once

#include <bit>
#include <cstdint>

namespace seedproof {

std::uint16_t float_to_f16_bits(float value);
float f16_bits_to_float(std::uint16_t bits);
std::uint16_t float_to_bf16_bits(float value);
/// Rounds the double once (not through float) to binary16 or bfloat16.
std::uint16_t double_to_f16_bits(double value);
std::uint16_t double_to_bf16_bits(double value);
inline float bf16_bits_to_float(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

struct f16 {
  std::uint16_t bits = 0;
  f16() = default;
  explicit f16(float value) : bits(float_to_f16_bits(value)) {}
  explicit f16(double value) : bits(double_to_f16_bits(value)) {}
  static f16 from_bits(std::uint16_t raw) {
    f16 out;
    out.bits = raw;
    return out;
  }
  explicit operator float() const { return f16_bits_to_float(bits); }
  explicit operator double() const { return f16_bits_to_float(bits); }
  friend bool operator==(f16, f16) = default;  // bit equality
};

struct bf16 {
  std::uint16_t bits = 0;
  bf16() = default;
  explicit bf16(float value) : bits(float_to_bf16_bits(value)) {}
  explicit bf16(double value) : bits(double_to_bf16_bits(value)) {}
  static bf16 from_bits(std::uint16_t raw) {
    bf16 out;
    out.bits = raw;
    return out;
  }
  explicit operator float() const { return bf16_bits_to_float(bits); }
  explicit operator double() const { return bf16_bits_to_float(bits); }
  friend bool operator==(bf16, bf16) = default;  // bit equality
};

}  // namespace seedproof
