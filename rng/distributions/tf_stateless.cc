#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/distributions/tf_integers.h>
#include <seedproof/rng/distributions/tf_stateless.h>

namespace seedproof::tf {

State scramble(std::int64_t a, std::int64_t b) {
  const State fixed{static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b),
                    0x02461e293ec8f720u};
  const auto [m0, m1, m2, m3] = philox4x32(counter_at(fixed, 0), key_of(fixed)).words;
  return {0, m2 | std::uint64_t{m3} << 32, m0 | std::uint64_t{m1} << 32};
}

template <class T>
std::array<T, 2> fold_in(std::int64_t a, std::int64_t b, T data) {
  std::array<T, 2> seed{T{}, data};
  fill_full_integers(scramble(a, b), 0, std::span<T>(seed).first(1));
  return seed;
}

template <class T>
void fill_split(T a, T b, std::span<T> out) {
  fill_full_integers(scramble(a, b), 0, out);
}

State keras3_state(const Integer& seed, const Integer& call) {
  constexpr std::uint64_t kModulus = 2147483646;
  return scramble(static_cast<std::int64_t>(seed.floor_mod(kModulus)),
                  static_cast<std::int64_t>(call.floor_mod(kModulus)));
}

template std::array<std::int32_t, 2> fold_in(std::int64_t, std::int64_t, std::int32_t);
template std::array<std::int64_t, 2> fold_in(std::int64_t, std::int64_t, std::int64_t);
template void fill_split(std::int32_t, std::int32_t, std::span<std::int32_t>);
template void fill_split(std::int64_t, std::int64_t, std::span<std::int64_t>);

}  // namespace seedproof::tf
