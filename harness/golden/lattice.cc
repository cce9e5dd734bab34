#include <span>
#include <string>

#include <seedproof/harness/golden/lattice.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// (i * multiplier + offset) mod modulus, never negative. Factors are reduced first, so that with
/// all of them below 2^31 no product overflows.
std::int64_t residue(const GoldenLattice& lattice, std::size_t i) {
  const auto floor_mod = [&](std::int64_t value) {
    const std::int64_t rest = value % lattice.modulus;
    return rest < 0 ? rest + lattice.modulus : rest;
  };
  const auto index = static_cast<std::int64_t>(i % static_cast<std::size_t>(lattice.modulus));
  return (index * floor_mod(lattice.multiplier) + floor_mod(lattice.offset)) % lattice.modulus;
}

}  // namespace

Tensor make_lattice(const GoldenLattice& lattice, DType dtype, const Shape& shape) {
  Tensor exact = Tensor::uninitialized(DType::f64, shape);
  const std::span<double> values = exact.as<double>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    // Both integers are below 2^32 and the divisor is a power of two: exact.
    values[i] = static_cast<double>(residue(lattice, i) - lattice.shift) /
                static_cast<double>(lattice.divisor);
  }
  Tensor out = exact.cast(dtype);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (out.at(i) != values[i]) {
      throw ValueError("lattice element " + std::to_string(i) + ", " + std::to_string(values[i]) +
                       ", is not exact in " + std::string(keras_name(dtype)));
    }
  }
  return out;
}

}  // namespace seedproof
