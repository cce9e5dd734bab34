// Writes NPY files, for C order byte for byte as numpy.save does.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include <seedproof/harness/golden/npy_header.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// The file that holds `array`. By default version 1.0, which every plain dtype and shape of up to
/// 64 axes fits in, little endian, C order. `form.order` is ignored for elements of one byte.
/// Throws TypeError for bfloat16 (see stored_form) and ValueError for another version or more axes.
std::vector<std::byte> npy_bytes(const Tensor& array, const NpyForm& form = {});

/// Replaces the file atomically. Throws as npy_bytes does, and IoError.
void write_npy(const std::filesystem::path& path, const Tensor& array, const NpyForm& form = {});

/// The array as NPY can store it: bfloat16 as its bits in uint16, anything else as it is.
Tensor stored_form(const Tensor& array);

/// The way back: uint16 bits as bfloat16 where `meant` says so. Throws TypeError naming both where
/// `stored` does not hold what `meant` is stored as.
Tensor meant_form(Tensor stored, DType meant);

}  // namespace seedproof
