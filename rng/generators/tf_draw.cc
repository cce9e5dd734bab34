#include <span>
#include <string>
#include <utility>

#include <seedproof/rng/distributions/tf_fill.h>
#include <seedproof/rng/distributions/tf_shuffle.h>
#include <seedproof/rng/generators/tf_draw.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::uint64_t kWordsPerBlock = 4;
constexpr std::uint64_t kBlocksPerElement = 256;
constexpr std::uint64_t kMostRows = std::uint64_t{1} << 32;
// So that no product of words wraps.
constexpr std::uint64_t kMostElements = std::uint64_t{1} << 48;

void check_bounds(const Distribution& d, DType dtype, bool full_integers) {
  if (full_integers && d.low == d.high) return;
  if (dtype != DType::i32 && dtype != DType::i64) {
    throw ValueError("TensorFlow has no bounded integers of dtype " +
                     std::string(short_name(dtype)));
  }
  if (d.low >= d.high) throw ValueError("Need minval < maxval, got " + d.to_string());
  if (dtype == DType::i32 &&
      (!std::in_range<std::int32_t>(d.low) || !std::in_range<std::int32_t>(d.high))) {
    throw ValueError(d.to_string() + " does not fit int32");
  }
}

// tf.nn.dropout returns its input at rate 0, and draws nothing.
bool draws_nothing(const Distribution& d) {
  return d.kind == DistributionKind::keep_mask && d.a == 0.0;
}

std::uint64_t rounded_up(std::uint64_t count, std::uint64_t unit) {
  return count / unit + (count % unit == 0 ? 0 : 1);
}

std::uint64_t words_of_truncated(std::uint64_t count, DType dtype) {
  const std::uint64_t group = dtype == DType::f64 ? 2 : 4;
  return rounded_up(count, group) * group * kBlocksPerElement / 4 * kWordsPerBlock;
}

}  // namespace

void check_tf(const Abilities& abilities, std::string_view generator, const Draw& draw,
              bool full_integers) {
  abilities.check(generator, draw);
  const std::uint64_t count = draw.region.count();
  const DistributionKind kind = draw.distribution.kind;
  if (kind == DistributionKind::integers) {
    check_bounds(draw.distribution, draw.dtype, full_integers);
  }
  if (count >= kMostElements || (kind == DistributionKind::permutation && count >= kMostRows)) {
    throw ValueError(std::string(generator) + ": " + draw.distribution.to_string() + " of " +
                     std::to_string(count) + " elements is too large");
  }
}

void fill_tf(const PhiloxState& from, const Draw& draw, void* out) {
  const tf::State state{from.low, from.high, from.key};
  const Distribution& d = draw.distribution;
  const MutableView view{out, draw.dtype, draw.region.count()};
  switch (d.kind) {
    case DistributionKind::words:
      return tf::fill_full_integers(state, 0, view);
    case DistributionKind::uniform:
      return tf::fill_uniform(state, 0, view, d.a, d.b);
    case DistributionKind::normal:
      return tf::fill_normal(state, 0, view, d.a, d.b);
    case DistributionKind::truncated_normal:
      return tf::fill_truncated_normal(state, 0, view, d.a, d.b);
    case DistributionKind::keep_mask:
      return tf::fill_keep_mask(state, 0, view, d.a);
    case DistributionKind::integers:
      if (d.low == d.high) return tf::fill_full_integers(state, 0, view);
      return tf::fill_integers(state, 0, view, d.low, d.high);
    case DistributionKind::permutation:
      break;
  }
  tf::fill_shuffle_order(state, std::span(static_cast<std::int64_t*>(out), view.count));
}

void advance_tf(PhiloxState& state, const Draw& draw) {
  if (draws_nothing(draw.distribution)) return;
  const std::uint64_t count = draw.region.count();
  state.add(draw.distribution.kind == DistributionKind::permutation ? tf::shuffle_blocks(count)
                                                                    : kBlocksPerElement * count);
}

std::uint64_t words_of_tf(const Draw& draw) {
  if (draws_nothing(draw.distribution)) return 0;
  const std::uint64_t count = draw.region.count();
  const std::uint64_t wide = size_of(draw.dtype) == 8 ? 2 : 1;
  switch (draw.distribution.kind) {
    case DistributionKind::normal:
      return 2 * wide * rounded_up(count, 2);  // whole pairs
    case DistributionKind::truncated_normal:
      return words_of_truncated(count, draw.dtype);
    case DistributionKind::permutation:
      return count == 0 ? 0 : count - 1;
    default:
      return wide * count;
  }
}

}  // namespace seedproof
