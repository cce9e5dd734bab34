// One element of an array as its bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// The bits of element `flat`, which must exist, in the low end of the result.
inline std::uint64_t element_bits(const Tensor& array, std::size_t flat) {
  const std::size_t size = size_of(array.dtype());
  const std::byte* source = array.data() + flat * size;
  switch (size) {
    case 1:
      return std::to_integer<std::uint64_t>(*source);
    case 2: {
      std::uint16_t bits = 0;
      std::memcpy(&bits, source, sizeof bits);
      return bits;
    }
    case 4: {
      std::uint32_t bits = 0;
      std::memcpy(&bits, source, sizeof bits);
      return bits;
    }
    default:
      break;
  }
  std::uint64_t bits = 0;
  std::memcpy(&bits, source, sizeof bits);
  return bits;
}

}  // namespace seedproof
