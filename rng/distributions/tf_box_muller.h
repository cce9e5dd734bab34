// TensorFlow's Box-Muller pairs (core/lib/random/random_distributions_utils.h), which call the
// platform's logf, sincosf, log and sincos: here glibc's, as fixed sequences of operations.
#pragma once

#include <cmath>
#include <cstdint>

#include <seedproof/rng/distributions/tf_element.h>
#include <seedproof/rng/functions/glibc_log.h>
#include <seedproof/rng/functions/glibc_logf.h>
#include <seedproof/rng/functions/glibc_sincos.h>
#include <seedproof/rng/functions/glibc_sincosf.h>

namespace seedproof::tf {

template <class T>
struct Pair {
  T sine, cosine;  // in the order in which they are handed out
};

inline constexpr double kTwoPi = 0x1.921fb54442d18p2;

/// Two words. The product with 2 pi is made in double and rounded once.
inline Pair<float> box_muller(std::uint32_t a, std::uint32_t b) {
  const float u = unit(a);
  const float v = static_cast<float>(kTwoPi * unit(b));
  const float r = std::sqrt(-2.0f * glibc::logf(u < 1e-7f ? 1e-7f : u));
  const glibc::SinCosF turn = glibc::sincosf(v);
  return {turn.sin * r, turn.cos * r};
}

/// Four words.
template <glibc::Variant V>
[[gnu::always_inline]] inline Pair<double> box_muller(std::uint32_t a, std::uint32_t b,
                                                      std::uint32_t c, std::uint32_t d) {
  const double u = unit(a, b);
  const double v = kTwoPi * unit(c, d);
  const double r = std::sqrt(-2.0 * glibc::log<V>(u < 1e-7 ? 1e-7 : u));
  const glibc::SinCos turn = glibc::sincos<V>(v);
  return {turn.sin * r, turn.cos * r};
}

}  // namespace seedproof::tf
