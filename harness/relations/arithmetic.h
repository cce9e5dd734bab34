// How one array of numbers may have been made from another.
#pragma once

#include <optional>
#include <string>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// "the same numbers in another order", "scaled by 0.5", "moved by 0.1", "mirrored: 1 - x",
/// "last bits only: at most 2 ULP"; nothing when none fits every element, or when the arrays show
/// too few random bits to tell. Arrays of other dtypes or counts give nothing.
std::optional<std::string> arithmetic_cause(const Tensor& expected, const Tensor& found,
                                            double bits_per_number);

}  // namespace seedproof
