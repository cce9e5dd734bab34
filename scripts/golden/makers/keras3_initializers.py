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
    """(root seed, the initialiser's seed or None, dtype)."""
    for seed in SEEDS:
        yield ROOT, seed, "float32"
    for dtype in OTHER_DTYPES:
        yield ROOT, SEEDS[0], dtype
    for root in ROOTS:
        yield root, None, "float32"


def make(book, generator):
    for name, arguments in INITIALIZERS.items():
        for root, seed, dtype in cases():
            label = f"unseeded-root-{root}" if seed is None else f"seed-{seed}"
            config = {**arguments, "seed": seed}
            for shape in SHAPES:
                keras.utils.set_random_seed(root)
                initializer = getattr(keras.initializers, name)(**config)
                book.add(
                    f"initializers/{name}/{dtype}-{label}-{shape_text(shape)}",
                    initializer(shape, dtype=dtype).numpy(),
                    "distributions",
                    generator=generator,
                    seed=str(root),
                    initializer={"class": name, "config": config},
                )
