// SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace seedproof {

class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);
  /// The digest of everything so far; the object starts over.
  Digest finish();

 private:
  void compress(const std::uint8_t* block);

  static constexpr std::array<std::uint32_t, 8> kStart{0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                                       0xa54ff53a, 0x510e527f, 0x9b05688c,
                                                       0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint32_t, 8> state_ = kStart;
  std::array<std::uint8_t, 64> block_{};
  std::uint64_t bytes_ = 0;
};

/// Lower-case hexadecimal.
std::string to_hex(const Sha256::Digest& digest);

}  // namespace seedproof
