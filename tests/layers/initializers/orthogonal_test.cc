// Orthogonal by its defining properties: QR is compared by residual, never by bits.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/initializer.h>
#include <seedproof/layers/initializers/householder.h>
#include <seedproof/rng/values/error.h>

#include "tests/layers/initializers/draws.h"

namespace seedproof {
namespace {

using ::testing::HasSubstr;

ConfigValue orthogonal(double gain) {
  return Config{{"class_name", "Orthogonal"}, {"config", Config{{"gain", gain}, {"seed", 5}}}};
}

Tensor make(const Shape& shape, double gain, DType dtype = DType::f32) {
  auto opened = test::open("philox", 5);
  return make_initializer(orthogonal(gain))->make(shape, dtype, opened.stream.get());
}

/// Element (i, j) of the matrix whose shorter side is orthonormal, as rows of `tall`.
double at(const Tensor& tensor, std::size_t columns, std::size_t i, std::size_t j) {
  return tensor.at(i * columns + j);
}

TEST(Orthogonal, TheShorterSideIsOrthonormal) {
  struct Row {
    Shape shape;
    std::size_t rows;
    std::size_t columns;
  };
  for (const Row& row : {Row{{7, 4}, 7, 4}, Row{{4, 7}, 4, 7}, Row{{5, 5}, 5, 5},
                         Row{{2, 3, 2, 5}, 12, 5}, Row{{1, 3}, 1, 3}}) {
    const Tensor q = make(row.shape, 1.5);
    ASSERT_EQ(q.shape(), row.shape);
    const bool wide = row.rows < row.columns;
    const std::size_t count = wide ? row.rows : row.columns;
    const std::size_t length = wide ? row.columns : row.rows;
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; b < count; ++b) {
        double dot = 0.0;
        for (std::size_t k = 0; k < length; ++k) {
          dot += wide ? at(q, row.columns, a, k) * at(q, row.columns, b, k)
                      : at(q, row.columns, k, a) * at(q, row.columns, k, b);
        }
        EXPECT_NEAR(dot, a == b ? 2.25 : 0.0, 1e-6) << to_string(row.shape);
      }
    }
  }
}

TEST(Orthogonal, IsTheQOfTheDrawnMatrixWithAPositiveDiagonal) {
  for (const Shape& shape : {Shape{6, 4}, Shape{4, 6}}) {
    const Tensor q = make(shape, 1.0, DType::f64);
    auto twin = test::open("philox", 5);
    const Tensor a = test::drawn(*twin.stream, Distribution::normal(), {6, 4}, DType::f64);
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {  // r = q^T a is upper triangular
        double r = 0.0;
        for (std::size_t k = 0; k < 6; ++k) {
          r += (shape[0] == 6 ? at(q, 4, k, i) : at(q, 6, i, k)) * at(a, 4, k, j);
        }
        if (i > j) {
          EXPECT_NEAR(r, 0.0, 1e-14);
        } else if (i == j) {
          EXPECT_GT(r, 0.1);
        }
      }
    }
  }
}

TEST(Orthogonal, NeedsAMatrix) {
  try {
    make({5}, 1.0);
    FAIL() << "nothing was thrown";
  } catch (const ValueError& error) {
    EXPECT_THAT(error.what(), HasSubstr("shape=(5,) of rank 1"));
  }
  EXPECT_EQ(make({0, 3}, 1.0).count(), 0u);
}

TEST(ThinQr, SurvivesAZeroColumnAndRepeatedColumns) {
  using initializers::Matrix;
  const Matrix a{3, 2, {0, 0, 0, 1, 2, 2}};
  const auto qr = initializers::thin_qr(a);
  EXPECT_EQ(qr.diagonal[0], 0.0);
  for (const double value : qr.q.values) EXPECT_TRUE(std::isfinite(value));

  // 3-4-5: r = [[-5, -10]], and the second column depends on the first.
  const auto same = initializers::thin_qr(Matrix{2, 2, {3, 4, 6, 8}});
  EXPECT_NEAR(same.diagonal[0], -5.0, 1e-15);
  EXPECT_NEAR(same.diagonal[1], 0.0, 1e-14);
  EXPECT_NEAR(same.q.values[0], -0.6, 1e-15);
  EXPECT_NEAR(same.q.values[1], -0.8, 1e-15);
}

}  // namespace
}  // namespace seedproof
