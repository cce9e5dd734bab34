"""Runs what the public documents say about their layers, and prints what happens as Markdown."""

import copy
import tempfile
from pathlib import Path

import documented_layers as documented
import keras
import numpy as np
import tensorflow as tf
import tf_keras

from . import cpu

FINDINGS = []

HEAD = """# The documents' layers, run

Public documents about Keras bring custom layers with random numbers and say how they behave. This
page is what the layers do in tensorflow-cpu {tensorflow}, keras {keras} and tf-keras {tf_keras},
run eagerly on the CPU. `scripts/golden/make documents` writes it anew, `scripts/golden/make --check
documents` compares.

A dash stands where the documents make no claim.

| subject | documents | measured |
|---|---|---|
"""


def finding(subject, claim):
    """Registers a function that returns what was measured."""

    def register(measure):
        FINDINGS.append((subject, claim, measure))
        return measure

    return register


def ramp(*shape):
    return (np.arange(1, np.prod(shape) + 1) / 64).astype(np.float32).reshape(shape)


def raised(action):
    """Kind and first line of what an action raises."""
    try:
        action()
    except Exception as error:  # whatever it is, is the finding
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return f"{type(error).__name__}: {lines[0]}"
    return "no error"


def words(state):
    return str([int(word) for word in state.numpy()])


@finding("keras.backend.flatten of (16, 32, 32, 3)", "gives (16, 3072)")
def flatten_shape():
    x = tf.zeros((16, 32, 32, 3))
    two = tuple(tf_keras.backend.flatten(x).shape)
    three = tuple(keras.layers.Flatten()(x).shape)
    layer = tuple(documented.AddUniformNoise()(x).shape)
    return (f"Keras 2's function {two}; Keras 3 exports none: "
            f"{raised(lambda: keras.backend.flatten(x))}; Keras 3's Flatten layer {three}; "
            f"AddUniformNoise returns {layer}")


@finding("CustomDropout, GaussianNoiseLayer, CustomWeightInitLayer without a seed",
         "draw new numbers in each run")
def unseeded():
    x = ramp(2, 3)
    layers = (documented.CustomDropout(0.3), documented.GaussianNoiseLayer(),
              documented.CustomWeightInitLayer())
    errors = {raised(lambda layer=layer: layer(x)) for layer in layers}
    return "none can be built: " + "; ".join(sorted(errors))


@finding("training=None", "asks keras.backend.learning_phase()")
def learning_phase():
    three = raised(lambda: keras.backend.learning_phase())
    two = tf_keras.backend.learning_phase()
    return f"Keras 3: {three}; Keras 2: {int(two)}, which is inference"


@finding("CustomDropout(rate=1)", "")
def rate_one():
    y = documented.CustomDropout(1.0, seed=3)(ramp(5, 7), training=True).numpy()
    return f"{int(np.isnan(y).sum())} of {y.size} elements are NaN (x * 0 / 0)"


@finding("CustomDropout(rate=0)", "")
def rate_zero():
    x = ramp(1000, 7)
    keep = documented.CustomDropout(0.0, seed=3)(x, training=True).numpy() == x
    smallest = float(tf.random.Generator.from_seed(3).uniform(x.shape).numpy().min())
    return (f"{int(keep.sum())} of {x.size} kept; the comparison is u > rate and u may be 0, "
            f"here the smallest u is {smallest:.3e}")


@finding("state of the layer's generator", "")
def variables():
    model = keras.Sequential([documented.CustomDropout(0.3, seed=3)])
    model(ramp(5, 7), training=True)
    return f"model.variables holds {len(model.variables)} variables, model.weights " \
           f"{len(model.weights)}"


@finding("saving a model", "")
def save_and_load():
    model = keras.Sequential([keras.Input((7,)), documented.CustomDropout(0.3, seed=3)])
    model(ramp(5, 7), training=True)
    before = words(model.layers[0].random_generator.state)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.keras")
        model.save(path)
        loaded = keras.models.load_model(path)
        after = words(loaded.layers[0].random_generator.state)
        kept = tf.train.Checkpoint(generator=model.layers[0].random_generator)
        place = kept.write(str(Path(folder) / "checkpoint"))
        other = tf.random.Generator.from_seed(0)
        tf.train.Checkpoint(generator=other).read(place).assert_consumed()
    return (f"`.keras`: state {before} before, {after} after loading, that is, the seed again; "
            f"tf.train.Checkpoint of the generator: {words(other.state)}")


@finding("copy.deepcopy of CustomDropout (registered as serialisable) after a call", "")
def deepcopy():
    layer = documented.CustomDropout(0.3, seed=3)
    layer(ramp(5, 7), training=True)
    found = []

    def attempt():
        found.append(words(copy.deepcopy(layer).random_generator.state))

    error = raised(attempt)
    return f"state {words(layer.random_generator.state)}, copy: " + (found[0] if found else error)


