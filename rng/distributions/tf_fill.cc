#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include <seedproof/rng/distributions/tf_fill.h>
#include <seedproof/rng/distributions/tf_integers.h>
#include <seedproof/rng/distributions/tf_normal.h>
#include <seedproof/rng/distributions/tf_uniform.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::tf {
namespace {

[[noreturn]] void refuse(const char* what, DType dtype) {
  throw TypeError(std::string("tf ") + what + ": no such op for " + std::string(short_name(dtype)));
}

// Calls fill(std::span<T>) where suits<T> holds for the view's type.
template <template <class> class Suits, class Fill>
void visit(const char* what, MutableView out, Fill&& fill) {
  visit_dtype(out.dtype, [&]<class T>(T*) {
    if constexpr (Suits<T>::value) {
      fill(std::span<T>(static_cast<T*>(out.data), out.count));
    } else {
      refuse(what, out.dtype);
    }
  });
}

template <class T>
using Float = std::bool_constant<std::is_floating_point_v<T> || std::is_same_v<T, f16> ||
                                 std::is_same_v<T, bf16>>;
template <class T>
using WholeWords = std::bool_constant<std::is_integral_v<T> && (sizeof(T) == 4 || sizeof(T) == 8)>;
template <class T>
using Bounded =
    std::bool_constant<std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t>>;

}  // namespace

void fill_uniform(const State& state, std::uint64_t first, MutableView out, double low,
                  double high) {
  visit<Float>("uniform", out, [&](auto to) { fill_uniform(state, first, to, low, high); });
}

void fill_uniform_below(const State& state, std::uint64_t first, MutableView out, double high) {
  visit<Float>("uniform", out, [&](auto to) { fill_uniform_below(state, first, to, high); });
}

void fill_keep_mask(const State& state, std::uint64_t first, MutableView out, double rate) {
  visit<Float>("dropout", out, [&](auto to) { fill_keep_mask(state, first, to, rate); });
}

void fill_normal(const State& state, std::uint64_t first, MutableView out, double mean,
                 double stddev, glibc::Variant variant) {
  visit<Float>("normal", out,
               [&](auto to) { fill_normal(state, first, to, mean, stddev, variant); });
}

void fill_truncated_normal(const State& state, std::uint64_t first, MutableView out, double mean,
                           double stddev, glibc::Variant variant) {
  visit<Float>("truncated normal", out,
               [&](auto to) { fill_truncated_normal(state, first, to, mean, stddev, variant); });
}

void fill_full_integers(const State& state, std::uint64_t first, MutableView out) {
  visit<WholeWords>("full integers", out, [&](auto to) { fill_full_integers(state, first, to); });
}

void fill_integers(const State& state, std::uint64_t first, MutableView out, std::int64_t low,
                   std::int64_t high) {
  visit<Bounded>("bounded integers", out, [&]<class T>(std::span<T> to) {
    if (!std::in_range<T>(low) || !std::in_range<T>(high)) {
      throw ValueError("tf integers: [" + std::to_string(low) + ", " + std::to_string(high) +
                       ") does not fit " + std::string(short_name(out.dtype)));
    }
    fill_integers(state, first, to, static_cast<T>(low), static_cast<T>(high));
  });
}

}  // namespace seedproof::tf
