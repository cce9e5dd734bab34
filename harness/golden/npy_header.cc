#include <algorithm>

#include <seedproof/harness/golden/npy_header.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";

std::size_t little_endian(std::span<const std::byte> bytes) {
  std::size_t out = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    out = out << 8 | std::to_integer<std::size_t>(bytes[i]);
  }
  return out;
}

void check_magic(std::string_view text, std::string_view name) {
  const std::size_t n = std::min(text.size(), kMagic.size());
  for (std::size_t i = 0; i < n; ++i) {
    if (text[i] != kMagic[i]) npy::fail(name, i, "not an NPY file: the magic is wrong");
  }
  if (n < kMagic.size()) npy::fail(name, n, "the file ends within the magic");
}

/// Checks the version and gives the size of the length field.
std::size_t length_size(std::string_view text, std::string_view name) {
  if (text.size() < 8) npy::fail(name, text.size(), "the file ends within the version");
  const auto major = static_cast<unsigned char>(text[6]);
  const auto minor = static_cast<unsigned char>(text[7]);
  if (major < 1 || major > 3 || minor != 0) {
    npy::fail(name, major < 1 || major > 3 ? 6 : 7,
              "version " + std::to_string(major) + "." + std::to_string(minor) +
                  " is unknown, only 1.0, 2.0 and 3.0 exist");
  }
  return major == 1 ? 2 : 4;
}

}  // namespace

std::string_view to_string(ByteOrder order) {
  switch (order) {
    case ByteOrder::little:
      return "little endian";
    case ByteOrder::big:
      return "big endian";
    case ByteOrder::none:
      break;
  }
  return "single bytes";
}

NpyHeader parse_npy_header(std::span<const std::byte> file, std::string_view name) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  check_magic(text, name);
  const std::size_t width = length_size(text, name);
  const std::size_t begin = 8 + width;
  if (file.size() < begin) npy::fail(name, file.size(), "the file ends within the header length");
  const std::size_t length = little_endian(file.subspan(8, width));
  if (length > kMaxNpyHeader) {
    npy::fail(name, 8,
              "a header of " + std::to_string(length) + " bytes, at most " +
                  std::to_string(kMaxNpyHeader) + " are read");
  }
  if (file.size() - begin < length) {
    npy::fail(name, file.size(),
              "the file ends within the header of " + std::to_string(length) + " bytes");
  }

  const npy::Fields fields = npy::parse_fields(text.substr(begin, length), begin, name);
  NpyHeader out;
  out.dtype = fields.dtype;
  out.form = {static_cast<int>(text[6]), fields.order, fields.fortran};
  out.shape = fields.shape;
  out.data_offset = begin + length;
  try {
    out.count = element_count(out.shape);
  } catch (const ValueError& error) {
    npy::fail(name, fields.shape_offset, error.what());
  }
  out.numpy_wording =
      text.substr(begin, length).starts_with(npy::dict_text(out.dtype, out.form, out.shape));
  return out;
}

}  // namespace seedproof
