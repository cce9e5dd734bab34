"""tf.random.set_seed and the global operations, run eagerly: unseeded, op-seeded, interleaved."""

import tensorflow as tf

from .book import seed_text, shape_text
from .tensorflow_generator import real, tier_of

GENERATOR = "tf-global"

# Global seeds: small, negative, above 2^31, above 2^32, above 2^64.
SEEDS = {
    "0": 0,
    "7": 7,
    "minus5": -5,
    "2p31plus9": 2**31 + 9,
    "wraps": 3 * (2**31 - 1) + 4,
    "2p70plus1": 2**70 + 1,
}

STANDARD = ("normal", 0.0, 1.0)

# (op seed or None, draw, dtype, shape), all in one program after one set_seed. Operations without
# an op seed take the next one of the global sequence. Equal operations with equal op seeds share
# one kernel, which continues; another operation or dtype with the same op seed starts anew.
PROGRAM = (
    (None, real(*STANDARD), "float32", (7,)),
    (None, real("uniform", 0.0, 1.0), "float32", (5, 3)),
    (5, real(*STANDARD), "float32", (5, 3)),
    (None, {"kind": "permutation"}, "int64", (13,)),
    (5, real(*STANDARD), "float32", (5, 3)),
    (5, real("uniform", -0.5, 2.5), "float32", (7,)),
    (None, {"kind": "keep_mask", "rate": 0.3}, "float32", (5, 7)),
    (None, real("truncated_normal", 0.2, 1.5), "float32", (2, 3, 5, 1)),
    (None, {"kind": "integers", "low": -3, "high": 12}, "int32", (11,)),
    (5, real(*STANDARD), "float64", (5,)),
    (5, real(*STANDARD), "float32", (2, 3)),
    (-2, {"kind": "keep_mask", "rate": 0.7}, "float32", (3, 11)),
    (-2, {"kind": "keep_mask", "rate": 0.7}, "float32", (3, 11)),
    (None, real(*STANDARD), "float64", (3, 5)),
    (None, real("uniform", -1.0, 3.0), "bfloat16", (3, 5)),
    (None, real(*STANDARD), "float16", (5, 3)),
    (9, {"kind": "permutation"}, "int64", (9,)),
    (9, {"kind": "permutation"}, "int64", (9,)),
    (2**40 + 3, real("uniform", 0.0, 1.0), "float32", (9,)),
    (None, {"kind": "integers", "low": 10**10, "high": 10**12}, "int64", (5,)),
    (None, real(*STANDARD), "float32", (3, 3, 3, 2)),
)


def take(op_seed, draw, dtype, shape):
    """One global operation."""
    kind = draw["kind"]
    if kind == "uniform":
        return tf.random.uniform(shape, draw["low"], draw["high"], dtype=dtype, seed=op_seed)
    if kind == "normal":
        return tf.random.normal(shape, draw["mean"], draw["stddev"], dtype=dtype, seed=op_seed)
    if kind == "truncated_normal":
        return tf.random.truncated_normal(
            shape, draw["mean"], draw["stddev"], dtype=dtype, seed=op_seed
        )
    if kind == "integers":
        return tf.random.uniform(shape, draw["low"], draw["high"], dtype=dtype, seed=op_seed)
    if kind == "permutation":
        return tf.random.shuffle(tf.range(shape[0], dtype=dtype), seed=op_seed)
    if kind == "keep_mask":
        kept = tf.nn.dropout(tf.ones(shape, dtype), draw["rate"], seed=op_seed)
        return tf.cast(kept != 0, dtype)
    raise ValueError(f"no draw of kind {kind!r}")


def make_program(book, seed_name, seed, program):
    """Runs a program under a global seed."""
    tf.random.set_seed(seed)
    before = {}
    for place, (op_seed, draw, dtype, shape) in enumerate(program):
        array = take(op_seed, draw, dtype, shape).numpy()
        earlier = before.setdefault(op_seed, [])
        label = "unseeded" if op_seed is None else f"op{op_seed}".replace("-", "minus")
        book.add(
            f"tf-global/seed-{seed_name}/{place:02d}-{draw['kind']}-{dtype}-{label}"
            f"-{shape_text(shape)}",
            array,
            tier_of(draw["kind"]),
            generator=GENERATOR,
            options=None if op_seed is None else {"op_seed": op_seed},
            seed=seed_text(seed),
            draw=draw,
            call=len(earlier),
            before=list(earlier) or None,
        )
        earlier.append({"draw": draw, "dtype": dtype, "shape": list(shape)})


def make(book):
    for seed_name, seed in SEEDS.items():
        make_program(book, seed_name, seed, PROGRAM)
