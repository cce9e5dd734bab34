// Tensor operations that layers share. Internal: not installed.
//
// Rules of the numbers. f32 and f64: one IEEE operation a step, in the tensor's dtype. f16 and
// bf16: each operation is done in float and rounded once. Integers wrap. Both operands of an
// operation have one dtype; a `double` operand is a Python number: it is rounded once to the
// tensor's dtype. Sums run left to right over the row-major order of the input. Nothing here
// depends on threads or the target.
//
// Errors: ValueError naming the operation and both shapes, TypeError naming the operation and
// dtypes.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/values/tensor.h>

namespace seedproof::ops {

// ---- shapes

/// NumPy's rule: aligned at the last axis, extents equal or 1.
Shape broadcast_shape(const Shape& a, const Shape& b);
Tensor broadcast_to(const Tensor& a, const Shape& shape);
/// `axis` counted from 0, negative from the end. Throws ValueError when it is outside [-rank,
/// rank).
std::int64_t normalize_axis(std::int64_t axis, std::int64_t rank);
/// One extent may be -1: it is what is left.
Tensor reshape(const Tensor& a, const Shape& shape);
Tensor flatten(const Tensor& a);    // (n,)
Tensor transpose(const Tensor& a);  // axes reversed
Tensor transpose(const Tensor& a, std::span<const std::int64_t> permutation);

// ---- two operands, broadcast

Tensor add(const Tensor& a, const Tensor& b);
Tensor subtract(const Tensor& a, const Tensor& b);
Tensor multiply(const Tensor& a, const Tensor& b);
Tensor divide(const Tensor& a, const Tensor& b);   // floats only
Tensor maximum(const Tensor& a, const Tensor& b);  // NaN if either is
Tensor minimum(const Tensor& a, const Tensor& b);

Tensor add(const Tensor& a, double b);
Tensor subtract(const Tensor& a, double b);
Tensor subtract(double a, const Tensor& b);
Tensor multiply(const Tensor& a, double b);
Tensor divide(const Tensor& a, double b);
Tensor divide(double a, const Tensor& b);
Tensor maximum(const Tensor& a, double b);
Tensor minimum(const Tensor& a, double b);

// In place, for buffers that are kept: `b` must broadcast to a's shape.
void add_in_place(Tensor& a, const Tensor& b);
void subtract_in_place(Tensor& a, const Tensor& b);
void multiply_in_place(Tensor& a, const Tensor& b);
void divide_in_place(Tensor& a, const Tensor& b);
void add_in_place(Tensor& a, double b);
void subtract_in_place(Tensor& a, double b);
void multiply_in_place(Tensor& a, double b);
void divide_in_place(Tensor& a, double b);

// ---- comparisons: bool tensors

Tensor equal(const Tensor& a, const Tensor& b);
Tensor greater(const Tensor& a, const Tensor& b);
Tensor greater_equal(const Tensor& a, const Tensor& b);
Tensor equal(const Tensor& a, double b);
Tensor greater(const Tensor& a, double b);
Tensor greater_equal(const Tensor& a, double b);
Tensor less(const Tensor& a, double b);
Tensor less_equal(const Tensor& a, double b);
/// a where `condition` (bool), else b; all three broadcast.
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b);

// ---- one operand

Tensor negate(const Tensor& a);
Tensor abs(const Tensor& a);
Tensor sign(const Tensor& a);  // -1, 0 or 1; NaN stays
Tensor square(const Tensor& a);
// Floats only from here. sqrt is the IEEE operation; the others are ops/elementary.h's functions in
// double (for f64 too), rounded once to the dtype.
Tensor sqrt(const Tensor& a);
Tensor sin(const Tensor& a);
Tensor cos(const Tensor& a);
Tensor exp(const Tensor& a);
Tensor expm1(const Tensor& a);
Tensor log(const Tensor& a);
Tensor log1p(const Tensor& a);
Tensor tanh(const Tensor& a);
Tensor sigmoid(const Tensor& a);
Tensor erf(const Tensor& a);

// ---- sums: f16 and bf16 add in float and round the total once

/// Of everything, to a scalar.
Tensor sum(const Tensor& a);
/// Over some axes; `keep` leaves them with extent 1.
Tensor sum(const Tensor& a, std::span<const std::int64_t> axes, bool keep = false);
/// The sum, divided by the count in the dtype the sum is made in. Floats only; the mean of nothing
/// is NaN.
Tensor mean(const Tensor& a);
Tensor mean(const Tensor& a, std::span<const std::int64_t> axes, bool keep = false);
Tensor max(const Tensor& a, std::span<const std::int64_t> axes, bool keep = false);
/// The gradient of broadcasting: sums over the axes along which `shape` was stretched to a's shape.
Tensor sum_to(const Tensor& a, const Shape& shape);

// ---- products: each element adds its k terms in ascending order of k, one product and one sum a
// term; f16 and bf16 do so in float and round once

/// (..., k) x (k, n) -> (..., n). Floats only.
Tensor matmul(const Tensor& a, const Tensor& b);
/// a^T b: (..., m) and (..., n) -> (m, n), summing over all leading axes. The kernel's gradient.
Tensor matmul_tn(const Tensor& a, const Tensor& b);
/// a b^T: (..., k) x (n, k) -> (..., n). The input's gradient.
Tensor matmul_nt(const Tensor& a, const Tensor& b);

// ---- generalities

/// Throws TypeError naming `operation` unless the dtype is a float.
void require_float(const char* operation, DType dtype);
/// Throws TypeError naming `operation` and both dtypes unless they are equal.
void require_same(const char* operation, DType a, DType b);

}  // namespace seedproof::ops
