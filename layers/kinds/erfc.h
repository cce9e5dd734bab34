// The complementary error function, which GELU's left tail needs. Internal.
#pragma once

namespace seedproof::kinds {

/// 1 - erf(x) without cancellation: a fixed sequence of IEEE operations in double.
double erfc(double x);

}  // namespace seedproof::kinds
