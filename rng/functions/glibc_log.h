// glibc's double log since 2.28 (the algorithm of Arm Optimized Routines, 128 entries), in the two
// variants that differ in last places. The order of operations in the fused one is that of Debian
// 12's build; it was read off and compared with it.
#pragma once

#include <bit>
#include <cstdint>

#include <seedproof/rng/functions/glibc_log_table.h>
#include <seedproof/rng/functions/glibc_variant.h>

namespace seedproof::glibc {
namespace detail {

/// log(x) for x in [1 - 2^-4, 1 + 0x1.09p-4), where the table would lose relative accuracy.
template <Variant V>
[[gnu::always_inline]] inline double log_near_one(double x) {
  constexpr double kB[11] = {-0.5,
                             0x1.5555555555577p-2,
                             -0x1.ffffffffffdcbp-3,
                             0x1.999999995dd0cp-3,
                             -0x1.55555556745a7p-3,
                             0x1.24924a344de3p-3,
                             -0x1.fffffa4423d65p-4,
                             0x1.c7184282ad6cap-4,
                             -0x1.999eb43b068ffp-4,
                             0x1.78182f7afd085p-4,
                             -0x1.5521375d145cdp-4};
  const double r = x - 1.0;
  const double r2 = r * r;
  const double r3 = r * r2;
  const double low = multiply_add<V>(r2, kB[3], multiply_add<V>(r, kB[2], kB[1]));
  const double mid = multiply_add<V>(r2, kB[6], multiply_add<V>(r, kB[5], kB[4]));
  double p = multiply_add<V>(r2, kB[9], multiply_add<V>(r, kB[8], kB[7]));
  p = multiply_add<V>(r3, kB[10], p);
  p = multiply_add<V>(r3, p, mid);
  p = multiply_add<V>(r3, p, low);
  // r - r^2/2 in two doubles; r_high keeps 26 bits of r, so its square is exact.
  const double r_high = multiply_add<V>(-0x1p27, r, multiply_add<V>(r, 0x1p27, r));
  const double r_low = r - r_high;
  const double square = r_high * r_high;
  const double high = multiply_add<V>(square, kB[0], r);
  double rest = multiply_add<V>(square, kB[0], r - high);
  rest = multiply_add<V>(kB[0] * r_low, r_high + r, rest);
  return multiply_add<V>(r3, p, rest) + high;
}

}  // namespace detail

/// Natural logarithm. x: positive, normal, finite.
template <Variant V>
[[gnu::always_inline]] inline double log(double x) {
  constexpr double kLn2High = 0x1.62e42fefa38p-1;
  constexpr double kLn2Low = 0x1.ef35793c7673p-45;
  constexpr double kA[5] = {-0x1.0000000000001p-1, 0x1.555555551305bp-2, -0x1.fffffffeb459p-3,
                            0x1.999b324f10111p-3, -0x1.55575e506c89fp-3};
  constexpr std::uint64_t kNearOne = std::bit_cast<std::uint64_t>(1.0 - 0x1p-4);
  constexpr std::uint64_t kNearOneEnd = std::bit_cast<std::uint64_t>(1.0 + 0x1.09p-4);
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  if (bits - kNearOne < kNearOneEnd - kNearOne) {
    return x == 1.0 ? 0.0 : detail::log_near_one<V>(x);
  }
  // x = 2^k z with z in [0x1.6p-1, 0x1.6p0).
  const std::uint64_t offset = bits - 0x3fe6000000000000u;
  const LogEntry& entry = kLogTable[(offset >> 45) & 127u];
  const double k = static_cast<double>(static_cast<std::int64_t>(offset) >> 52);
  const double z = std::bit_cast<double>(bits - (offset & 0xfff0000000000000u));
  const double r = V == Variant::fma ? std::fma(z, entry.invc, -1.0)
                                     : ((z - entry.c_high) - entry.c_low) * entry.invc;
  const double w = multiply_add<V>(k, kLn2High, entry.logc);
  const double high = w + r;
  const double low = multiply_add<V>(k, kLn2Low, (w - high) + r);
  const double r2 = r * r;
  const double p =
      multiply_add<V>(r2, multiply_add<V>(r, kA[4], kA[3]), multiply_add<V>(r, kA[2], kA[1]));
  return multiply_add<V>(r * r2, p, multiply_add<V>(r2, kA[0], low)) + high;
}

}  // namespace seedproof::glibc
