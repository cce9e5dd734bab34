// glibc's logf since 2.28 (the algorithm of Arm Optimized Routines, 16 entries, cubic in double).
// Its fused and its plain build give the same floats, so one sequence of operations serves both.
#pragma once

#include <bit>
#include <cstdint>

namespace seedproof::glibc {

struct LogfEntry {
  double invc, logc;
};

// clang-format off
inline constexpr LogfEntry kLogfTable[16] = {
    {0x1.661ec79f8f3bep0, -0x1.57bf7808caadep-2}, {0x1.571ed4aaf883dp0, -0x1.2bef0a7c06ddbp-2},
    {0x1.49539f0f010bp0, -0x1.01eae7f513a67p-2},  {0x1.3c995b0b80385p0, -0x1.b31d8a68224e9p-3},
    {0x1.30d190c8864a5p0, -0x1.6574f0ac07758p-3}, {0x1.25e227b0b8eap0, -0x1.1aa2bc79c81p-3},
    {0x1.1bb4a4a1a343fp0, -0x1.a4e76ce8c0e5ep-4}, {0x1.12358f08ae5bap0, -0x1.1973c5a611cccp-4},
    {0x1.0953f419900a7p0, -0x1.252f438e10c1ep-5}, {1.0, 0.0},
    {0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5}, {0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4},
    {0x1.b2036576afce6p-1, 0x1.526e57720db08p-3}, {0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3},
    {0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2}, {0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2},
};
// clang-format on

/// Natural logarithm. x: positive, normal, finite. No branch, so that a loop over it vectorises.
inline float logf(float x) {
  constexpr double kLn2 = 0x1.62e42fefa39efp-1;
  constexpr double kA0 = -0x1.00ea348b88334p-2;
  constexpr double kA1 = 0x1.5575b0be00b6ap-2;
  constexpr double kA2 = -0x1.ffffef20a4123p-2;
  // x = 2^k z with z in [0x1.66p-1, 0x1.66p0), and i the sixteenth of that range that holds z.
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t offset = bits - 0x3f330000u;
  const LogfEntry entry = kLogfTable[(offset >> 19) & 15u];
  const double k = static_cast<std::int32_t>(offset) >> 23;
  const double z = std::bit_cast<float>(bits - (offset & 0xff800000u));
  const double r = z * entry.invc - 1.0;
  const double y0 = entry.logc + k * kLn2;
  const double r2 = r * r;
  double y = kA1 * r + kA2;
  y = kA0 * r2 + y;
  y = y * r2 + (y0 + r);
  return static_cast<float>(y);
}

}  // namespace seedproof::glibc
