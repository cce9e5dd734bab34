// Eigen is used for rank-1 updates only, over k in ascending order: its own products block and
// reorder by target, which would make the bits depend on it.
#include <Eigen/Core>
#include <string>
#include <utility>

#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::ops {

namespace {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using ConstMap = Eigen::Map<const Matrix<T>>;

/// A tensor seen as a matrix: leading axes joined, the last one the columns.
struct Extents {
  std::int64_t rows = 1;
  std::int64_t columns = 1;
};

Extents as_matrix(const char* name, const Tensor& a) {
  if (a.rank() == 0) throw ValueError(std::string(name) + ": an operand has shape ()");
  Extents out;
  out.columns = a.shape().back();
  for (std::size_t i = 0; i + 1 < a.shape().size(); ++i) out.rows *= a.shape()[i];
  return out;
}

[[noreturn]] void mismatch(const char* name, const Tensor& a, const Tensor& b) {
  throw ValueError(std::string(name) + ": shapes " + to_string(a.shape()) + " and " +
                   to_string(b.shape()) + " do not match");
}

/// The result's shape: a's leading axes, then `columns`.
Shape joined(const Tensor& a, std::int64_t columns) {
  Shape shape(a.shape().begin(), a.shape().end() - 1);
  shape.push_back(columns);
  return shape;
}

/// C = sum over k of column k of A times row k of B. `A` and `B` may be transposed views.
template <class T, class A, class B>
void outer_products(const A& a, const B& b, T* out) {
  Eigen::Map<Matrix<T>> c(out, a.rows(), b.cols());
  c.setZero();
  for (Eigen::Index k = 0; k < a.cols(); ++k) c.noalias() += a.col(k) * b.row(k);
}

/// Runs `product` in f32 for the half types and in the operands' own dtype otherwise.
template <class Product>
Tensor in_wide(const char* name, const Tensor& a, const Tensor& b, Product product) {
  require_same(name, a.dtype(), b.dtype());
  require_float(name, a.dtype());
  if (a.dtype() == DType::f16 || a.dtype() == DType::bf16) {
    return product(a.cast(DType::f32), b.cast(DType::f32), static_cast<float*>(nullptr))
        .cast(a.dtype());
  }
  if (a.dtype() == DType::f32) return product(a, b, static_cast<float*>(nullptr));
  return product(a, b, static_cast<double*>(nullptr));
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b) {
  const Extents left = as_matrix("matmul", a);
  const Extents right = as_matrix("matmul", b);
  if (b.rank() != 2 || left.columns != right.rows) mismatch("matmul", a, b);
  return in_wide("matmul", a, b, [&]<class T>(const Tensor& x, const Tensor& y, T*) {
    Tensor out = Tensor::uninitialized(x.dtype(), joined(a, right.columns));
    outer_products(ConstMap<T>(x.as<T>().data(), left.rows, left.columns),
                   ConstMap<T>(y.as<T>().data(), right.rows, right.columns), out.as<T>().data());
    return out;
  });
}

Tensor matmul_tn(const Tensor& a, const Tensor& b) {
  const Extents left = as_matrix("matmul_tn", a);
  const Extents right = as_matrix("matmul_tn", b);
  if (left.rows != right.rows) mismatch("matmul_tn", a, b);
  return in_wide("matmul_tn", a, b, [&]<class T>(const Tensor& x, const Tensor& y, T*) {
    Tensor out = Tensor::uninitialized(x.dtype(), {left.columns, right.columns});
    outer_products(ConstMap<T>(x.as<T>().data(), left.rows, left.columns).transpose(),
                   ConstMap<T>(y.as<T>().data(), right.rows, right.columns), out.as<T>().data());
    return out;
  });
}

Tensor matmul_nt(const Tensor& a, const Tensor& b) {
  const Extents left = as_matrix("matmul_nt", a);
  const Extents right = as_matrix("matmul_nt", b);
  if (b.rank() != 2 || left.columns != right.columns) mismatch("matmul_nt", a, b);
  return in_wide("matmul_nt", a, b, [&]<class T>(const Tensor& x, const Tensor& y, T*) {
    Tensor out = Tensor::uninitialized(x.dtype(), joined(a, right.rows));
    outer_products(ConstMap<T>(x.as<T>().data(), left.rows, left.columns),
                   ConstMap<T>(y.as<T>().data(), right.rows, right.columns).transpose(),
                   out.as<T>().data());
    return out;
  });
}

}  // namespace seedproof::ops
