// The digest of an array: of what it holds, not of the file that stores it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// "sha256:" and 64 hexadecimal digits: SHA-256 of "seedproof array 1\n", Keras's name of the
/// dtype, "\n", the extents in decimal joined by ",", "\n", and the elements in row-major order,
/// little endian. Equal arrays have equal digests in every NPY version, byte order and padding.
std::string array_digest(const Tensor& array);

/// "S:T" in hexadecimal: S = sum of b(i), T = sum of i * b(i), both modulo 2^128, where b(i) are
/// the bits of element i, counted row-major, as an unsigned integer. Tells *which* element changed
/// where exactly one did.
std::string array_locator(const Tensor& array);

/// The one element in which `array` differs from the array that had `locator`; nothing if they
/// agree, if `locator` is malformed, or if no change of one element explains the difference.
std::optional<std::size_t> locate_change(const Tensor& array, std::string_view locator);

}  // namespace seedproof
