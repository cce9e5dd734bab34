"""Runs layers in real Keras 3 and records every call."""

import documented_layers
import keras
import numpy as np
import tensorflow as tf

from . import inputs
from .book import gamma, state_words

# Number of the input and the training flag of each call: an inference call lies in between.
CALLS = ((0, True), (1, True), (2, False), (3, True))


def layer_class(name):
    """A documented layer, or one of Keras's own."""
    return getattr(documented_layers, name, None) or getattr(keras.layers, name)


def construct(case):
    """Seeds everything, then makes the layers: (model to call, the layers)."""
    keras.utils.set_random_seed(case.root)
    layers = [
        layer_class(spec.cls)(name=spec.name, **spec.config)
        for spec in case.layers
    ]
    return (layers[0] if len(layers) == 1 else keras.Sequential(layers)), layers


def states(layers):
    """State of every generator that a layer owns; None where no layer owns one."""
    owned = {
        layer.name: state_words(layer.random_generator.state.numpy())
        for layer in layers
        if hasattr(layer, "random_generator")
    }
    return owned or None


def named_weights(layers, trainable_only=False):
    """(layer, weight, variable) in order."""
    for layer in layers:
        for variable in layer.trainable_weights if trainable_only else layer.weights:
            yield layer.name, variable.name, variable


def subject(case, generator):
    """The part of a row that names generator, seed and layers."""
    keys = {"layers": [spec.row() for spec in case.layers]}
    if case.draws:
        keys = {"generator": generator, "seed": str(case.root), **keys}
    return keys


def weight_label(layers, layer, weight):
    return weight if len(layers) == 1 else f"{layer}-{weight}"


def run(book, case, generator):
    """Every call of one case: outputs, losses, states, initial weights, gradients."""
    model, layers = construct(case)
    common = subject(case, generator)
    before = []
    for call, (number, training) in enumerate(CALLS):
        array, file = inputs.use(book, "x", number, case.shape)
        call_keys = {
            **common,
            "inputs": [file],
            "training": training,
            "call": call,
            "before": list(before) or None,
        }
        x = tf.constant(array)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = model(x, training=training)
            losses = list(model.losses)
        # A layer may return its variable, which later calls change.
        y = tf.convert_to_tensor(y)
        if call in case.stored:
            book.add(
                f"{case.label}-call{call}", y.numpy(), "layers", **call_keys,
                state_after=states(layers),
                tolerance=gamma(case.reason) if case.reason else None,
            )
            if case.losses:
                book.add(
                    f"{case.label}-call{call}-loss", tf.add_n(losses).numpy(), "layers",
                    **call_keys, output="loss", tolerance=gamma("sum"),
                )
        if call == 0 and case.initial_weights:
            add_weights(book, case, layers, call_keys)
        if call in case.gradient_calls:
            add_gradients(book, case, layers, call_keys, (tape, x, y, losses))
        before.append({"inputs": [file], "training": training})


def add_weights(book, case, layers, call_keys):
    """Weights as initialised (no call of these layers changes one); zeros prove nothing."""
    for layer, weight, variable in named_weights(layers):
        array = variable.numpy()
        if np.any(array):
            book.add(
                f"{case.label}-weight-{weight_label(layers, layer, weight)}",
                array, "distributions", **call_keys, output=f"weight/{layer}/{weight}",
            )


def add_gradients(book, case, layers, call_keys, recorded):
    """Gradients of sum(upstream * output) and the layers' own losses, at one call."""
    tape, x, y, losses = recorded
    upstream, file = inputs.use(book, "g", 0, tuple(y.shape))
    weights = list(named_weights(layers, trainable_only=True)) if call_keys["call"] == 0 else []
    sources = [x, *(variable.value for _, _, variable in weights)]
    found = tape.gradient(
        [y, *losses], sources,
        output_gradients=[tf.constant(upstream), *(tf.ones_like(loss) for loss in losses)],
    )
    # The gradient of the input needs no sum unless a matrix product lies on its way.
    tolerances = [gamma(case.gradient_reason) if case.reason else None]
    tolerances += [gamma(case.gradient_reason)] * len(weights)
    names = ["input"] + [f"{layer}/{weight}" for layer, weight, _ in weights]
    labels = ["input"] + [weight_label(layers, layer, weight) for layer, weight, _ in weights]
    for gradient, tolerance, name, label in zip(found, tolerances, names, labels):
        book.add(
            f"{case.label}-call{call_keys['call']}-gradient-{label}",
            gradient.numpy(), "gradients", **call_keys,
            upstream=file, output=f"gradient/{name}", tolerance=tolerance,
        )
