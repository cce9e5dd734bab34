#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/npy_layout.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

static_assert(std::endian::native == std::endian::little, "tensors are little endian in memory");

namespace {

std::string descr_of(DType dtype, ByteOrder order) {
  const std::size_t size = size_of(dtype);
  const char mark = size == 1 ? '|' : order == ByteOrder::big ? '>' : '<';
  const char kind = dtype == DType::boolean ? 'b'
                    : is_float(dtype)       ? 'f'
                    : dtype >= DType::u8    ? 'u'
                                            : 'i';
  return {mark, kind, static_cast<char>('0' + size)};
}

/// As NumPy writes it: sorted keys, ", " after each, room for the growing axis to reach 21 digits,
/// and 1 to 64 blanks up to a multiple of 64 bytes.
std::string header_of(const Tensor& array, const NpyForm& form) {
  constexpr std::size_t kGrowthDigits = 21;
  constexpr std::size_t kAlign = 64;
  const Shape& shape = array.shape();
  std::string text = npy::dict_text(array.dtype(), form, shape);
  if (!shape.empty()) {
    const std::int64_t growing = form.fortran ? shape.back() : shape.front();
    text.append(kGrowthDigits - std::to_string(growing).size(), ' ');
  }
  const std::size_t prefix = form.major == 1 ? 10 : 12;
  text.append(kAlign - (prefix + text.size() + 1) % kAlign, ' ');
  return text + '\n';
}

std::string prefix_of(const NpyForm& form, std::size_t header) {
  std::string out = "\x93NUMPY";
  out += static_cast<char>(form.major);
  out += '\0';
  for (int i = 0; i < (form.major == 1 ? 2 : 4); ++i) {
    out += static_cast<char>(header >> (8 * i) & 0xff);
  }
  return out;
}

}  // namespace

std::string npy::dict_text(DType dtype, const NpyForm& form, const Shape& shape) {
  return "{'descr': '" + descr_of(dtype, form.order) +
         "', 'fortran_order': " + (form.fortran ? "True" : "False") +
         ", 'shape': " + to_string(shape) + ", }";
}

std::vector<std::byte> npy_bytes(const Tensor& array, const NpyForm& form) {
  if (array.dtype() == DType::bf16) {
    throw TypeError("NPY has no bfloat16: store its bits as uint16 (stored_form)");
  }
  if (form.major < 1 || form.major > 3) {
    throw ValueError("NPY version " + std::to_string(form.major) + ".0 does not exist");
  }
  if (array.shape().size() > kMaxNpyRank) {
    throw ValueError("shape " + to_string(array.shape()) + " has more than " +
                     std::to_string(kMaxNpyRank) + " axes");
  }
  const std::string header = header_of(array, form);
  const std::string head = prefix_of(form, header.size()) + header;
  std::vector<std::byte> out(head.size() + array.bytes());
  std::memcpy(out.data(), head.data(), head.size());
  if (array.bytes() == 0) return out;

  Tensor swapped;
  const bool swap = form.order == ByteOrder::big && size_of(array.dtype()) > 1;
  if (swap) {
    swapped = array;
    npy::swap_bytes(swapped);
  }
  const std::byte* from = swap ? swapped.data() : array.data();
  std::byte* to = out.data() + head.size();
  const std::size_t size = size_of(array.dtype());
  if (form.fortran) {
    npy::for_each_fortran(array.shape(), [&](std::size_t row_major, std::size_t fortran) {
      std::memcpy(to + fortran * size, from + row_major * size, size);
    });
  } else {
    std::memcpy(to, from, array.bytes());
  }
  return out;
}

void write_npy(const std::filesystem::path& path, const Tensor& array, const NpyForm& form) {
  write_file_atomically(path, npy_bytes(array, form));
}

Tensor stored_form(const Tensor& array) {
  if (array.dtype() != DType::bf16) return array;
  Tensor out = Tensor::uninitialized(DType::u16, array.shape());
  if (array.bytes() != 0) std::memcpy(out.data(), array.data(), array.bytes());
  return out;
}

Tensor meant_form(Tensor stored, DType meant) {
  const DType wanted = meant == DType::bf16 ? DType::u16 : meant;
  if (stored.dtype() != wanted) {
    throw TypeError("array of " + std::string(keras_name(stored.dtype())) + ", expected " +
                    std::string(keras_name(wanted)));
  }
  if (meant != DType::bf16) return stored;
  Tensor out = Tensor::uninitialized(DType::bf16, stored.shape());
  if (stored.bytes() != 0) std::memcpy(out.data(), stored.data(), stored.bytes());
  return out;
}

}  // namespace seedproof
