// Orthogonal: the Q of a normal matrix. The QR is made in double and rounded once, so that it lies
// within the error of any framework's float one; it is compared with theirs by residual, never by
// bits. With the signs of diag(r) taken out, Q is unique.
#include <algorithm>
#include <string>
#include <utility>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/initializers/householder.h>
#include <seedproof/layers/initializers/random_initializer.h>
#include <seedproof/layers/initializers/rules.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof::initializers {
namespace {

Matrix column_major(const Tensor& rows_first) {
  Matrix out;
  out.rows = static_cast<std::size_t>(rows_first.shape()[0]);
  out.columns = static_cast<std::size_t>(rows_first.shape()[1]);
  const Tensor wide = rows_first.cast(DType::f64);
  const auto values = wide.as<double>();
  out.values.resize(values.size());
  for (std::size_t i = 0; i < out.rows; ++i) {
    for (std::size_t j = 0; j < out.columns; ++j) out.column(j)[i] = values[i * out.columns + j];
  }
  return out;
}

double sign(double value) { return value > 0.0 ? 1.0 : value < 0.0 ? -1.0 : 0.0; }

class Orthogonal final : public RandomInitializer {
 public:
  Orthogonal(std::string_view name, double gain, Seed seed)
      : RandomInitializer(name, std::move(seed)), gain_(gain) {}

  Tensor make(const Shape& shape, DType dtype, Stream* stream) const override {
    if (shape.size() < 2) {
      throw ValueError(
          "The tensor to initialize must be at least two-dimensional. Received: shape=" +
          to_string(shape) + " of rank " + std::to_string(shape.size()) + ".");
    }
    const auto rows = static_cast<std::int64_t>(
        element_count(std::span<const std::int64_t>(shape).first(shape.size() - 1)));
    const std::int64_t columns = shape.back();
    const Tensor normal = draw(Distribution::normal(),
                               {std::max(rows, columns), std::min(rows, columns)}, dtype, stream);
    const ThinQr qr = thin_qr(column_major(normal));

    Tensor out(DType::f64, shape);
    const auto values = out.as<double>();
    const bool wide = rows < columns;  // then Q is transposed
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) {
      for (std::size_t j = 0; j < static_cast<std::size_t>(columns); ++j) {
        const std::size_t reflected = wide ? i : j;
        values[i * static_cast<std::size_t>(columns) + j] =
            qr.q.column(reflected)[wide ? j : i] * sign(qr.diagonal[reflected]);
      }
    }
    return ops::multiply(out.cast(dtype), gain_);
  }

  Config get_config() const override { return {{"seed", seed()}, {"gain", gain_}}; }

 private:
  double gain_;
};

}  // namespace

Made make_orthogonal(std::string_view name, const Config& config) {
  ConfigReader reader(name, config);
  const double gain = reader.number("gain", 1.0);
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<Orthogonal>(name, gain, std::move(seed));
}

}  // namespace seedproof::initializers
