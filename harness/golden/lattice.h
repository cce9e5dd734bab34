// The golden inputs that anyone can recompute.
#pragma once

#include <seedproof/harness/golden/manifest.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// Element i is ((i * multiplier + offset) mod modulus - shift) / divisor. Throws ValueError naming
/// the element and the value where it is not exact in `dtype`.
Tensor make_lattice(const GoldenLattice& lattice, DType dtype, const Shape& shape);

}  // namespace seedproof
