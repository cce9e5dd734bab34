#include <seedproof/layers/ops/exact.h>

namespace seedproof::ops {

DoubleDouble exact_product(double a, double b) {
  constexpr double kSplitter = 134217729.0;  // 2^27 + 1
  const double a1 = kSplitter * a - (kSplitter * a - a);
  const double b1 = kSplitter * b - (kSplitter * b - b);
  const double a2 = a - a1;
  const double b2 = b - b1;
  const double product = a * b;
  return {product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2};
}

namespace {

DoubleDouble multiply(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble top = exact_product(a.high, b.high);
  const double rest = top.low + (a.high * b.low + a.low * b.high);
  const double high = top.high + rest;
  return {high, (top.high - high) + rest};
}

}  // namespace

DoubleDouble power(double base, std::uint64_t exponent) {
  DoubleDouble result{1.0, 0.0};
  DoubleDouble square{base, 0.0};
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1U) != 0) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

}  // namespace seedproof::ops
