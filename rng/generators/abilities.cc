#include <algorithm>

#include <seedproof/rng/generators/abilities.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

void check_rate(const Abilities& abilities, double rate) {
  const bool below = abilities.closed_rate ? rate <= 1.0 : rate < 1.0;
  if (rate >= 0.0 && below) return;
  throw ValueError("`rate` must be a float in the range [0, 1" +
                   std::string(abilities.closed_rate ? "]" : ")") +
                   ". Received: " + Distribution::keep_mask(rate).to_string());
}

// [low, high) of `integers` as the dtype can hold it; equal bounds mean the full range.
void check_integers(const Distribution& d, DType dtype) {
  if (d.low == d.high) return;
  if (d.low > d.high) throw ValueError("Need minval < maxval, got " + d.to_string());
  const auto bits = static_cast<int>(8 * size_of(dtype));
  const bool is_signed = dtype <= DType::i64;
  const std::int64_t most =
      bits == 64 ? INT64_MAX : (std::int64_t{1} << (is_signed ? bits - 1 : bits)) - 1;
  const std::int64_t least = is_signed ? (bits == 64 ? INT64_MIN : -most - 1) : 0;
  if (d.low < least || d.high - 1 > most) {
    throw ValueError(d.to_string() + " does not fit " + std::string(short_name(dtype)));
  }
}

}  // namespace

void Abilities::check(std::string_view generator, const Draw& draw) const {
  const DistributionKind kind = draw.distribution.kind;
  const auto who = [&] { return std::string(generator); };  // made for a refusal only
  if (!contains(distributions, kind)) {
    throw ValueError(who() + " has no distribution " + std::string(to_string(kind)));
  }
  if (!suits(kind, draw.dtype) || !contains(dtypes, draw.dtype)) {
    throw ValueError(who() + " has no " + std::string(to_string(kind)) + " of dtype " +
                     std::string(short_name(draw.dtype)));
  }
  if (!parts && !draw.region.whole()) {
    throw ValueError(who() + " draws whole tensors only, not a part of shape " +
                     seedproof::to_string(draw.region.shape));
  }
  if (kind == DistributionKind::keep_mask) check_rate(*this, draw.distribution.a);
  if (kind == DistributionKind::integers) check_integers(draw.distribution, draw.dtype);
}

std::vector<std::string> Abilities::distribution_names() const {
  std::vector<std::string> out;
  for (const DistributionKind kind : distributions) out.emplace_back(to_string(kind));
  return out;
}

std::vector<std::string> Abilities::dtype_names() const {
  std::vector<std::string> out;
  for (const DType dtype : dtypes) out.emplace_back(short_name(dtype));
  return out;
}

}  // namespace seedproof
