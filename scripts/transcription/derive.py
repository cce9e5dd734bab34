"""The derivation of keys, from the description in rng/bits/derive_key.h."""

from counter_based import threefry4x32

MASK = 0xFFFFFFFF


def _words(data):
    data = data + bytes(-len(data) % 4)
    return [int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data), 4)]


def _text(data):
    return [4, len(data)] + _words(data)


def _integer(value):
    size = (abs(value).bit_length() + 31) // 32
    return [2, int(value < 0), size] + [abs(value) >> 32 * i & MASK for i in range(size)]


def seed_words(seed):
    """A seed as its text (rng/values/seed.h writes it), as words."""
    if seed == "ambient":
        return [0]
    if seed == "None":
        return [1]
    if seed.startswith("key:"):
        key = [int(word, 16) for word in seed[4:].split(",")]
        return [5] + [word >> shift & MASK for word in key for shift in (0, 32)]
    if seed.startswith("["):
        values = [int(v) for v in seed[1:-1].split(",") if v.strip()]
        out = [3, len(values)]
        for value in values:
            out += _integer(value)
        return out
    return _integer(int(seed))


def derive_key(root, path, purpose, layer):
    """Four words. Seeds as text, path and purpose as bytes."""
    message = seed_words(root) + _text(path) + _text(purpose) + seed_words(layer)
    length = len(message)
    message += [0] * (-(length + 1) % 4) + [length % 2**31 + 2**31]
    state = _words(b"seedproof/derive")
    for i in range(0, len(message), 4):
        block = message[i : i + 4]
        state = [a ^ b for a, b in zip(threefry4x32(block, state), block)]
    return state
