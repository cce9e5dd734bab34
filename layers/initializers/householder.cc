#include <cmath>

#include <seedproof/layers/initializers/householder.h>

namespace seedproof::initializers {
namespace {

double dot(const double* a, const double* b, std::size_t begin, std::size_t end) {
  double sum = 0.0;
  for (std::size_t i = begin; i < end; ++i) sum += a[i] * b[i];
  return sum;
}

/// column -= tau * (v . column) * v over rows [begin, end).
void reflect(const double* v, double tau, double* column, std::size_t begin, std::size_t end) {
  const double factor = tau * dot(v, column, begin, end);
  for (std::size_t i = begin; i < end; ++i) column[i] -= factor * v[i];
}

}  // namespace

ThinQr thin_qr(Matrix a) {
  const std::size_t rows = a.rows;
  const std::size_t columns = a.columns;
  ThinQr out;
  out.diagonal.assign(columns, 0.0);
  std::vector<double> taus(columns, 0.0);  // 0: no reflection, for a column that is already zero

  for (std::size_t k = 0; k < columns; ++k) {
    double* v = a.column(k);
    const double norm = std::sqrt(dot(v, v, k, rows));
    if (norm == 0.0) continue;
    const double pivot = v[k];
    const double beta = pivot < 0.0 ? norm : -norm;
    out.diagonal[k] = beta;
    v[k] = pivot - beta;  // no cancellation: the signs differ
    taus[k] = 2.0 / dot(v, v, k, rows);
    for (std::size_t j = k + 1; j < columns; ++j) reflect(v, taus[k], a.column(j), k, rows);
  }

  out.q = {rows, columns, std::vector<double>(rows * columns, 0.0)};
  for (std::size_t j = 0; j < columns; ++j) out.q.column(j)[j] = 1.0;
  for (std::size_t k = columns; k-- > 0;) {
    if (taus[k] == 0.0) continue;
    for (std::size_t j = k; j < columns; ++j)
      reflect(a.column(k), taus[k], out.q.column(j), k, rows);
  }
  return out;
}

}  // namespace seedproof::initializers
