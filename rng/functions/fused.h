// Runs code that fuses explicitly (std::fma) on the processor's fused multiply-add where it has
// one, and through the C library's exact std::fma where not: the same bits, another speed. Nothing
// else may change: the library is compiled with contraction off.
#pragma once

namespace seedproof {

#if defined(__x86_64__) && defined(__GNUC__)

namespace detail {
template <class Body>
[[gnu::target("fma")]] void run_on_fma_unit(const Body& body) {
  body();
}
}  // namespace detail

/// Calls body(), a callable without arguments whose operator() and callees are always inlined.
template <class Body>
void run_fused(const Body& body) {
  if (__builtin_cpu_supports("fma")) {
    detail::run_on_fma_unit(body);
  } else {
    body();
  }
}

#else

template <class Body>
void run_fused(const Body& body) {
  body();
}

#endif

}  // namespace seedproof
