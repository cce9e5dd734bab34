"""Keras 2's random layers, in the three modes of its BaseRandomLayer."""

from dataclasses import dataclass

GENERATOR = "base-random-layer"

# rng_type of the layer -> name of the generator in the rows.
MODES = {
    "legacy_stateful": GENERATOR,
    "stateless": f"{GENERATOR}:stateless",
    "stateful": f"{GENERATOR}:stateful",
}

SHAPES = ((7, 5), (3, 11), (2, 3, 5, 4))
SHAPE_OF_SHARED = (5, 2, 7)
SEQUENCE_SHAPES = ((3, 5, 7), (2, 9, 4), (5, 1, 11))
VOLUME_SHAPES = ((2, 3, 2, 5, 7), (3, 2, 1, 3, 11), (2, 1, 2, 2, 5))
IMAGE_SHAPES = ((3, 2, 5, 7), (2, 3, 1, 17), (5, 1, 2, 11))

ROOT = 11
SEEDS = (3, 1234, 2**33 + 7)
UNSEEDED_ROOTS = (5, 4001)

RATES = (0.3, 0.2, 0.75)
DEVIATIONS = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Case:
    """(class, name, configuration) of the layers, one after the other, called several times."""

    label: str
    mode: str
    layers: tuple
    root: int
    shape: tuple


LAYERS = {
    "Dropout": ("rate", RATES, SHAPES),
    "SpatialDropout2D": ("rate", (0.3, 0.2, 0.6), IMAGE_SHAPES),
    "SpatialDropout1D": ("rate", (0.4, 0.25, 0.6), SEQUENCE_SHAPES),
    "SpatialDropout3D": ("rate", (0.35, 0.45, 0.55), VOLUME_SHAPES),
    "GaussianNoise": ("stddev", DEVIATIONS, SHAPES),
    "GaussianDropout": ("rate", RATES, SHAPES),
    "AlphaDropout": ("rate", RATES, SHAPES),
}


def single_cases():
    for cls, (argument, values, shapes) in LAYERS.items():
        for mode in MODES:
            for seed, value, shape in zip(SEEDS, values, shapes):
                label = f"{cls}/{mode}-seed-{seed}-{'x'.join(map(str, shape))}"
                config = {argument: value, "seed": seed}
                yield Case(label, mode, ((cls, "layer", config),), ROOT, shape)
            for root, shape in zip(UNSEEDED_ROOTS, shapes):
                label = f"{cls}/{mode}-unseeded-root-{root}"
                config = {argument: values[0], "seed": None}
                yield Case(label, mode, ((cls, "layer", config),), root, shape)


def shared_cases():
    """Layers with one seed. In legacy mode equal operations with equal op seeds share one kernel,
    whose stream goes on from layer to layer; so do layers whose seeds lie one call apart."""
    chains = {
        "same-seed": (
            ("Dropout", "first", {"rate": 0.3, "seed": 21}),
            ("Dropout", "second", {"rate": 0.3, "seed": 21}),
        ),
        "next-seed": (
            ("Dropout", "first", {"rate": 0.3, "seed": 21}),
            ("Dropout", "second", {"rate": 0.3, "seed": 22}),
        ),
        "other-operation": (
            ("GaussianNoise", "first", {"stddev": 0.4, "seed": 21}),
            ("Dropout", "second", {"rate": 0.3, "seed": 21}),
            ("GaussianDropout", "third", {"rate": 0.2, "seed": 21}),
        ),
        "unseeded": (
            ("Dropout", "first", {"rate": 0.3, "seed": None}),
            ("GaussianNoise", "second", {"stddev": 0.4, "seed": None}),
            ("Dropout", "third", {"rate": 0.2, "seed": 8}),
            ("AlphaDropout", "fourth", {"rate": 0.1, "seed": None}),
        ),
    }
    for name, layers in chains.items():
        for mode in MODES:
            yield Case(f"shared/{mode}-{name}", mode, layers, ROOT, SHAPE_OF_SHARED)
