"""golden/keras2: tf-keras's random layers and initialisers, run eagerly."""

import tensorflow as tf
import tf_keras

from . import cpu, inputs, keras2_cases
from .book import Book, shape_text, state_words

CALLS = ((0, True), (1, True), (2, False), (3, True))

INITIALIZER_SEEDS = (7, 1337, 2**40 + 5)
INITIALIZER_ROOT = 11  # of those with a seed of their own, which do not feel it
UNSEEDED_ROOTS = (3, 1234567)
INITIALIZER_SHAPES = ((7, 5), (3, 3, 2, 5))
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


def states(layers, mode):
    """State of the generators that the layers own; only one mode has them."""
    if mode != "stateful":
        return None
    return {
        layer.name: state_words(layer._random_generator._generator.state.numpy())
        for layer in layers
    }


def run(book, case):
    """Calls the layers one after the other: tf_keras.Sequential would first trace them, which
    itself takes a seed in legacy mode."""
    tf_keras.utils.set_random_seed(case.root)
    layers = [
        getattr(tf_keras.layers, cls)(name=name, rng_type=case.mode, **config)
        for cls, name, config in case.layers
    ]
    rows = [{"class": cls, "name": name, "config": config} for cls, name, config in case.layers]
    before = []
    for call, (number, training) in enumerate(CALLS):
        array, file = inputs.use(book, "x", number, case.shape)
        y = tf.constant(array)
        for layer in layers:
            y = layer(y, training=training)
        if training or case.label.startswith("Dropout/"):
            book.add(
                f"{case.label}-call{call}", y.numpy(), "layers",
                generator=keras2_cases.MODES[case.mode],
                seed=str(case.root),
                layers=rows,
                inputs=[file],
                training=training,
                call=call,
                before=list(before) or None,
                state_after=states(layers, case.mode),
            )
        before.append({"inputs": [file], "training": training})


def initializer_cases():
    """(root seed, the initialiser's seed or None, shape, calls)."""
    first, second = INITIALIZER_SHAPES
    yield INITIALIZER_ROOT, INITIALIZER_SEEDS[0], first, 2
    yield INITIALIZER_ROOT, INITIALIZER_SEEDS[1], second, 1
    yield INITIALIZER_ROOT, INITIALIZER_SEEDS[2], first, 1
    yield UNSEEDED_ROOTS[0], None, first, 1
    yield UNSEEDED_ROOTS[1], None, second, 1


def make_initializer(book, name, root, seed, shape, calls):
    """Keras 2's initialisers give the same numbers at each call."""
    label = f"unseeded-root-{root}" if seed is None else f"seed-{seed}"
    config = {**INITIALIZERS[name], "seed": seed}
    tf_keras.utils.set_random_seed(root)
    initializer = getattr(tf_keras.initializers, name)(**config)
    for call in range(calls):
        book.add(
            f"initializers/{name}-{label}-{shape_text(shape)}-call{call}",
            initializer(shape, dtype=tf.float32).numpy(),
            "distributions",
            generator=keras2_cases.GENERATOR,
            seed=str(root),
            initializer={"class": name, "config": config},
            call=call,
        )


def make(folder):
    cpu.fix_threads()
    book = Book(folder, "keras2")
    for name in INITIALIZERS:
        for root, seed, shape, calls in initializer_cases():
            make_initializer(book, name, root, seed, shape, calls)
    for case in (*keras2_cases.single_cases(), *keras2_cases.shared_cases()):
        run(book, case)
    book.write()
