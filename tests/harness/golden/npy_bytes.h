// NPY files put together by hand, so that tests do not rest on our own writer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace seedproof::test {

inline std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

inline std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

/// Magic, version, length and exactly this header; no padding is added.
inline std::string npy_file(std::string_view header, std::string_view data, int major = 1,
                            int minor = 0) {
  std::string out = "\x93NUMPY";
  out += static_cast<char>(major);
  out += static_cast<char>(minor);
  return out + little(header.size(), major == 1 ? 2 : 4) + std::string(header) + std::string(data);
}

/// A header as NumPy words it.
inline std::string npy_dict(std::string_view descr, std::string_view shape,
                            std::string_view fortran = "False") {
  return "{'descr': '" + std::string(descr) + "', 'fortran_order': " + std::string(fortran) +
         ", 'shape': " + std::string(shape) + ", }          \n";
}

}  // namespace seedproof::test
