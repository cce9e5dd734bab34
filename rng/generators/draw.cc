#include <array>
#include <charconv>
#include <limits>

#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::array<std::string_view, 7> kNames = {
    "words", "uniform", "normal", "truncated_normal", "keep_mask", "integers", "permutation"};

// The shortest text that reads back as the same double.
std::string text_of(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string pair_text(std::string_view name, const std::string& a, const std::string& b) {
  return std::string(name) + "(" + a + ", " + b + ")";
}

}  // namespace

std::string_view to_string(DistributionKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

DistributionKind parse_distribution(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == text) return static_cast<DistributionKind>(i);
  }
  throw ValueError("unknown distribution '" + std::string(text) + "'");
}

bool suits(DistributionKind kind, DType dtype) {
  switch (kind) {
    case DistributionKind::words:
      return dtype == DType::u32 || dtype == DType::u64;
    case DistributionKind::uniform:
    case DistributionKind::normal:
    case DistributionKind::truncated_normal:
    case DistributionKind::keep_mask:
      return is_float(dtype);
    case DistributionKind::integers:
      return !is_float(dtype) && dtype != DType::boolean;
    case DistributionKind::permutation:
      break;
  }
  return dtype == DType::i64;
}

std::string Distribution::to_string() const {
  const std::string_view name = seedproof::to_string(kind);
  switch (kind) {
    case DistributionKind::words:
    case DistributionKind::permutation:
      return std::string(name);
    case DistributionKind::keep_mask:
      return std::string(name) + "(" + text_of(a) + ")";
    case DistributionKind::integers:
      return pair_text(name, std::to_string(low), std::to_string(high));
    case DistributionKind::uniform:
    case DistributionKind::normal:
    case DistributionKind::truncated_normal:
      break;
  }
  return pair_text(name, text_of(a), text_of(b));
}

std::size_t Region::global_count() const { return element_count(shape); }

std::size_t Region::row_count() const {
  return shape.empty() ? 1 : element_count(shape.subspan(1));
}

std::size_t Region::count() const {
  if (whole()) return global_count();
  const std::size_t rows =
      row_ids.empty() ? static_cast<std::size_t>(
                            (row_end == -1 ? (shape.empty() ? 1 : shape[0]) : row_end) - row_begin)
                      : row_ids.size();
  const std::size_t each = row_count();
  if (each != 0 && rows > std::numeric_limits<std::size_t>::max() / each) {
    throw ValueError("a region of " + std::to_string(rows) + " rows of " + std::to_string(each) +
                     " elements is too large");
  }
  return rows * each;
}

}  // namespace seedproof
