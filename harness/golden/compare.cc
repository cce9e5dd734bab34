#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include <seedproof/harness/golden/compare.h>
#include <seedproof/harness/golden/element.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// What one comparison allows.
struct Allowance {
  GoldenTolerance::Kind kind = GoldenTolerance::Kind::bit;
  std::uint64_t ulp = 0;
  const Tensor* bound = nullptr;
  double scale = 1;

  /// Largest absolute difference of element i; 0 without a usable bound.
  double bound_at(std::size_t i) const {
    if (bound == nullptr) return 0;
    const double value = bound->as<double>()[i] * scale;
    return std::isfinite(value) && value > 0 ? value : 0;
  }
};

bool is_strict(GoldenTier tier) { return tier <= GoldenTier::uniforms; }

Allowance allowance_of(const GoldenRow& row, const Evaluation& found) {
  using Kind = GoldenTolerance::Kind;
  Allowance out;
  if (is_strict(row.tier) || row.tolerance.kind == Kind::bit) return out;
  const int evaluator = std::clamp(found.ulp, 0, kMaxUlp);
  if (row.tolerance.kind == Kind::ulp) {
    const double asked = std::clamp(row.tolerance.value, 0.0, static_cast<double>(kMaxUlp));
    out.ulp = static_cast<std::uint64_t>(std::min(static_cast<int>(asked), evaluator));
  } else {
    out.ulp = static_cast<std::uint64_t>(evaluator);
    out.scale = std::clamp(row.tolerance.value, 0.0, 1.0);
    if (found.bound) out.bound = &*found.bound;
  }
  if (out.ulp != 0 || out.bound != nullptr) out.kind = row.tolerance.kind;
  return out;
}

void check_bound(const Evaluation& found) {
  if (!found.bound) return;
  if (found.bound->dtype() != DType::f64 || found.bound->shape() != found.value.shape()) {
    throw ValueError("bound of " + std::string(keras_name(found.bound->dtype())) + " " +
                     to_string(found.bound->shape()) + " for an array of shape " +
                     to_string(found.value.shape()));
  }
}

std::uint64_t integer_distance(DType dtype, std::uint64_t a, std::uint64_t b) {
  const bool is_signed = dtype >= DType::i8 && dtype <= DType::i64;
  if (!is_signed) return a > b ? a - b : b - a;
  const int shift = 64 - 8 * static_cast<int>(size_of(dtype));
  const auto x = static_cast<std::int64_t>(a << shift) >> shift;
  const auto y = static_cast<std::int64_t>(b << shift) >> shift;
  return x > y ? static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(y)
               : static_cast<std::uint64_t>(y) - static_cast<std::uint64_t>(x);
}

class Comparer {
 public:
  Comparer(const Tensor& expected, const Tensor& found, const Allowance& allowed)
      : expected_(expected), found_(found), allowed_(allowed) {}

  Comparison run() {
    out_.used = allowed_.kind;
    if (!same_type()) return out_;
    out_.elements = expected_.count();
    for (std::size_t i = 0; i < out_.elements; ++i) {
      const std::uint64_t a = element_bits(expected_, i);
      const std::uint64_t b = element_bits(found_, i);
      if (a != b) differ(i, a, b);
    }
    conclude();
    return out_;
  }

 private:
  bool same_type() {
    if (expected_.dtype() != found_.dtype()) {
      out_.reason = "dtype " + std::string(keras_name(found_.dtype())) + ", expected " +
                    std::string(keras_name(expected_.dtype()));
    } else if (expected_.shape() != found_.shape()) {
      out_.reason =
          "shape " + to_string(found_.shape()) + ", expected " + to_string(expected_.shape());
    } else {
      return true;
    }
    out_.agreement = Agreement::unequal;
    return false;
  }

  void differ(std::size_t i, std::uint64_t a, std::uint64_t b) {
    ++out_.differing;
    bool allowed = false;
    double severity = 0;
    if (is_float(expected_.dtype())) {
      allowed = float_allowed(i, a, b, severity);
    } else {
      const std::uint64_t distance = integer_distance(expected_.dtype(), a, b);
      count(distance);
      severity = static_cast<double>(distance);
    }
    if (!allowed) {
      if (out_.beyond++ == 0) first_ = i;
    } else if (out_.differing == 1) {
      first_ = i;
    }
    if (!worst_ || severity > worst_severity_) {
      worst_ = i;
      worst_severity_ = severity;
    }
  }

