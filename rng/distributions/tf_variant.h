// Runs a fill of doubles in the variant that a rule names.
#pragma once

#include <type_traits>

#include <seedproof/rng/functions/fused.h>
#include <seedproof/rng/functions/glibc_variant.h>

namespace seedproof::tf {

/// Calls body(std::integral_constant<Variant, V>{}), whose operator() is always inlined.
template <class Body>
void run_variant(glibc::Variant variant, const Body& body) {
  using glibc::Variant;
  if (variant == Variant::fma) {
    run_fused([&]() __attribute__((always_inline)) {
      body(std::integral_constant<Variant, Variant::fma>{});
    });
  } else {
    body(std::integral_constant<Variant, Variant::plain>{});
  }
}

}  // namespace seedproof::tf
