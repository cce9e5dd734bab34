"""The `native` distribution rules, from the description in rng/distributions/native.h.

A source is a function (first word, count) -> uint32 array. draw() returns the bits that the rules
prescribe, as an array of unsigned integers or of the dtype itself.
"""

import numpy as np

from counter_based import philox4x32
from functions import log, normal_quantile, sincos_turns

INTEGERS = {"i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64}
INTEGERS.update({"u8": np.uint8, "u16": np.uint16, "u32": np.uint32, "u64": np.uint64})


def join(low, high):
    return high.astype(np.uint64) << np.uint64(32) | low.astype(np.uint64)


def bfloat16(x):
    """float32 to the 16 high bits, rounded to nearest even (finite numbers)."""
    bits = x.view(np.uint32).astype(np.uint64)
    return ((bits + np.uint64(0x7FFF) + (bits >> np.uint64(16) & np.uint64(1))) >> np.uint64(16)).astype(np.uint16)


def from_single(x, dtype):
    if dtype == "f32":
        return x
    with np.errstate(over="ignore", under="ignore"):
        return x.astype(np.float16) if dtype == "f16" else bfloat16(x)


def from_double(x, dtype):
    return x if dtype == "f64" else from_single(x.astype(np.float32), dtype)


def words(source, dtype, first, count):
    if dtype == "u32":
        return source(first, count)
    w = source(2 * first, 2 * count)
    return join(w[0::2], w[1::2])


def uniform(source, dtype, first, count, low, high):
    if dtype == "f64":
        real = np.float64
        unit = (words(source, "u64", first, count) >> np.uint64(11)).astype(real) / real(2**53)
    else:
        real = np.float32
        unit = (source(first, count) >> np.uint32(8)).astype(real) / real(2**24)
    low, high = real(low), real(high)
    x = low + unit * (high - low)
    if high > low:
        x[x >= high] = np.nextafter(high, low)
    return from_single(x, dtype) if real is np.float32 else x


def normal(source, dtype, first, count, mean, stddev):
    begin, end = first // 2, (first + count + 1) // 2
    if count == 0:
        end = begin
    w = source(4 * begin, 4 * (end - begin)).reshape(-1, 4)
    u = ((join(w[:, 0], w[:, 1]) >> np.uint64(11)) + np.uint64(1)).astype(np.float64) / 2.0**53
    t = (join(w[:, 2], w[:, 3]) >> np.uint64(11)).astype(np.float64) / 2.0**53
    radius = np.sqrt(-2.0 * log(u))
    sine, cosine = sincos_turns(t)
    z = np.stack([radius * cosine, radius * sine], axis=1).reshape(-1)[first - 2 * begin :][:count]
    return from_double(mean + stddev * z, dtype)


def truncated_normal(source, dtype, first, count, mean, stddev):
    k = words(source, "u64", first, count) >> np.uint64(12)
    centred = (k.astype(np.float64) + 0.5) / 2.0**52 - 0.5
    z = normal_quantile(centred * 0.9544997361036415856)
    z = np.minimum(np.maximum(z, -2.0), 2.0)
    return from_double(mean + stddev * z, dtype)


def keep_mask(source, dtype, first, count, rate):
    # word / 2^32 is exact in float64, so this is the rule as it is written.
    keep = source(first, count).astype(np.float64) / 2.0**32 >= rate
    if dtype == "bf16":
        return keep.astype(np.uint16) * np.uint16(0x3F80)
    kinds = {"bool": np.bool_, "f16": np.float16, "f32": np.float32, "f64": np.float64}
    return keep.astype(kinds.get(dtype) or INTEGERS[dtype])


def bounded(w, span):
    """A Python integer in [0, span) from four words; span 0 is 2^64."""
    w = [int(v) for v in w]
    x = w[0] + (w[1] << 32)
    span = span or 2**64
    attempt = 0
    while x * span % 2**64 < 2**64 % span:
        block = philox4x32([w[0], w[1], attempt, 0x65746E69], [w[2], w[3]])
        x = int(block[0][0]) + (int(block[1][0]) << 32)
        attempt += 1
    return x * span >> 64


def integers(source, dtype, first, count, low, high):
    if low == high:
        info = np.iinfo(INTEGERS[dtype])
        low, high = int(info.min), int(info.max) + 1
    w = source(4 * first, 4 * count).reshape(-1, 4)
    return np.array([low + bounded(row, high - low) for row in w], dtype=INTEGERS[dtype])


def permutation(source, dtype, first, count):
    out = list(range(count))
    for i, row in enumerate(source(0, 4 * count).reshape(-1, 4)):
        j = i + bounded(row, count - i)
        out[i], out[j] = out[j], out[i]
    return np.array(out, dtype=INTEGERS[dtype])


RULES = {
    "words": words,
    "uniform": uniform,
    "normal": normal,
    "truncated_normal": truncated_normal,
    "keep_mask": keep_mask,
    "integers": integers,
    "permutation": permutation,
}


def draw(kind, source, dtype, first, count, *parameters):
    return RULES[kind](source, dtype, first, count, *parameters)