  /// Classifies a differing pair of floats; whether the tolerance allows it.
  bool float_allowed(std::size_t i, std::uint64_t a, std::uint64_t b, double& severity) {
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    const double x = expected_.at(i);
    const double y = found_.at(i);
    const bool tolerant = allowed_.kind != GoldenTolerance::Kind::bit;
    if (std::isnan(x) || std::isnan(y)) {
      const bool both = std::isnan(x) && std::isnan(y);
      ++(both ? out_.nan_payload : out_.nan_mismatch);
      severity = both ? 0 : kInfinite;
      return both && tolerant;
    }
    if (std::isinf(x) || std::isinf(y)) {
      ++out_.inf_mismatch;
      severity = kInfinite;
      return false;
    }
    const std::uint64_t distance = ulp_distance(expected_.dtype(), a, b);
    if (distance == 0) {
      ++out_.zero_sign;
      return tolerant;
    }
    count(distance);
    out_.max_ulp = std::max(out_.max_ulp, distance);
    severity = static_cast<double>(distance);
    const double bound = allowed_.bound_at(i);
    const double difference = std::abs(x - y);
    if (allowed_.bound != nullptr) severity = bound > 0 ? difference / bound : kInfinite;
    if (distance <= allowed_.ulp) return true;
    if (!(difference <= bound)) return false;
    out_.max_ratio = std::max(out_.max_ratio, difference / bound);
    return true;
  }

  void count(std::uint64_t distance) {
    const auto bucket = static_cast<std::size_t>(std::bit_width(distance - 1));
    ++out_.histogram[std::min(bucket, Comparison::kBuckets - 1)];
  }

  ElementPair pair(std::size_t i) const {
    return {i, index_text(expected_.shape(), i), element_text(expected_, i),
            element_text(found_, i)};
  }

  void conclude() {
    if (out_.differing == 0) return;
    out_.agreement = out_.beyond == 0 ? Agreement::within_bound : Agreement::unequal;
    out_.first = pair(first_);
    out_.worst = pair(*worst_);
    const std::string of = std::to_string(out_.elements) + " elements ";
    out_.reason = out_.beyond == 0
                      ? std::to_string(out_.differing) + " of " + of + "differ, all within bound"
                      : std::to_string(out_.beyond) + " of " + of +
                            (out_.beyond == 1 ? "differs" : "differ") +
                            (allowed_.kind == GoldenTolerance::Kind::bit ? "" : " beyond bound");
  }

  const Tensor& expected_;
  const Tensor& found_;
  const Allowance& allowed_;
  Comparison out_;
  std::size_t first_ = 0;
  std::optional<std::size_t> worst_;
  double worst_severity_ = 0;
};

}  // namespace

std::string_view to_string(Agreement agreement) {
  switch (agreement) {
    case Agreement::equal:
      return "equal";
    case Agreement::within_bound:
      return "within bound";
    case Agreement::unequal:
      break;
  }
  return "unequal";
}

std::uint64_t ulp_distance(DType dtype, std::uint64_t a, std::uint64_t b) {
  const std::uint64_t sign = std::uint64_t{1} << (8 * size_of(dtype) - 1);
  const std::uint64_t x = a & (sign - 1);
  const std::uint64_t y = b & (sign - 1);
  if ((a & sign) != (b & sign)) return x + y;
  return x > y ? x - y : y - x;
}

Comparison compare_golden(const GoldenRow& row, const Tensor& golden, const Evaluation& found) {
  check_bound(found);
  const Allowance allowed = allowance_of(row, found);
  return Comparer(golden, found.value, allowed).run();
}

Comparison compare_bits(const Tensor& expected, const Tensor& found) {
  const Allowance allowed;
  return Comparer(expected, found, allowed).run();
}

}  // namespace seedproof
