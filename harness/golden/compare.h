// Compares a recomputed array with a golden one, and says where and how they part.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <seedproof/harness/golden/manifest.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// Transcendentals outside the generator: no manifest and no evaluator gets more.
inline constexpr int kMaxUlp = 4;

/// What an evaluator made of a row, and how far arithmetic alone may carry it from the original.
struct Evaluation {
  Tensor value;
  /// Largest |value - golden| of each element that another order of the same sums explains
  /// (gamma_k |A||B|, propagated): f64, the shape of value. Absent: no sum or product is in it.
  std::optional<Tensor> bound;
  /// Allowed units in the last place of each element, [0, 4]: non-zero only where a
  /// transcendental function outside the generator made it, or the platform's libm a normal.
  int ulp = 0;
  std::optional<std::uint64_t> words_drawn;
  std::map<std::string, GoldenState> state_after;  // as in GoldenRow; may hold more layers
};

enum class Agreement : std::uint8_t { equal, within_bound, unequal };
std::string_view to_string(Agreement agreement);  // "equal", "within bound", "unequal"

/// One pair of elements, readable.
struct ElementPair {
  std::size_t flat = 0;
  std::string index;     // "[2, 0, 5]"
  std::string expected;  // "0.1 (0x1.99999ap-4, bits 0x3dcccccd)"
  std::string found;
};

struct Comparison {
  Agreement agreement = Agreement::equal;
  std::string reason;  // of unequal: "shape (3, 5), expected (5, 3)", "12 of 15 elements differ"
  std::size_t elements = 0;
  std::size_t differing = 0;         // by bits
  std::size_t beyond = 0;            // of these, beyond what is allowed
  std::optional<ElementPair> first;  // first beyond; first differing where none is beyond
  std::optional<ElementPair> worst;  // largest distance relative to what is allowed
  std::uint64_t max_ulp = 0;         // over pairs of finite floats; 0 for integers
  double max_ratio = 0;              // largest |difference| / bound where a bound was used
  /// Differing pairs by distance: 1, 2, 3-4, 5-8, ..., above 2^14, in ULP (integers: |difference|).
  static constexpr std::size_t kBuckets = 16;
  std::array<std::size_t, kBuckets> histogram{};
  // Classes of differing pairs.
  std::size_t nan_mismatch = 0;  // NaN on one side only
  std::size_t nan_payload = 0;   // NaN on both sides, other bits
  std::size_t inf_mismatch = 0;  // infinite on one side, or the other sign
  std::size_t zero_sign = 0;     // +0 against -0
  GoldenTolerance::Kind used = GoldenTolerance::Kind::bit;
};

/// Tolerance in force: the smaller of what the row asks for, what the evaluator allows and the
/// cap. Rows of tier inputs, words and uniforms are compared bit for bit whatever they ask for.
Comparison compare_golden(const GoldenRow& row, const Tensor& golden, const Evaluation& found);

/// Bit for bit, of any two arrays.
Comparison compare_bits(const Tensor& expected, const Tensor& found);

/// Distance in units in the last place of two floats (f16, bf16, f32, f64) given by their bits;
/// +0 and -0 are 0 apart, which bit equality still tells apart. Neither may be NaN.
std::uint64_t ulp_distance(DType dtype, std::uint64_t a, std::uint64_t b);

/// "0.1 (0x1.99999ap-4, bits 0x3dcccccd)"; integers "-3 (bits 0xfffffffd)"; bool "true".
std::string element_text(const Tensor& array, std::size_t flat);

/// Several lines: reason, first and worst element, histogram, classes. Ends with a line end.
std::string describe(const Comparison& comparison);

}  // namespace seedproof
