"""The layers of the public documents, written anew for Keras 3 on TensorFlow.

What a document computes is kept operation by operation, in its order, because the golden arrays
hold every bit of it. Where a document's code cannot run on Keras 3, the evident meaning is written
and a comment says so.
"""

import keras
import tensorflow as tf
from keras import ops

# Document A, "each layer owns its generator": made in `build` by tf.random.Generator.from_seed.
#
# The documents' `build` calls super().build; Keras 3's own does nothing but warn where weights
# remain unmade, so it is left out.


@keras.saving.register_keras_serializable("seedproof")
class CustomDropout(keras.layers.Layer):
    """Keeps an element where its uniform is above the rate.

    training=None: the document asks keras.backend.learning_phase(), which Keras 3 lacks
    (AttributeError); where it exists it answers 0, so None means inference here.
    """

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate
        self.seed = seed

    def build(self, input_shape):
        self.random_generator = tf.random.Generator.from_seed(self.seed)

    def call(self, inputs, training=None):
        if not training:
            return inputs
        uniform = self.random_generator.uniform(
            shape=tf.shape(inputs), minval=0, maxval=1, dtype=inputs.dtype
        )
        mask = tf.cast(uniform > self.rate, inputs.dtype)
        return inputs * mask / (1 - self.rate)

    def get_config(self):
        return {**super().get_config(), "rate": self.rate, "seed": self.seed}


@keras.saving.register_keras_serializable("seedproof")
class GaussianNoiseLayer(keras.layers.Layer):
    """Adds normal noise in training."""

    def __init__(self, stddev=0.1, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev
        self.seed = seed

    def build(self, input_shape):
        self.random_generator = tf.random.Generator.from_seed(self.seed)

    def call(self, inputs, training=None):
        if not training:  # as in CustomDropout
            return inputs
        noise = self.random_generator.normal(
            shape=tf.shape(inputs), mean=0.0, stddev=self.stddev, dtype=inputs.dtype
        )
        return inputs + noise

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev, "seed": self.seed}


@keras.saving.register_keras_serializable("seedproof")
class CustomWeightInitLayer(keras.layers.Layer):
    """Adds a weight that the layer's own generator initialised."""

    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed

    def build(self, input_shape):
        self.random_generator = tf.random.Generator.from_seed(self.seed)
        self.custom_weights = self.add_weight(
            name="custom_weights",
            shape=input_shape[1:],
            initializer=self._custom_initializer,
            trainable=True,
        )

    def _custom_initializer(self, shape, dtype=None):
        return self.random_generator.uniform(shape, -1, 1, dtype=dtype)

    def call(self, inputs):
        return inputs + self.custom_weights

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}


# Document B, "random noise on a flattened output": global operations without a seed, drawn in
# every call; there is no training switch.


@keras.saving.register_keras_serializable("seedproof")
class AddGaussianNoise(keras.layers.Layer):
    """Adds normal noise to the rows of the flattened input and restores its shape."""

    def __init__(self, mean=0.0, stddev=0.1, **kwargs):
        super().__init__(**kwargs)
        self.mean = mean
        self.stddev = stddev

    def call(self, inputs):
        width = 1
        for extent in inputs.shape[1:]:
            width *= extent
        rows = tf.reshape(inputs, (-1, width))
        noise = tf.random.normal(shape=tf.shape(rows), mean=self.mean, stddev=self.stddev)
        return tf.reshape(rows + noise, tf.shape(inputs))

    def get_config(self):
        return {**super().get_config(), "mean": self.mean, "stddev": self.stddev}


def flatten_all(inputs):
    """keras.backend.flatten, which Keras 3 no longer exports: one axis, the batch's included."""
    return tf.reshape(inputs, (-1,))


