// Products and powers beyond double precision, from IEEE operations alone. Internal.
#pragma once

#include <cstdint>

namespace seedproof::ops {

/// high + low, |low| at most half an ULP of high.
struct DoubleDouble {
  double high = 0.0;
  double low = 0.0;
};

/// a * b exactly (Dekker, 1971), for factors far from overflow and underflow.
DoubleDouble exact_product(double a, double b);

/// base^exponent within 2^-90 or so of its size, for 0 <= base <= 1: squarings in double-double.
DoubleDouble power(double base, std::uint64_t exponent);

}  // namespace seedproof::ops
