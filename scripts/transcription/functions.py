"""Logarithm, sine and cosine of turns, and the normal quantile, as sequences of float64
operations: the order of operations is that of the sources which rng/functions/native_*.h name."""

import numpy as np


def _polynomial(x, coefficients):
    """Horner's rule, the constant term first in the list."""
    total = np.full_like(x, coefficients[-1])
    for c in reversed(coefficients[:-1]):
        total = total * x + c
    return total


def log(x):
    """fdlibm's e_log.c: x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2), told by the high word."""
    mantissa, exponent = np.frexp(x)  # mantissa in [1/2, 1)
    high = (mantissa.view(np.uint64) >> np.uint64(32)).astype(np.int64)
    below = high < 0x3FE6A09E
    f = np.where(below, mantissa * 2.0, mantissa) - 1.0
    k = (exponent - below).astype(np.float64)
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * _polynomial(w, [3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01])
    odd = z * _polynomial(
        w,
        [6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01],
    )
    square = 0.5 * f * f
    total = s * (square + (odd + even)) + k * 1.90821492927058770002e-10
    return total - square + f + k * 6.93147180369123816490e-01


def sincos_turns(t):
    """sin and cos of 2 pi t, t in [0, 1): quarter turns taken off, then k_sin.c and k_cos.c."""
    quarter = np.floor(4.0 * t + 0.5)
    x = (t - 0.25 * quarter) * 6.283185307179586476925
    z = x * x
    w = z * z
    r = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * 2.75573137070700676789e-06)
    r = r + z * w * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)
    s = x + z * x * (-1.66666666666666324348e-01 + z * r)
    r = z * _polynomial(z, [4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05])
    r = r + w * w * _polynomial(
        z, [-2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11]
    )
    half = 0.5 * z
    most = 1.0 - half
    c = most + (((1.0 - most) - half) + z * r)
    turn = quarter.astype(np.int64) % 4
    return np.choose(turn, [s, c, -s, -c]), np.choose(turn, [c, -s, -c, s])


# Wichura, AS 241, PPND16: numerators and denominators of its three regions.
A = [3.3871328727963666080e0, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125]
A += [45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727]
B = [1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077]
B += [21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610]
C = [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504]
C += [1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4]
D = [1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550]
D += [0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9]
E = [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230]
E += [0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7]
F = [1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525]
F += [7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15]


def normal_quantile(q):
    """z with Phi(z) = 1/2 + q."""
    centre = 0.180625 - q * q
    inner = q * _polynomial(centre, A) / _polynomial(centre, B)
    r = np.sqrt(-log(0.5 - np.abs(q)))
    tail = _polynomial(r - 1.6, C) / _polynomial(r - 1.6, D)
    far = _polynomial(r - 5.0, E) / _polynomial(r - 5.0, F)
    outer = np.where(r <= 5.0, tail, far)
    return np.where(np.abs(q) <= 0.425, inner, np.where(q < 0, -outer, outer))