@keras.saving.register_keras_serializable("seedproof")
class AddUniformNoise(keras.layers.Layer):
    """Flattens to one axis and adds uniform noise."""

    def __init__(self, minval=-0.1, maxval=0.1, **kwargs):
        super().__init__(**kwargs)
        self.minval = minval
        self.maxval = maxval

    def call(self, inputs):
        flat = flatten_all(inputs)
        noise = tf.random.uniform(shape=tf.shape(flat), minval=self.minval, maxval=self.maxval)
        return flat + noise

    def get_config(self):
        return {**super().get_config(), "minval": self.minval, "maxval": self.maxval}


@keras.saving.register_keras_serializable("seedproof")
class AddNoise(keras.layers.Layer):
    """Flattens to one axis and adds noise of a kind that is looked at in the call."""

    def __init__(
        self, noise_type="gaussian", mean=0.0, stddev=0.1, minval=-0.1, maxval=0.1, **kwargs
    ):
        super().__init__(**kwargs)
        self.noise_type = noise_type
        self.mean = mean
        self.stddev = stddev
        self.minval = minval
        self.maxval = maxval

    def call(self, inputs):
        flat = flatten_all(inputs)
        if self.noise_type == "gaussian":
            noise = tf.random.normal(shape=tf.shape(flat), mean=self.mean, stddev=self.stddev)
        elif self.noise_type == "uniform":
            noise = tf.random.uniform(
                shape=tf.shape(flat), minval=self.minval, maxval=self.maxval
            )
        else:
            raise ValueError("Invalid noise type. Choose 'gaussian' or 'uniform'.")
        return flat + noise

    def get_config(self):
        return {
            **super().get_config(),
            "noise_type": self.noise_type,
            "mean": self.mean,
            "stddev": self.stddev,
            "minval": self.minval,
            "maxval": self.maxval,
        }


# Document C, Keras's documentation of Layer and of subclassing.


@keras.saving.register_keras_serializable("seedproof")
class SimpleDense(keras.layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer="glorot_uniform",
            trainable=True,
            name="kernel",
        )
        self.bias = self.add_weight(
            shape=(self.units,), initializer="zeros", trainable=True, name="bias"
        )

    def call(self, inputs):
        return ops.matmul(inputs, self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable("seedproof")
class ComputeSum(keras.layers.Layer):
    """Running sum of the rows, as the guide has it; the docstring of keras.Layer in 3.15.1 sums
    all elements to a scalar of shape () instead and leaves input_dim unused."""

    def __init__(self, input_dim, **kwargs):
        super().__init__(**kwargs)
        self.input_dim = input_dim
        self.total = self.add_weight(
            shape=(input_dim,), initializer="zeros", trainable=False, name="total"
        )

    def call(self, inputs):
        self.total.assign(self.total + ops.sum(inputs, axis=0))
        return self.total

    def get_config(self):
        return {**super().get_config(), "input_dim": self.input_dim}


@keras.saving.register_keras_serializable("seedproof")
class ActivityLoss(keras.layers.Layer):
    """The example of add_loss: the sum of the inputs becomes a loss, the inputs pass."""

    def call(self, inputs):
        self.add_loss(ops.sum(inputs))
        return inputs


# Document D, "custom layers by subclassing".


@keras.saving.register_keras_serializable("seedproof")
class CustomLinear(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer="random_normal",
            trainable=True,
            name="w",
        )
        self.b = self.add_weight(
            shape=(self.units,), initializer="zeros", trainable=True, name="b"
        )

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable("seedproof")
class CustomNonLinear(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer="random_normal",
            trainable=True,
            name="w",
        )
        self.b = self.add_weight(
            shape=(self.units,), initializer="zeros", trainable=True, name="b"
        )
        self.a = self.add_weight(
            shape=(self.units,), initializer="random_normal", trainable=True, name="a"
        )

    def call(self, inputs):
        return tf.sin((tf.matmul(inputs, self.w) + self.b) * self.a)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable("seedproof")
class CustomInitLayer(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer=keras.initializers.GlorotNormal(),
            trainable=True,
            name="w",
        )
        self.b = self.add_weight(
            shape=(self.units,),
            initializer=keras.initializers.Ones(),
            trainable=True,
            name="b",
        )

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}
