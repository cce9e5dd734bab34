// OrthogonalRegularizer: the mean |cosine| between the rows, or the columns, of a matrix.
#include <array>
#include <string>
#include <utility>

#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/regularizers/rules.h>

namespace seedproof::regularizers {
namespace {

constexpr double kEpsilon = 1e-7;  // keras.config.epsilon()
constexpr std::array<std::int64_t, 1> kColumns{1};

/// Rows of length one: x * min(1 / sqrt(sum x^2), 1 / epsilon).
struct Normalized {
  Tensor rows;
  Tensor inverse;  // (rows, 1)
};

Normalized normalize(const Tensor& x) {
  const Tensor squares = ops::sum(ops::square(x), kColumns, true);
  Tensor inverse = ops::minimum(ops::divide(1.0, ops::sqrt(squares)), 1.0 / kEpsilon);
  return {ops::multiply(x, inverse), std::move(inverse)};
}

/// rows x rows cosines, with a zero diagonal.
Tensor off_diagonal(const Tensor& rows) {
  Tensor product = ops::matmul_nt(rows, rows);
  const auto size = static_cast<std::size_t>(product.shape()[0]);
  const std::size_t width = size_of(product.dtype());
  const Tensor zero(product.dtype(), {});
  for (std::size_t i = 0; i < size; ++i) {
    std::copy_n(zero.data(), width, product.data() + i * (size + 1) * width);
  }
  return product;
}

class Orthogonal final : public Regularizer {
 public:
  // Keras holds the factor as a float32 tensor.
  Orthogonal(double factor, std::string mode)
      : factor_(static_cast<float>(factor)), mode_(std::move(mode)) {}
  std::string_view class_name() const override { return "OrthogonalRegularizer"; }

  Tensor loss(const Tensor& value) const override {
    const Tensor x = rows_of(value);
    const Tensor total = ops::sum(ops::abs(off_diagonal(normalize(x).rows)));
    return ops::divide(ops::multiply(total, factor_ * 0.5), pairs(x));
  }

  Tensor gradient(const Tensor& value) const override {
    const Tensor x = rows_of(value);
    const auto [rows, inverse] = normalize(x);
    // The product is symmetric, so both factors of rows * rows^T contribute alike.
    const Tensor upstream =
        ops::multiply(ops::sign(off_diagonal(rows)), factor_ * 0.5 / pairs(x) * 2.0);
    const Tensor along = ops::matmul(upstream, rows);
    // Where the norm is cut off at epsilon, the scale is a constant.
    const Tensor inner = ops::sum(ops::multiply(rows, along), kColumns, true);
    const Tensor free = ops::where(ops::greater_equal(inverse, 1.0 / kEpsilon),
                                   Tensor(inner.dtype(), inner.shape()), inner);
    const Tensor out = ops::multiply(ops::subtract(along, ops::multiply(rows, free)), inverse);
    return mode_ == "rows" ? out : ops::transpose(out);
  }

  Config get_config() const override { return {{"factor", factor_}, {"mode", mode_}}; }

 private:
  Tensor rows_of(const Tensor& value) const {
    if (value.rank() != 2) {
      throw ValueError("Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape=" +
                       to_string(value.shape()));
    }
    return mode_ == "rows" ? value : ops::transpose(value);
  }
  /// Pairs of different rows; none of a single row, whose loss is NaN, as Keras's.
  static double pairs(const Tensor& x) {
    const auto size = static_cast<double>(x.shape()[0]);
    return size * (size - 1.0) / 2.0;
  }

  double factor_;
  std::string mode_;
};

}  // namespace

std::shared_ptr<const Regularizer> make_orthogonal(const Config& config) {
  ConfigReader reader("OrthogonalRegularizer", config);
  const double factor = read_factor(reader, "factor", 0.01);
  std::string mode = reader.text("mode", "rows");
  reader.finish();
  if (mode != "rows" && mode != "columns") {
    throw ValueError(
        "Invalid value for argument `mode`. Expected one of {\"rows\", \"columns\"}. Received: "
        "mode=" +
        mode);
  }
  return std::make_shared<Orthogonal>(factor, std::move(mode));
}

}  // namespace seedproof::regularizers
