// What a layer asks of a stream: a whole tensor of one distribution, perhaps only some of its rows,
// perhaps finished on the way out.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

enum class DistributionKind : std::uint8_t {
  words,             // raw words of the bit generator, dtype u32 or u64
  uniform,           // [low, high), float dtypes
  normal,            // mean, stddev
  truncated_normal,  // mean + stddev * z, z a standard normal within (-2, 2)
  keep_mask,   // 1 with probability 1 - rate, else 0, in the draw's dtype; the framework's rule
  integers,    // [low, high), integer dtypes
  permutation  // a permutation of 0..count-1, dtype i64
};

std::string_view to_string(DistributionKind kind);
/// Throws ValueError naming `text`.
DistributionKind parse_distribution(std::string_view text);
/// Whether a distribution exists in a dtype at all: words in u32 and u64, floats for the
/// continuous ones and keep_mask, i8 to u64 for integers, i64 for permutations.
bool suits(DistributionKind kind, DType dtype);

/// A distribution and its parameters. Fields that a kind does not name are ignored by it.
struct Distribution {
  DistributionKind kind = DistributionKind::uniform;
  double a = 0.0;         // uniform: low; normal, truncated_normal: mean; keep_mask: rate
  double b = 1.0;         // uniform: high; normal, truncated_normal: stddev
  std::int64_t low = 0;   // integers
  std::int64_t high = 0;  // integers; low == high: the full range of the dtype

  static Distribution words() { return {DistributionKind::words}; }
  static Distribution uniform(double low = 0.0, double high = 1.0) {
    return {DistributionKind::uniform, low, high};
  }
  static Distribution normal(double mean = 0.0, double stddev = 1.0) {
    return {DistributionKind::normal, mean, stddev};
  }
  static Distribution truncated_normal(double mean = 0.0, double stddev = 1.0) {
    return {DistributionKind::truncated_normal, mean, stddev};
  }
  static Distribution keep_mask(double rate) { return {DistributionKind::keep_mask, rate, 0.0}; }
  static Distribution integers(std::int64_t low, std::int64_t high) {
    return {DistributionKind::integers, 0.0, 1.0, low, high};
  }
  static Distribution permutation() { return {DistributionKind::permutation}; }

  /// "uniform(-0.5, 0.5)", for ledgers and messages.
  std::string to_string() const;
  friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// The part of a tensor that is drawn. `shape` is the global one; by default all of it. Rows are
/// slices along axis 0. Only generators that promise batch or shard invariance accept a part.
struct Region {
  std::span<const std::int64_t> shape;
  std::int64_t row_begin = 0;
  std::int64_t row_end = -1;                // exclusive; -1: to the last row
  std::span<const std::int64_t> row_ids{};  // when not empty: identity of each row drawn

  bool whole() const { return row_begin == 0 && row_end == -1 && row_ids.empty(); }
  /// Elements of the global shape, and elements drawn.
  std::size_t global_count() const;
  std::size_t count() const;
  /// Elements of one row (all of a scalar).
  std::size_t row_count() const;
};

/// What is done to each number before it is stored, so that a layer needs no buffer of its own.
struct Epilogue {
  enum class Kind : std::uint8_t {
    none,
    greater,        // 1 if number > threshold, else 0
    greater_equal,  // 1 if number >= threshold, else 0
    add             // addend[i] + number
  };
  Kind kind = Kind::none;
  double threshold = 0.0;        // rounded to the draw's dtype before comparing
  const void* addend = nullptr;  // as many elements of the draw's dtype as are drawn

  static Epilogue greater(double threshold) { return {Kind::greater, threshold, nullptr}; }
  static Epilogue greater_equal(double threshold) {
    return {Kind::greater_equal, threshold, nullptr};
  }
  static Epilogue add(const void* addend) { return {Kind::add, 0.0, addend}; }
};

struct Draw {
  Distribution distribution;
  DType dtype = DType::f32;
  Region region;
  Epilogue epilogue{};
};

}  // namespace seedproof
