#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <utility>

#include <seedproof/rng/distributions/native.h>
#include <seedproof/rng/distributions/native_parts.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::native {

namespace {

bool is_integer(DType dtype) { return dtype >= DType::i8 && dtype <= DType::u64; }

[[noreturn]] void refuse_dtype(const char* distribution, DType dtype) {
  throw ValueError(std::string(distribution) + " has no dtype " + std::string(short_name(dtype)));
}

[[noreturn]] void refuse(const char* distribution, const char* parameter, const std::string& value,
                         const char* wanted) {
  throw ValueError(std::string(distribution) + ": " + parameter + " is " + value + ", not " +
                   wanted);
}

// Shortest text that reads back as the same double.
std::string text(double value) {
  char out[40];
  std::snprintf(out, sizeof out, "%.17g", value);
  return out;
}

void require_float(const char* distribution, DType dtype) {
  if (!is_float(dtype)) refuse_dtype(distribution, dtype);
}

void require_finite(const char* distribution, const char* parameter, double value) {
  if (!std::isfinite(value)) refuse(distribution, parameter, text(value), "a finite number");
}

void require_scale(const char* distribution, double mean, double stddev) {
  require_finite(distribution, "mean", mean);
  require_finite(distribution, "stddev", stddev);
  if (stddev < 0) refuse(distribution, "stddev", text(stddev), "0 or more");
}

template <class T>
void require_range(const Integers& integers) {
  if (integers.low == integers.high) return;
  constexpr auto kLow = std::numeric_limits<T>::min();
  constexpr auto kMost = std::numeric_limits<T>::max();
  if (std::cmp_less(integers.low, kLow)) {
    refuse("integers", "low", std::to_string(integers.low), "in the range of the dtype");
  }
  if (std::cmp_greater(integers.high - 1, kMost)) {
    refuse("integers", "high", std::to_string(integers.high), "in the range of the dtype");
  }
}

struct Validate {
  DType dtype;

  void operator()(const Words&) const {
    if (dtype != DType::u32 && dtype != DType::u64) refuse_dtype("words", dtype);
  }
  void operator()(const Uniform& uniform) const {
    require_float("uniform", dtype);
    require_finite("uniform", "low", uniform.low);
    require_finite("uniform", "high", uniform.high);
    if (uniform.high < uniform.low) {
      refuse("uniform", "high", text(uniform.high), "low or more");
    }
    const double width =
        dtype == DType::f64
            ? uniform.high - uniform.low
            : double{static_cast<float>(uniform.high) - static_cast<float>(uniform.low)};
    require_finite("uniform", "high - low", width);
  }
  void operator()(const Normal& normal) const {
    require_float("normal", dtype);
    require_scale("normal", normal.mean, normal.stddev);
  }
  void operator()(const TruncatedNormal& normal) const {
    require_float("truncated_normal", dtype);
    require_scale("truncated_normal", normal.mean, normal.stddev);
  }
  void operator()(const KeepMask& mask) const {
    if (!(mask.rate >= 0.0 && mask.rate <= 1.0)) {
      refuse("keep_mask", "rate", text(mask.rate), "in [0, 1]");
    }
  }
  void operator()(const Integers& integers) const {
    if (!is_integer(dtype)) refuse_dtype("integers", dtype);
    if (integers.high < integers.low) {
      refuse("integers", "high", std::to_string(integers.high), "low or more");
    }
    detail::visit_integer(dtype, [&]<class T>(T*) { require_range<T>(integers); });
  }
  void operator()(const Permutation&) const {
    if (!is_integer(dtype)) refuse_dtype("permutation", dtype);
  }
};

struct WordsPerElement {
  DType dtype;

  int operator()(const Words&) const { return dtype == DType::u64 ? 2 : 1; }
  int operator()(const Uniform&) const { return dtype == DType::f64 ? 2 : 1; }
  int operator()(const Normal&) const { return 2; }
  int operator()(const TruncatedNormal&) const { return 2; }
  int operator()(const KeepMask&) const { return 1; }
  int operator()(const Integers&) const { return 4; }
  int operator()(const Permutation&) const { return 4; }
};

// A permutation is one whole, and its numbers must fit.
void require_permutation(DType dtype, std::uint64_t first_element, std::uint64_t count) {
  if (first_element != 0) {
    refuse("permutation", "the first element", std::to_string(first_element), "0");
  }
  detail::visit_integer(dtype, [&]<class T>(T*) {
    if (count != 0 && count - 1 > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) {
      refuse("permutation", "the count", std::to_string(count), "in the range of the dtype");
    }
  });
}

}  // namespace

void validate(const Distribution& distribution, DType dtype) {
  std::visit(Validate{dtype}, distribution);
}

int words_per_element(const Distribution& distribution, DType dtype) {
  return std::visit(WordsPerElement{dtype}, distribution);
}

WordRange words_read(const Distribution& distribution, DType dtype, std::uint64_t first_element,
                     std::uint64_t count) {
  if (count == 0) return {};
  // A quarter of all words, so that no position, rounded up to a pair, leaves 64 bits.
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max() / 4 - 1;
  if (first_element > kMost || count > kMost - first_element) {
    throw ValueError("elements " + std::to_string(first_element) + " + " + std::to_string(count) +
                     " lie beyond the words that 64 bits count");
  }
  std::uint64_t begin = first_element;
  std::uint64_t end = first_element + count;
  if (std::holds_alternative<Normal>(distribution)) {
    begin -= begin % 2;
    end += end % 2;
  }
  const auto per = static_cast<std::uint64_t>(words_per_element(distribution, dtype));
  return {begin * per, (end - begin) * per};
}

void fill(WordSource& source, const Distribution& distribution, std::uint64_t first_element,
          MutableView out) {
  validate(distribution, out.dtype);
  if (std::holds_alternative<Permutation>(distribution)) {
    require_permutation(out.dtype, first_element, out.count);
  }
  words_read(distribution, out.dtype, first_element, out.count);
  std::visit([&](const auto& kind) { detail::fill(source, kind, first_element, out); },
             distribution);
}

}  // namespace seedproof::native
