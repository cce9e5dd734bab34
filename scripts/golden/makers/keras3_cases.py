"""Which documented layers are run, with which seeds, configurations and input shapes."""

from dataclasses import dataclass, field

GENERATOR_BOOK = "tf-generator"
GLOBAL_BOOK = "tf-global"

ALL_CALLS = (0, 1, 2, 3)

SHAPES = ((7, 5), (3, 11), (2, 3, 5, 4))
DENSE_SHAPES = ((7, 5), (2, 3, 9), (3, 2, 5, 4))
FLAT_SHAPES = ((7, 5), (3, 11), (5, 4))

# keras.utils.set_random_seed takes [0, 2^32 - 1].
ROOT = 11
ROOTS = (3, 1234567, 2**32 - 1)

PRODUCT = "matrix product"
SINE = "matrix product and sine"
SUM = "sum"


@dataclass(frozen=True)
class LayerSpec:
    """One layer of a row: its documented class, its name and its constructor's arguments."""

    cls: str
    name: str
    config: dict = field(default_factory=dict)

    def row(self):
        return {"class": self.cls, "name": self.name, "config": self.config}


@dataclass(frozen=True)
class Case:
    """Layers in a row, a root seed and an input shape, called several times."""

    label: str
    layers: tuple
    root: int
    shape: tuple
    draws: bool = True  # at all: weights or calls
    reason: str = ""  # of a tolerance on outputs; empty where every operation is a single one
    gradient_reason: str = ""  # of a tolerance on gradients of the weights and the input
    losses: bool = False
    initial_weights: bool = True
    stored: tuple = (0, 1, 3)  # calls whose outputs are kept; all four are made
    gradient_calls: tuple = (0,)


def one(cls, name, config, root, shape, **keys):
    seed = config.get("seed", root)
    text = "-".join(map(str, seed)) if isinstance(seed, list) else str(seed)
    text = text.replace("-", "minus", 1) if text.startswith("-") else text
    parts = [cls, *keys.pop("labels", ()), "seed-" + text, "x".join(map(str, shape))]
    return Case("/".join([cls, "-".join(parts[1:])]), (LayerSpec(cls, name, config),), root, shape,
                **keys)


def first_or_other(shape, first):
    """Of the first shape all calls are kept, and gradients of the last one too."""
    if shape == first:
        return {"stored": ALL_CALLS, "gradient_calls": (0, 3)}
    return {}


OWNER_CONFIGS = {
    ("CustomDropout", "drop"): (
        {"rate": 0.3, "seed": 3},
        {"rate": 0.1, "seed": -7},
        {"rate": 0.75, "seed": 2**40 + 5},
        {"rate": 0.6, "seed": [5, 6]},
    ),
    ("GaussianNoiseLayer", "noise"): (
        {"stddev": 0.1, "seed": 3},
        {"stddev": 0.25, "seed": -7},
        {"stddev": 1.5, "seed": 2**40 + 5},
    ),
    ("CustomWeightInitLayer", "init"): ({"seed": 3}, {"seed": -7}, {"seed": 2**40 + 5}),
}

GLOBAL_CONFIGS = {
    ("AddGaussianNoise", "gauss", ()): (
        {"mean": 0.0, "stddev": 0.1},
        {"mean": 0.5, "stddev": 0.3},
        {"mean": -1.25, "stddev": 2.0},
    ),
    ("AddUniformNoise", "uniform", ()): (
        {"minval": -0.1, "maxval": 0.1},
        {"minval": 0.25, "maxval": 1.5},
        {"minval": -2.0, "maxval": -0.3},
    ),
    ("AddNoise", "either", ("gaussian",)): (
        {"noise_type": "gaussian", "mean": 0.0, "stddev": 0.1, "minval": -0.1, "maxval": 0.1},
        {"noise_type": "gaussian", "mean": 0.7, "stddev": 0.4, "minval": -0.1, "maxval": 0.1},
        {"noise_type": "gaussian", "mean": -0.2, "stddev": 3.0, "minval": -0.1, "maxval": 0.1},
    ),
    ("AddNoise", "either", ("uniform",)): (
        {"noise_type": "uniform", "mean": 0.0, "stddev": 0.1, "minval": -0.2, "maxval": 0.15},
        {"noise_type": "uniform", "mean": 0.0, "stddev": 0.1, "minval": -1.0, "maxval": 0.25},
        {"noise_type": "uniform", "mean": 0.0, "stddev": 0.1, "minval": 0.5, "maxval": 0.75},
    ),
}

