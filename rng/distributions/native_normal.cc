// Normals by the `native` rules.
#include <cmath>

#include <seedproof/rng/distributions/native_parts.h>
#include <seedproof/rng/functions/native_log.h>
#include <seedproof/rng/functions/native_quantile.h>
#include <seedproof/rng/functions/native_sincos.h>
#include <seedproof/rng/rules/native_float.h>

namespace seedproof::native::detail {

namespace {

// Phi(2) - Phi(-2) = erf(sqrt(2)).
constexpr double kWithinTwo = 0.9544997361036415856;

struct Pair {
  double even;
  double odd;
};

Pair box_muller(std::span<const std::uint32_t, 4> words) {
  const double u = uniform_f64_positive(word64(words[0], words[1]));
  const double t = uniform_f64(word64(words[2], words[3]));
  const double r = std::sqrt(-2.0 * log(u));
  const SinCos turn = sincos_turns(t);
  return {r * turn.cos, r * turn.sin};
}

template <class T>
void fill_normal(WordSource& source, const Normal& normal, std::uint64_t first, T* out,
                 std::size_t count) {
  const std::uint64_t first_pair = first / 2;
  const std::size_t offset = static_cast<std::size_t>(first % 2);  // 1: starts at an odd element
  const std::uint64_t pairs = count == 0 ? 0 : (offset + count + 1) / 2;
  const auto scaled = [&](double z) { return narrowed<T>(normal.mean + normal.stddev * z); };
  for_each_group<4>(source, first_pair, pairs, [&](std::size_t pair, auto words) {
    const Pair z = box_muller(words);
    const std::size_t even = 2 * pair;  // counted from the first pair's even element
    if (even >= offset) out[even - offset] = scaled(z.even);
    if (even + 1 - offset < count) out[even + 1 - offset] = scaled(z.odd);
  });
}

template <class T>
void fill_truncated(WordSource& source, const TruncatedNormal& normal, std::uint64_t first, T* out,
                    std::size_t count) {
  for_each_group<2>(source, first, count, [&](std::size_t i, auto words) {
    const double centred = uniform_f64_centred(word64(words[0], words[1]));
    const double z = std::clamp(normal_quantile(centred * kWithinTwo), -2.0, 2.0);
    out[i] = narrowed<T>(normal.mean + normal.stddev * z);
  });
}

}  // namespace

void fill(WordSource& source, const Normal& normal, std::uint64_t first, MutableView out) {
  visit_float(out.dtype, [&]<class T>(T*) {
    fill_normal(source, normal, first, static_cast<T*>(out.data), out.count);
  });
}

void fill(WordSource& source, const TruncatedNormal& normal, std::uint64_t first, MutableView out) {
  visit_float(out.dtype, [&]<class T>(T*) {
    fill_truncated(source, normal, first, static_cast<T*>(out.data), out.count);
  });
}

}  // namespace seedproof::native::detail
