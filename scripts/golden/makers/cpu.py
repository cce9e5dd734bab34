"""One thread and the processor only, before a framework starts."""

import os

import tensorflow as tf


def fix_threads():
    """TensorFlow sums in the order that its threads split the work; one thread has one order."""
    tf.config.set_visible_devices([], "GPU")
    tf.config.threading.set_intra_op_parallelism_threads(
        int(os.environ["TF_NUM_INTRAOP_THREADS"])
    )
    tf.config.threading.set_inter_op_parallelism_threads(
        int(os.environ["TF_NUM_INTEROP_THREADS"])
    )
