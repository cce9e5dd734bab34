"""Inputs that anyone can recompute: lattices of exact fractions, different for each purpose."""

import numpy as np

from .book import shape_text

MODULUS = 1021  # a prime, so that small arrays hold no value twice
SHIFT = 510
DIVISOR = 256
MULTIPLIERS = {"x": 389, "g": 283, "t": 457}


def lattice(kind, index):
    return {
        "multiplier": MULTIPLIERS[kind],
        "offset": 37 + 211 * index,
        "modulus": MODULUS,
        "shift": SHIFT,
        "divisor": DIVISOR,
    }


def values(rule, shape, dtype):
    count = int(np.prod(shape, dtype=np.int64))
    residues = (np.arange(count) * rule["multiplier"] + rule["offset"]) % rule["modulus"]
    return ((residues - rule["shift"]) / rule["divisor"]).astype(dtype).reshape(shape)


def use(book, kind, index, shape, dtype="float32"):
    """Input number `index` of a kind ("x" input, "g" upstream gradient, "t" target) with its file.

    The values lie in [-510, 510] / 256, exact in float16 and wider.
    """
    rule = lattice(kind, index)
    array = values(rule, shape, dtype)
    name = f"inputs/{kind}{index}-{shape_text(shape)}"
    if name + ".npy" not in book.rows:
        book.add(name, array, "inputs", input=rule)
    return array, name + ".npy"
