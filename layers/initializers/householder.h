// A thin QR decomposition in one fixed order of operations. Internal.
#pragma once

#include <cstddef>
#include <vector>

namespace seedproof::initializers {

/// Column-major matrix of doubles.
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;  // rows * columns

  double* column(std::size_t index) { return values.data() + index * rows; }
  const double* column(std::size_t index) const { return values.data() + index * rows; }
};

struct ThinQr {
  Matrix q;                      // rows x columns, orthonormal columns
  std::vector<double> diagonal;  // of r
};

/// rows >= columns. Householder reflections, left to right, sums in ascending order: the result
/// does not depend on the target. LAPACK's convention: diag(r) has the opposite sign of the pivot.
ThinQr thin_qr(Matrix a);

}  // namespace seedproof::initializers
