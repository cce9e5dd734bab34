#include <cmath>
#include <cstddef>

#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/distributions/tf_box_muller.h>
#include <seedproof/rng/distributions/tf_element.h>
#include <seedproof/rng/distributions/tf_groups.h>
#include <seedproof/rng/distributions/tf_normal.h>
#include <seedproof/rng/distributions/tf_variant.h>

namespace seedproof::tf {
namespace {

constexpr std::uint64_t kBlocksOfElement = 64;  // 256 words are set aside for each element

// Takes the values that lie within (-2, 2) until the group is full; what is left of a pair is lost.
template <class T, std::size_t N, class Finish>
struct Group {
  std::span<T, N> to;
  const Finish& finish;
  std::size_t count = 0;

  bool full() const { return count == N; }
  template <class Value>
  [[gnu::always_inline]] void take(Value value) {
    if (!full() && std::fabs(value) < Value(2)) {
      to[count++] = finish(T(value));
    }
  }
  template <class Value>
  [[gnu::always_inline]] void take(const Pair<Value>& pair) {
    take(pair.sine);
    take(pair.cosine);
  }
};

template <class T, class Finish>
void fill_singles(const State& state, std::uint64_t first, std::span<T> out, const Finish& finish) {
  const Key<std::uint32_t, 2> key = key_of(state);
  fill_groups<4>(first, out, [&](std::uint64_t number, std::span<T, 4> to) {
    Group<T, 4, Finish> group{to, finish};
    for (std::uint64_t block = number * 4 * kBlocksOfElement; !group.full(); ++block) {
      const auto [a, b, c, d] = philox4x32(counter_at(state, block), key).words;
      group.take(box_muller(a, b));
      if (!group.full()) {
        group.take(box_muller(c, d));
      }
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
            out, [&](std::uint64_t number, std::span<double, 2> to) __attribute__((always_inline)) {
              Group<double, 2, Finish> group{to, finish};
              for (std::uint64_t block = number * 2 * kBlocksOfElement; !group.full(); ++block) {
                const auto [a, b, c, d] = philox4x32(counter_at(state, block), key).words;
                group.take(box_muller<v()>(a, b, c, d));
              }
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
void fill_standard_truncated_normal(const State& state, std::uint64_t first, std::span<T> out,
                                    glibc::Variant variant) {
  fill_finished(state, first, out, Same<T>{}, variant);
}

template <class T>
void fill_truncated_normal(const State& state, std::uint64_t first, std::span<T> out, double mean,
                           double stddev, glibc::Variant variant) {
  fill_finished(state, first, out, Affine<T>(parameter<T>(stddev), parameter<T>(mean)), variant);
}

#define SEEDPROOF_INSTANTIATE(T)                                                                 \
  template void fill_standard_truncated_normal(const State&, std::uint64_t, std::span<T>,        \
                                               glibc::Variant);                                  \
  template void fill_truncated_normal(const State&, std::uint64_t, std::span<T>, double, double, \
                                      glibc::Variant)
SEEDPROOF_INSTANTIATE(float);
SEEDPROOF_INSTANTIATE(double);
SEEDPROOF_INSTANTIATE(f16);
SEEDPROOF_INSTANTIATE(bf16);
#undef SEEDPROOF_INSTANTIATE

}  // namespace seedproof::tf
