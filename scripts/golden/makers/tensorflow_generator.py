"""tf.random.Generator.from_seed: words, uniforms, distributions and the state after each call."""

import tensorflow as tf

from .book import seed_text, shape_text, state_words

GENERATOR = "tf-generator"

# Ordinary, negative and wide integers; lists, which fill the three words from the right; and
# counters below a carry: within a word, into the second, past the last, between and inside fills.
SEEDS = {
    "0": 0,
    "3": 3,
    "1234": 1234,
    "minus7": -7,
    "2p40plus5": 2**40 + 5,
    "2p64plus3": 2**64 + 3,
    "list7": [7],
    "list5-6": [5, 6],
    "list1-2-3": [1, 2, 3],
    "carry-low": [-300, 4, 9],
    "carry-high": [-300, -1, 11],
    "carry-word": 2**32 - 3,
    "carry-inside": [-3, -1, 9],
}

# One stream draws these in a row: odd, then not square, then rank 4.
SHAPES = ((7,), (5, 3), (2, 3, 5, 1))
LONG = 20_011
LONG_DOUBLE = 5_003

# These seeds draw everything; the others what shows how a seed becomes a stream.
FULL = ("3", "minus7", "2p64plus3")
SHORT = ("words-uint32", "uniform-float32", "normal-float32", "truncated-float32", "mixed")

FLOATS = ("float32", "float64", "float16", "bfloat16")


def real(kind, first, second):
    names = ("low", "high") if kind == "uniform" else ("mean", "stddev")
    return {"kind": kind, **dict(zip(names, (first, second)))}


def take(generator, draw, dtype, shape):
    """One draw from a tf.random.Generator."""
    kind = draw["kind"]
    if kind == "words":
        return generator.uniform_full_int(shape, dtype=dtype)
    if kind == "uniform":
        return generator.uniform(shape, draw["low"], draw["high"], dtype=dtype)
    if kind == "normal":
        return generator.normal(shape, draw["mean"], draw["stddev"], dtype=dtype)
    if kind == "truncated_normal":
        return generator.truncated_normal(shape, draw["mean"], draw["stddev"], dtype=dtype)
    if kind == "integers" and draw["low"] == draw["high"]:
        return generator.uniform_full_int(shape, dtype=dtype)
    if kind == "integers":
        return generator.uniform(shape, draw["low"], draw["high"], dtype=dtype)
    if kind == "keep_mask":
        kept = tf.nn.experimental.general_dropout(
            tf.ones(shape, dtype), draw["rate"], uniform_sampler=generator.uniform
        )
        return tf.cast(kept != 0, dtype)
    raise ValueError(f"no draw of kind {kind!r}")


def tier_of(kind):
    return {"words": "words", "uniform": "uniforms", "keep_mask": "uniforms"}.get(
        kind, "distributions"
    )


def sequences():
    """Name -> draws made one after the other from one generator: (draw, dtype, shape)."""
    words = {"kind": "words"}
    found = {
        "words-uint32": [(words, "uint32", s) for s in SHAPES],
        "words-uint64": [(words, "uint64", s) for s in SHAPES],
        "uniform-float32-range": [(real("uniform", -0.3, 1.7), "float32", s) for s in SHAPES[:2]],
        "normal-float32-scaled": [(real("normal", 0.7, 2.3), "float32", s) for s in SHAPES[:2]],
        "truncated-float32-scaled": [
            (real("truncated_normal", -0.4, 0.05), "float32", s) for s in SHAPES[:2]
        ],
        "integers-int32": [
            ({"kind": "integers", "low": -5, "high": 17}, "int32", SHAPES[0]),
            ({"kind": "integers", "low": 0, "high": 0}, "int32", SHAPES[1]),
        ],
        "integers-int64": [
            ({"kind": "integers", "low": -(2**40), "high": 10**12}, "int64", SHAPES[1]),
            ({"kind": "integers", "low": 0, "high": 0}, "int64", SHAPES[0]),
        ],
        "mask-float32": [({"kind": "keep_mask", "rate": 0.3}, "float32", s) for s in SHAPES[1:]],
        "mixed": [
            (real("uniform", 0.0, 1.0), "float32", (3,)),
            (real("normal", 0.0, 1.0), "float64", (5,)),
            (words, "uint32", (7, 1)),
            (real("truncated_normal", 0.0, 1.0), "float16", (11,)),
            (real("uniform", 0.0, 1.0), "float64", (3, 3, 1)),
            (real("normal", 0.0, 1.0), "float32", (13,)),
        ],
    }
    for dtype in FLOATS:
        shapes = SHAPES if dtype == "float32" else SHAPES[1:]
        for name, kind, low, high in (
            ("uniform", "uniform", 0.0, 1.0),
            ("normal", "normal", 0.0, 1.0),
            ("truncated", "truncated_normal", 0.0, 1.0),
        ):
            found[f"{name}-{dtype}"] = [(real(kind, low, high), dtype, s) for s in shapes]
    return found


def make_sequence(book, seed_name, seed, name, draws):
    generator = tf.random.Generator.from_seed(seed)
    before = []
    for call, (draw, dtype, shape) in enumerate(draws):
        array = take(generator, draw, dtype, shape).numpy()
        book.add(
            f"tf-generator/{name}/seed-{seed_name}-call{call}-{shape_text(shape)}",
            array,
            tier_of(draw["kind"]),
            generator=GENERATOR,
            seed=seed_text(seed),
            draw=draw,
            call=call,
            before=list(before) or None,
            state_after=state_words(generator.state.numpy()),
        )
        before.append({"draw": draw, "dtype": dtype, "shape": list(shape)})


def make_long(book):
    """A few long arrays, for code that fills in bulk."""
    for name, draw, dtype, shape in (
        ("words-uint32", {"kind": "words"}, "uint32", (LONG,)),
        ("uniform-float32", real("uniform", 0.0, 1.0), "float32", (LONG,)),
        ("normal-float32", real("normal", 0.0, 1.0), "float32", (LONG,)),
        ("truncated-float32", real("truncated_normal", 0.0, 1.0), "float32", (LONG,)),
        ("uniform-float64", real("uniform", 0.0, 1.0), "float64", (LONG_DOUBLE,)),
        ("normal-float64", real("normal", 0.0, 1.0), "float64", (LONG_DOUBLE,)),
        ("truncated-float64", real("truncated_normal", 0.0, 1.0), "float64", (LONG_DOUBLE,)),
        ("normal-bfloat16", real("normal", 0.0, 1.0), "bfloat16", (LONG_DOUBLE,)),
    ):
        make_sequence(book, "long-20231", 20231, name, [(draw, dtype, shape)])


def make(book):
    for seed_name, seed in SEEDS.items():
        for name, draws in sequences().items():
            if seed_name in FULL:
                make_sequence(book, seed_name, seed, name, draws)
            elif name in SHORT:
                make_sequence(book, seed_name, seed, name, draws[-3:])
    make_long(book)
