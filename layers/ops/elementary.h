// Elementary functions of layers as fixed sequences of IEEE operations in double: the same bits on
// every platform. sin, cos, exp and log are within 1 ULP of the true value, the others within 2.5,
// erf within 4. Internal: not installed.
#pragma once

namespace seedproof::ops::elementary {

double sin(double x);  // NaN for infinities
double cos(double x);
double exp(double x);
double expm1(double x);
double log(double x);  // -inf for zeros, NaN below
double log1p(double x);
double tanh(double x);
double sigmoid(double x);  // 1 / (1 + exp(-x))
double erf(double x);

}  // namespace seedproof::ops::elementary