@finding("two CustomDropout with one seed", "")
def equal_seeds():
    x = ramp(5, 7)
    first, second = (documented.CustomDropout(0.3, seed=3)(x, training=True) for _ in range(2))
    return f"equal masks: {bool(np.array_equal(first, second))}"


@finding("CustomDropout with seeds 3 and 4", "")
def near_seeds():
    ones = np.ones((5, 7), np.float32)
    masks = [np.ravel(documented.CustomDropout(0.3, seed=s)(ones, training=True)) for s in (3, 4)]
    return f"mask of 4 is the mask of 3 from element 4 on: " \
           f"{bool(np.array_equal(masks[0][4:], masks[1][:-4]))}"


@finding("second draw of n numbers of seed s", "")
def second_draw():
    generator = tf.random.Generator.from_seed(3)
    generator.uniform((35,))
    second = generator.uniform((35,)).numpy()
    first = tf.random.Generator.from_seed(3 + 256 * 35).uniform((35,)).numpy()
    return f"equals the first draw of seed s + 256 n (n = 35): " \
           f"{bool(np.array_equal(second, first))}"


@finding("AddGaussianNoise, AddUniformNoise, AddNoise with training=False", "")
def always_active():
    x = ramp(5, 7)
    changed = [
        cls.__name__
        for cls in (documented.AddGaussianNoise, documented.AddUniformNoise, documented.AddNoise)
        if not np.array_equal(np.ravel(cls()(x, training=False)), np.ravel(x))
    ]
    return "add noise all the same: " + ", ".join(changed)


@finding("AddNoise(noise_type='salt')", "is a ValueError")
def invalid_noise():
    layer = documented.AddNoise(noise_type="salt")
    return f"constructs; the call raises: {raised(lambda: layer.call(ramp(2, 3)))}"


@finding("Add* layers under a float16, bfloat16 or float64 policy", "")
def other_dtypes():
    classes = (documented.AddGaussianNoise, documented.AddUniformNoise, documented.AddNoise)
    kinds = {
        raised(lambda cls=cls, policy=policy: cls(dtype=policy)(ramp(2, 3))).split(":")[0]
        for cls in classes
        for policy in ("float64", "mixed_float16", "mixed_bfloat16")
    }
    return "noise is float32 whatever the inputs are: " + ", ".join(sorted(kinds))


@finding("ComputeSum", "guide: sums the rows; docstring of keras.Layer: sums everything")
def compute_sum():
    text = keras.Layer.__doc__
    body = text[text.index("class ComputeSum"):]
    body = body[:body.index("my_sum =")]
    scalar = "shape=()" in body and "axis" not in body
    total = documented.ComputeSum(3)(ramp(2, 3))
    return f"docstring's total is a scalar and leaves input_dim unused: {scalar}; " \
           f"the guide's, which is used here, has shape {tuple(total.shape)}"


@finding("a string initialiser after keras.utils.set_random_seed(7)", "")
def initializers():
    kernels = []
    for _ in range(2):
        keras.utils.set_random_seed(7)
        layer = documented.SimpleDense(3)
        layer(ramp(2, 5))
        kernels.append(layer.kernel.numpy())
    other = documented.SimpleDense(3)
    other(ramp(2, 5))
    return f"repeats: {bool(np.array_equal(*kernels))}; the next layer's kernel differs: " \
           f"{bool(not np.array_equal(kernels[0], other.kernel.numpy()))}"


@finding("the root seed of keras.utils.set_random_seed", "")
def root_seeds():
    found = [f"{seed}: {raised(lambda seed=seed: keras.utils.set_random_seed(seed))}"
             for seed in (-1, 2**32)]
    return "; ".join(found)


@finding("Sequential against calling the layers one by one", "")
def sequential():
    def layers():
        keras.utils.set_random_seed(7)
        return [documented.CustomDropout(0.3, seed=3), documented.SimpleDense(4),
                documented.AddGaussianNoise()]

    x = ramp(5, 7)
    model = keras.Sequential(layers())
    together = [model(x, training=True).numpy() for _ in range(3)]
    single, apart = layers(), []
    for _ in range(3):
        y = x
        for layer in single:
            y = layer(y, training=True)
        apart.append(y.numpy())
    return f"three calls equal: {bool(np.array_equal(together, apart))}"


def main():
    cpu.fix_threads()
    print(HEAD.format(tensorflow=tf.__version__, keras=keras.__version__,
                      tf_keras=tf_keras.__version__), end="")
    for subject, claim, measure in FINDINGS:
        keras.utils.set_random_seed(1)
        measured = measure().replace("|", "\\|")
        print(f"| {subject} | {claim or '-'} | {measured} |")


if __name__ == "__main__":
    main()
