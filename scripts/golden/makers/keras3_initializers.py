"""Keras 3's initialisers on TensorFlow, with a seed of their own and without."""

import keras

from .book import shape_text

SEEDS = (7, 1337, 2**31 + 11)
ROOT = 11  # of those with a seed of their own, which do not feel it
ROOTS = (3, 1234567)
SHAPES = ((7, 5), (3, 3, 2, 5))
OTHER_DTYPES = ("float64", "float16", "bfloat16")

INITIALIZERS = {
    "RandomNormal": {"mean": 0.0, "stddev": 0.05},
    "RandomUniform": {"minval": -0.05, "maxval": 0.25},
    "TruncatedNormal": {"mean": 0.5, "stddev": 0.3},
    "GlorotNormal": {},
    "GlorotUniform": {},
    "HeNormal": {},
    "HeUniform": {},
    "LecunNormal": {},
    "LecunUniform": {},
}


def cases():
    """(root seed, the initialiser's seed or None, dtype, shape)."""
    for shape in SHAPES:
        yield ROOT, SEEDS[0], "float32", shape
    yield ROOT, SEEDS[1], "float32", SHAPES[0]
    yield ROOT, SEEDS[2], "float32", SHAPES[1]
    for dtype in OTHER_DTYPES:
        yield ROOT, SEEDS[0], dtype, SHAPES[0]
    for root, shape in zip(ROOTS, SHAPES):
        yield root, None, "float32", shape


def make(book, generator):
    for name, arguments in INITIALIZERS.items():
        for root, seed, dtype, shape in cases():
            label = f"unseeded-root-{root}" if seed is None else f"seed-{seed}"
            config = {**arguments, "seed": seed}
            keras.utils.set_random_seed(root)
            initializer = getattr(keras.initializers, name)(**config)
            book.add(
                f"initializers/{name}-{dtype}-{label}-{shape_text(shape)}",
                initializer(shape, dtype=dtype).numpy(),
                "distributions",
                generator=generator,
                seed=str(root),
                initializer={"class": name, "config": config},
            )
