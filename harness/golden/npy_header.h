// The header of an NPY file: magic, version, length, and a Python dict literal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

enum class ByteOrder : std::uint8_t { none, little, big };  // none: elements of one byte
std::string_view to_string(ByteOrder order);  // "single bytes", "little endian", "big endian"

/// How an array lies in a file.
struct NpyForm {
  int major = 1;  // version 1.0, 2.0 or 3.0
  ByteOrder order = ByteOrder::little;
  bool fortran = false;  // first axis fastest
};

struct NpyHeader {
  DType dtype = DType::f32;
  NpyForm form;
  Shape shape;
  std::size_t count = 0;        // elements
  std::size_t data_offset = 0;  // of the first element in the file
  bool numpy_wording = false;   // the dict is, byte for byte, the one that NumPy writes
};

inline constexpr std::size_t kMaxNpyHeader = 10'000;  // characters, as NumPy's own reader
inline constexpr std::size_t kMaxNpyRank = 64;        // axes, as NumPy 2

/// Parses the header at the start of a file. Throws FormatError "<name>: byte <offset>: <reason>".
NpyHeader parse_npy_header(std::span<const std::byte> file, std::string_view name);

namespace npy {

/// Throws the FormatError of a place in a file.
[[noreturn]] void fail(std::string_view name, std::size_t offset, const std::string& reason);

/// The fields of the dict, parsed from the text that begins at byte `offset` of the file and ends
/// with its line feed.
struct Fields {
  DType dtype = DType::f32;
  ByteOrder order = ByteOrder::none;
  bool fortran = false;
  Shape shape;
  std::size_t shape_offset = 0;
};
Fields parse_fields(std::string_view text, std::size_t offset, std::string_view name);

/// A descr such as "<f4". Throws FormatError naming what it is where it is not supported.
void parse_descr(std::string_view descr, std::size_t offset, std::string_view name, Fields& out);

/// The dict as NumPy words it, without padding and line feed.
std::string dict_text(DType dtype, const NpyForm& form, const Shape& shape);

/// Foreign text for a message: printable ASCII, the rest as \xNN, cut after 60 characters.
std::string quoted(std::string_view text);

}  // namespace npy

}  // namespace seedproof
