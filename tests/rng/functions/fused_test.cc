// The processor's fused multiply-add and the C library's give the same bits.
#include <bit>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/functions/fused.h>
#include <seedproof/rng/functions/glibc_log.h>
#include <seedproof/rng/functions/glibc_sincos.h>

namespace seedproof {
namespace {

TEST(RunFused, ChangesNoBit) {
  constexpr int kCount = 100003;
  std::vector<double> fast(3 * kCount);
  std::vector<double> plain(3 * kCount);
  const auto fill = [](std::vector<double> & out) __attribute__((always_inline)) {
    for (int i = 0; i < kCount; ++i) {
      const double x = (i + 0.5) / kCount;
      const glibc::SinCos turn = glibc::sincos<glibc::Variant::fma>(6.28 * x);
      out[static_cast<std::size_t>(3 * i)] = glibc::log<glibc::Variant::fma>(x);
      out[static_cast<std::size_t>(3 * i + 1)] = turn.sin;
      out[static_cast<std::size_t>(3 * i + 2)] = turn.cos;
    }
  };
  run_fused([&]() __attribute__((always_inline)) { fill(fast); });
  fill(plain);
  EXPECT_EQ(fast, plain);
}

}  // namespace
}  // namespace seedproof
