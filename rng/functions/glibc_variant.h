// glibc compiles its double functions twice on x86-64 and takes the one with fused multiply-adds on
// a processor that has them (FMA and AVX2). The two differ in last places, so which one a stream
// was made with is a rule of that stream, never a property of the machine that reproduces it.
#pragma once

#include <cmath>

namespace seedproof::glibc {

enum class Variant {
  fma,   // processors with FMA: what TensorFlow prints on every x86-64 server of the last ten years
  plain  // every product and every sum rounded
};

/// a * b + c as the variant rounds it: once, or twice.
template <Variant V>
[[gnu::always_inline]] inline double multiply_add(double a, double b, double c) {
  if constexpr (V == Variant::fma) {
    return std::fma(a, b, c);
  } else {
    return a * b + c;
  }
}

}  // namespace seedproof::glibc
