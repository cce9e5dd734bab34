"""The stateless draws behind Keras 3's initialisers on TensorFlow."""

import tensorflow as tf

from .book import seed_text, shape_text
from .tensorflow_generator import real, tier_of

# Keras 3 folds a seed into the int32 range by this remainder before it reaches TensorFlow.
SEED_MODULUS = 2**31 - 2

SEEDS = {"0": 0, "7": 7, "minus3": -3, "2p31plus11": 2**31 + 11}

DRAWS = (
    ("uniform", real("uniform", 0.0, 1.0), "float32", (5, 3)),
    ("uniform-range", real("uniform", -0.05, 0.05), "float32", (2, 3, 5, 1)),
    ("normal", real("normal", 0.0, 1.0), "float32", (5, 3)),
    ("normal-scaled", real("normal", 0.0, 0.05), "float32", (3, 3, 2, 5)),
    ("truncated", real("truncated_normal", 0.0, 1.0), "float32", (7, 3)),
    ("uniform-float64", real("uniform", 0.0, 1.0), "float64", (3, 7)),
    ("normal-float64", real("normal", 0.0, 1.0), "float64", (3, 5)),
    ("normal-bfloat16", real("normal", 0.0, 1.0), "bfloat16", (7, 5)),
    ("words", {"kind": "words"}, "uint32", (11,)),
)


def take(pair, draw, dtype, shape):
    kind = draw["kind"]
    if kind == "words":
        return tf.random.stateless_uniform(shape, pair, minval=None, maxval=None, dtype=dtype)
    if kind == "uniform":
        return tf.random.stateless_uniform(shape, pair, draw["low"], draw["high"], dtype=dtype)
    if kind == "normal":
        return tf.random.stateless_normal(shape, pair, draw["mean"], draw["stddev"], dtype=dtype)
    return tf.random.stateless_truncated_normal(
        shape, pair, draw["mean"], draw["stddev"], dtype=dtype
    )


def make(book):
    for seed_name, seed in SEEDS.items():
        pair = tf.constant([seed % SEED_MODULUS, 0], tf.int32)
        for name, draw, dtype, shape in DRAWS:
            book.add(
                f"stateless/{name}/seed-{seed_name}-{shape_text(shape)}",
                take(pair, draw, dtype, shape).numpy(),
                tier_of(draw["kind"]),
                generator="tf-generator",
                options={"role": "initializer"},
                seed=seed_text(seed),
                draw=draw,
            )
