"""Five steps of SGD in real Keras 3, with the weights and the loss after each."""

import keras
import tensorflow as tf

from . import inputs
from .book import gamma
from .keras3_cases import DENSE, ROOTS, Case, LayerSpec
from .keras3_run import construct, named_weights, subject, weight_label

STEPS = 5
LEARNING_RATE = 0.1
REASON = "sums and products of the steps so far"


def shape_label(shape):
    return "x".join(map(str, shape))


def dense_cases():
    for cls, (name, units, _) in DENSE.items():
        for root, shape in ((ROOTS[0], (7, 5)), (ROOTS[1], (2, 3, 9))):
            yield Case(f"training/{cls}-seed-{root}-{shape_label(shape)}",
                       (LayerSpec(cls, name, {"units": units}),), root, shape)


def owner_cases():
    for seed, shape in ((3, (7, 5)), (-7, (2, 3, 9))):
        spec = LayerSpec("CustomWeightInitLayer", "init", {"seed": seed})
        yield Case(f"training/CustomWeightInitLayer-{shape_label(shape)}", (spec,), ROOTS[0], shape)
    for root, shape in ((ROOTS[0], (7, 5)), (ROOTS[1], (2, 3, 9))):
        layers = (
            LayerSpec("CustomDropout", "drop", {"rate": 0.3, "seed": 5}),
            LayerSpec("SimpleDense", "dense", {"units": 8}),
            LayerSpec("GaussianNoiseLayer", "noise", {"stddev": 0.1, "seed": 6}),
        )
        yield Case(f"training/mixed-owners-{shape_label(shape)}", layers, root, shape)


def global_cases():
    for root, shape in ((ROOTS[0], (7, 5)), (ROOTS[1], (2, 3, 9))):
        layers = (
            LayerSpec("AddGaussianNoise", "noise", {"mean": 0.0, "stddev": 0.1}),
            LayerSpec("SimpleDense", "dense", {"units": 10}),
        )
        yield Case(f"training/mixed-global-{shape_label(shape)}", layers, root, shape)


def run(book, case, generator):
    """Keeps every step of a matrix, only the last of a longer shape."""
    model, layers = construct(case)
    array, file = inputs.use(book, "x", 0, case.shape)
    x = tf.constant(array)
    target, target_file = None, None
    optimizer = keras.optimizers.SGD(learning_rate=LEARNING_RATE)
    loss_function = keras.losses.MeanSquaredError()
    for step in range(1, STEPS + 1):
        with tf.GradientTape() as tape:
            y = model(x, training=True)
            if target is None:
                array, target_file = inputs.use(book, "t", 0, tuple(y.shape))
                target = tf.constant(array)
            loss = loss_function(target, y)
        weights = list(named_weights(layers, trainable_only=True))
        variables = [variable for _, _, variable in weights]
        gradients = tape.gradient(loss, [variable.value for variable in variables])
        optimizer.apply(gradients, variables)
        if step < STEPS and len(case.shape) > 2:
            continue
        keys = {
            **subject(case, generator),
            "inputs": [file],
            "training": True,
            "train": {
                "optimizer": {"class": "SGD", "config": {"learning_rate": LEARNING_RATE}},
                "loss": {"class": "MeanSquaredError", "config": {}},
                "target": target_file,
                "steps": step,
            },
            "tolerance": gamma(REASON),
        }
        book.add(f"{case.label}-step{step}-loss", loss.numpy(), "training", **keys, output="loss")
        for layer, weight, variable in weights:
            book.add(
                f"{case.label}-step{step}-{weight_label(layers, layer, weight)}",
                variable.numpy(), "training", **keys, output=f"weight/{layer}/{weight}",
            )