# Class -> (name, units, why its outputs have a tolerance). The units differ, so that no two
# layers of one root seed get equal weights.
DENSE = {
    "SimpleDense": ("dense", 3, PRODUCT),
    "CustomLinear": ("linear", 4, PRODUCT),
    "CustomNonLinear": ("sine", 6, SINE),
    "CustomInitLayer": ("glorot", 7, PRODUCT),
}

POLICIES = ("float64", "mixed_float16", "mixed_bfloat16")


def owner_cases():
    """Layers that own their generator."""
    for (cls, name), configs in OWNER_CONFIGS.items():
        for config in configs:
            for shape in SHAPES:
                weights = "sum over the batch" if cls == "CustomWeightInitLayer" else ""
                yield one(cls, name, config, ROOT, shape, gradient_reason=weights,
                          **first_or_other(shape, SHAPES[0]))
        for number, policy in enumerate(POLICIES):
            config = {**configs[0], "seed": 101 + number, "dtype": policy}
            yield one(cls, name, config, ROOT, SHAPES[number], labels=(policy,),
                      gradient_calls=())
    layers = (
        LayerSpec("CustomDropout", "first", {"rate": 0.3, "seed": 3}),
        LayerSpec("GaussianNoiseLayer", "noise", {"stddev": 0.5, "seed": 3}),
        LayerSpec("CustomWeightInitLayer", "init", {"seed": 7}),
        LayerSpec("CustomDropout", "second", {"rate": 0.3, "seed": 4}),
    )
    for shape in SHAPES:
        yield Case(f"Sequential/owners-{'x'.join(map(str, shape))}", layers, ROOT, shape,
                   gradient_reason="sum over the batch")


def dense_cases():
    """Layers that draw their weights only, by Keras 3's initialisers."""
    for cls, (name, units, reason) in DENSE.items():
        for root in ROOTS:
            for shape in DENSE_SHAPES:
                yield one(cls, name, {"units": units}, root, shape, reason=reason,
                          gradient_reason=reason, stored=(0, 3),
                          gradient_calls=(0,) if root == ROOTS[0] else ())
    for root in ROOTS[:2]:
        for shape in DENSE_SHAPES[:2]:
            yield one("Dense", "stock", {"units": 8}, root, shape, reason=PRODUCT,
                      gradient_reason=PRODUCT, stored=(0,))
    layers = tuple(
        LayerSpec(cls, name, {"units": units + 2}) for cls, (name, units, _) in DENSE.items()
    )
    for root in ROOTS[:2]:
        yield Case(f"Sequential/dense-seed-{root}", layers, root, (5, 8), reason=SINE,
                   gradient_reason=SINE)


def global_cases():
    """Layers that draw from the global state."""
    for (cls, name, labels), configs in GLOBAL_CONFIGS.items():
        for root, config in zip(ROOTS, configs):
            for shape in SHAPES:
                kept = first_or_other(shape, SHAPES[0]) or {"gradient_calls": ()}
                yield one(cls, name, config, root, shape, labels=labels, **kept)
    layers = (
        LayerSpec("AddGaussianNoise", "first", {"mean": 0.0, "stddev": 0.1}),
        LayerSpec("SimpleDense", "dense", {"units": 9}),
        LayerSpec("AddGaussianNoise", "second", {"mean": 0.0, "stddev": 0.1}),
        LayerSpec("AddUniformNoise", "flat", {"minval": -0.5, "maxval": 0.5}),
    )
    for root in ROOTS[:2]:
        yield Case(f"Sequential/global-seed-{root}", layers, root, (7, 5), reason=PRODUCT,
                   gradient_reason=PRODUCT)


def still_cases():
    """Layers that draw nothing."""
    for shape in FLAT_SHAPES:
        config = {"input_dim": shape[-1]}
        yield one("ComputeSum", "total", config, ROOT, shape, draws=False, reason=SUM,
                  stored=ALL_CALLS, gradient_calls=(), initial_weights=False)
    for shape in SHAPES:
        yield one("ActivityLoss", "activity", {}, ROOT, shape, draws=False, losses=True,
                  stored=(0, 3))
        yield one("Activation", "relu", {"activation": "relu"}, ROOT, shape, draws=False,
                  stored=(0,))
    yield one("Flatten", "flat", {}, ROOT, SHAPES[2], draws=False, stored=(0, 1),
              gradient_calls=())
