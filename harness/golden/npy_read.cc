#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/npy_layout.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// Throws unless the data is as long as the header says. Divides, so that nothing overflows.
void check_length(const NpyHeader& header, std::size_t available, std::string_view name) {
  const std::size_t size = size_of(header.dtype);
  if (available / size < header.count) {
    npy::fail(name, header.data_offset + available,
              "the data ends after " + std::to_string(available) + " bytes, shape " +
                  to_string(header.shape) + " of " + std::string(keras_name(header.dtype)) +
                  " needs " + std::to_string(header.count) + " elements of " +
                  std::to_string(size));
  }
  if (available != header.count * size) {
    npy::fail(name, header.data_offset + header.count * size,
              std::to_string(available - header.count * size) + " bytes are left over");
  }
}

void check_booleans(std::span<const std::byte> data, std::size_t offset, std::string_view name) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    const auto byte = std::to_integer<unsigned>(data[i]);
    if (byte > 1) npy::fail(name, offset + i, "a bool of value " + std::to_string(byte));
  }
}

}  // namespace

NpyArray parse_npy(std::span<const std::byte> file, std::string_view name) {
  const NpyHeader header = parse_npy_header(file, name);
  const std::span<const std::byte> data = file.subspan(header.data_offset);
  check_length(header, data.size(), name);
  if (header.dtype == DType::boolean) check_booleans(data, header.data_offset, name);

  NpyArray out{Tensor::uninitialized(header.dtype, header.shape), header.form,
               header.numpy_wording};
  if (data.empty()) return out;
  const std::size_t size = size_of(header.dtype);
  if (header.form.fortran) {
    npy::for_each_fortran(header.shape, [&](std::size_t row_major, std::size_t fortran) {
      std::memcpy(out.value.data() + row_major * size, data.data() + fortran * size, size);
    });
  } else {
    std::memcpy(out.value.data(), data.data(), data.size());
  }
  if (header.form.order == ByteOrder::big) npy::swap_bytes(out.value);
  return out;
}

NpyArray read_npy(const std::filesystem::path& path, std::uint64_t max_bytes) {
  const std::vector<std::byte> bytes = read_file(path, max_bytes);
  return parse_npy(bytes, path.string());
}

std::string NpyInspection::line() const {
  if (!accepted) return refusal;
  return path + ": " + std::string(keras_name(dtype)) + " " + to_string(shape) + ", NPY " +
         std::to_string(form.major) + ".0, " + std::string(to_string(form.order)) + ", " +
         (form.fortran ? "Fortran" : "C") + " order, " + digest;
}

NpyInspection inspect_npy(const std::filesystem::path& path, std::uint64_t max_bytes) {
  NpyInspection out;
  out.path = path.string();
  try {
    const NpyArray array = read_npy(path, max_bytes);
    out.accepted = true;
    out.dtype = array.value.dtype();
    out.shape = array.value.shape();
    out.form = array.form;
    out.digest = array_digest(array.value);
  } catch (const Error& error) {
    out.refusal = error.what();
  }
  return out;
}

}  // namespace seedproof
