// Strict reader of NPY files: docs/golden-format.md says what it refuses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <seedproof/harness/golden/npy_header.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

inline constexpr std::uint64_t kMaxNpyBytes = std::uint64_t{4} << 30;

struct NpyArray {
  Tensor value;                // row-major, in the host's byte order, of the stored dtype
  NpyForm form;                // as it lies in the file
  bool numpy_wording = false;  // the header's dict is, byte for byte, the one that NumPy writes
};

/// Reads a file. Memory is a small multiple of the file's length, whatever its header claims.
/// Throws IoError where it cannot be read, FormatError "<path>: byte <offset>: <reason>" where it
/// is not a valid NPY file of a supported dtype.
NpyArray read_npy(const std::filesystem::path& path, std::uint64_t max_bytes = kMaxNpyBytes);

/// The same from memory; `name` only names it in errors.
NpyArray parse_npy(std::span<const std::byte> file, std::string_view name);

/// What `seedproof npy` shows of a file.
struct NpyInspection {
  std::string path;
  bool accepted = false;
  std::string refusal;  // with file, offset and reason; empty where accepted
  DType dtype = DType::f32;
  Shape shape;
  NpyForm form;
  std::string digest;

  /// "x.npy: float32 (3, 5), NPY 1.0, little endian, C order, sha256:..." or the refusal.
  std::string line() const;
};

/// Reads strictly and tells; a file that cannot be read or is refused is told, not thrown.
NpyInspection inspect_npy(const std::filesystem::path& path,
                          std::uint64_t max_bytes = kMaxNpyBytes);

}  // namespace seedproof
