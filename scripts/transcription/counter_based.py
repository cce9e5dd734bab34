"""Philox4x32-10 and Threefry4x32-20, from the paper (Salmon et al., SC 2011), in NumPy.

Counters and keys are sequences of words, word 0 first; words may be scalars or arrays.
"""

import numpy as np

MASK = 0xFFFFFFFF


def philox4x32(counter, key, rounds=10):
    """Four uint32 arrays: the block of each counter."""
    left = [np.atleast_1d(np.asarray(word, dtype=np.uint64)) for word in counter]
    keys = [np.atleast_1d(np.asarray(word, dtype=np.uint64)) for word in key]
    low = np.uint64(MASK)
    half = np.uint64(32)
    for step in range(rounds):
        a = left[0] * np.uint64(0xD2511F53)
        b = left[2] * np.uint64(0xCD9E8D57)
        # Each round sees the key raised by the Weyl constants once more.
        k0 = (keys[0] + np.uint64(step * 0x9E3779B9 & MASK)) & low
        k1 = (keys[1] + np.uint64(step * 0xBB67AE85 & MASK)) & low
        left = [(b >> half) ^ left[1] ^ k0, b & low, (a >> half) ^ left[3] ^ k1, a & low]
    return [word.astype(np.uint32) for word in left]


def philox_words(key, base, first, count):
    """Words first, first + 1, ... of a stream: word i is word i % 4 of the block base + i // 4,
    with base an integer below 2^128 and the counter modulo 2^128."""
    if count == 0:
        return np.empty(0, np.uint32)
    begin, end = first // 4, (first + count + 3) // 4
    counters = [(base + block) % 2**128 for block in range(begin, end)]
    words = [np.array([c >> 32 * i & MASK for c in counters], np.uint64) for i in range(4)]
    blocks = np.stack(philox4x32(words, key), axis=1).reshape(-1)
    return blocks[first - 4 * begin :][:count]


def threefry4x32(counter, key, rounds=20):
    """The block of one counter, as four Python integers."""
    rotations = [(10, 26), (11, 21), (13, 27), (23, 5), (6, 20), (17, 11), (25, 10), (18, 20)]
    parity = 0x1BD11BDA
    for word in key:
        parity ^= word
    schedule = list(key) + [parity]
    x = [(c + k) & MASK for c, k in zip(counter, key)]

    def mix(i, j, bits):
        x[i] = (x[i] + x[j]) & MASK
        x[j] = ((x[j] << bits | x[j] >> (32 - bits)) & MASK) ^ x[i]

    for step in range(rounds):
        first, second = rotations[step % 8]
        if step % 2 == 0:
            mix(0, 1, first)
            mix(2, 3, second)
        else:
            mix(0, 3, first)
            mix(2, 1, second)
        if step % 4 == 3:
            turn = step // 4 + 1
            x = [(x[i] + schedule[(turn + i) % 5] + (turn if i == 3 else 0)) & MASK for i in range(4)]
    return x
