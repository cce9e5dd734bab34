#include <cstddef>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/distributions/tf_box_muller.h>
#include <seedproof/rng/distributions/tf_element.h>
#include <seedproof/rng/distributions/tf_groups.h>
#include <seedproof/rng/distributions/tf_normal.h>
#include <seedproof/rng/distributions/tf_variant.h>

namespace seedproof::tf {
namespace {

// float, and f16 and bf16, which round the floats.
template <class T, class Finish>
void fill_singles(const State& state, std::uint64_t first, std::span<T> out, const Finish& finish) {
  const Key<std::uint32_t, 2> key = key_of(state);
  fill_groups<4>(first, out, [&](std::uint64_t group, std::span<T, 4> to) {
    const auto words = philox4x32(counter_at(state, group), key).words;
    for (std::size_t i = 0; i < 4; i += 2) {
      const Pair<float> pair = box_muller(words[i], words[i + 1]);
      to[i] = finish(T(pair.sine));
      to[i + 1] = finish(T(pair.cosine));
    }
  });
}

template <class Finish>
void fill_doubles(const State& state, std::uint64_t first, std::span<double> out,
                  const Finish& finish, glibc::Variant variant) {
  const Key<std::uint32_t, 2> key = key_of(state);
  run_variant(
      variant, [&](auto v) __attribute__((always_inline)) {
        fill_groups<2>(
            first,
            out, [&](std::uint64_t group, std::span<double, 2> to) __attribute__((always_inline)) {
              const auto [a, b, c, d] = philox4x32(counter_at(state, group), key).words;
              const Pair<double> pair = box_muller<v()>(a, b, c, d);
              to[0] = finish(pair.sine);
              to[1] = finish(pair.cosine);
            });
      });
}

template <class T, class Finish>
void fill_finished(const State& state, std::uint64_t first, std::span<T> out, const Finish& finish,
                   glibc::Variant variant) {
  if constexpr (sizeof(T) == 8) {
    fill_doubles(state, first, out, finish, variant);
  } else {
    fill_singles(state, first, out, finish);
  }
}

}  // namespace

template <class T>
void fill_standard_normal(const State& state, std::uint64_t first, std::span<T> out,
                          glibc::Variant variant) {
  fill_finished(state, first, out, Same<T>{}, variant);
}

template <class T>
void fill_normal(const State& state, std::uint64_t first, std::span<T> out, double mean,
                 double stddev, glibc::Variant variant) {
  fill_finished(state, first, out, Affine<T>(parameter<T>(stddev), parameter<T>(mean)), variant);
}

#define SEEDPROOF_INSTANTIATE(T)                                                                 \
  template void fill_standard_normal(const State&, std::uint64_t, std::span<T>, glibc::Variant); \
  template void fill_normal(const State&, std::uint64_t, std::span<T>, double, double,           \
                            glibc::Variant)
SEEDPROOF_INSTANTIATE(float);
SEEDPROOF_INSTANTIATE(double);
SEEDPROOF_INSTANTIATE(f16);
SEEDPROOF_INSTANTIATE(bf16);
#undef SEEDPROOF_INSTANTIATE

}  // namespace seedproof::tf
