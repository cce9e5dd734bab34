#include <cstddef>
#include <string>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/distributions/tf_element.h>
#include <seedproof/rng/distributions/tf_groups.h>
#include <seedproof/rng/distributions/tf_uniform.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::tf {
namespace {

// One word an element; the low mantissa bits of T, exact in float.
template <class T>
T unit_of(std::uint32_t word) {
  if constexpr (sizeof(T) == 4) {
    return unit(word);
  } else {
    constexpr std::uint32_t kMask = std::is_same_v<T, f16> ? 0x3ffu : 0x7fu;
    return T(static_cast<float>(word & kMask) * (1.0f / static_cast<float>(kMask + 1)));
  }
}

template <class T, class Finish>
void fill_finished(const State& state, std::uint64_t first, std::span<T> out,
                   const Finish& finish) {
  const Key<std::uint32_t, 2> key = key_of(state);
  fill_groups<kGroup<T>>(first, out, [&](std::uint64_t group, std::span<T, kGroup<T>> to) {
    const auto words = philox4x32(counter_at(state, group), key).words;
    if constexpr (sizeof(T) == 8) {
      to[0] = finish(unit(words[0], words[1]));
      to[1] = finish(unit(words[2], words[3]));
    } else {
      for (std::size_t i = 0; i < 4; ++i) {
        to[i] = finish(unit_of<T>(words[i]));
      }
    }
  });
}

void require_rate(double rate) {
  if (!(rate >= 0.0 && rate < 1.0)) {
    throw ValueError("tf dropout: rate " + std::to_string(rate) + " is not in [0, 1)");
  }
}

}  // namespace

template <class T>
void fill_uniform(const State& state, std::uint64_t first, std::span<T> out) {
  fill_finished(state, first, out, Same<T>{});
}

template <class T>
void fill_uniform(const State& state, std::uint64_t first, std::span<T> out, double low,
                  double high) {
  const T offset = parameter<T>(low);
  const T width = T(widen(parameter<T>(high)) - widen(offset));
  fill_finished(state, first, out, Affine<T>(width, offset));
}

template <class T>
void fill_uniform_below(const State& state, std::uint64_t first, std::span<T> out, double high) {
  const Wide<T> factor = widen(parameter<T>(high));
  fill_finished(state, first, out, [factor](T u) { return T(widen(u) * factor); });
}

template <class T>
void fill_keep_mask(const State& state, std::uint64_t first, std::span<T> out, double rate) {
  require_rate(rate);
  const Wide<T> threshold = widen(parameter<T>(rate));
  fill_finished(state, first, out,
                [threshold](T u) { return T(widen(u) >= threshold ? 1.0f : 0.0f); });
}

template <class T>
T dropout_scale(double rate) {
  require_rate(rate);
  return parameter<T>(1.0 / (1.0 - rate));
}

#define SEEDPROOF_INSTANTIATE(T)                                                         \
  template void fill_uniform(const State&, std::uint64_t, std::span<T>);                 \
  template void fill_uniform(const State&, std::uint64_t, std::span<T>, double, double); \
  template void fill_uniform_below(const State&, std::uint64_t, std::span<T>, double);   \
  template void fill_keep_mask(const State&, std::uint64_t, std::span<T>, double);       \
  template T dropout_scale(double)
SEEDPROOF_INSTANTIATE(float);
SEEDPROOF_INSTANTIATE(double);
SEEDPROOF_INSTANTIATE(f16);
SEEDPROOF_INSTANTIATE(bf16);
#undef SEEDPROOF_INSTANTIATE

}  // namespace seedproof::tf
