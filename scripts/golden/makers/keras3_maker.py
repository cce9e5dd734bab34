"""golden/keras3: the documented layers in Keras 3 on TensorFlow.

Two manifests share the folder. Layers that only draw weights, and initialisers, do not depend on
the generator that other layers use: their rows stand in both and name the same arrays.
"""

from . import cpu, keras3_cases, keras3_initializers, keras3_run, keras3_training
from .book import Book

MAKER = "keras3"


def make(folder):
    cpu.fix_threads()
    owners, ambient = keras3_cases.GENERATOR_BOOK, keras3_cases.GLOBAL_BOOK
    book = Book(folder, MAKER, f"{owners}.jsonl")
    other = Book(folder, MAKER, f"{ambient}.jsonl")

    keras3_initializers.make(book, owners)
    for case in keras3_cases.dense_cases():
        keras3_run.run(book, case, owners)
    for case in keras3_training.dense_cases():
        keras3_training.run(book, case, owners)
    for file in [file for file in book.rows if not file.startswith("inputs/")]:
        other.repeat(book, file, ambient)

    for case in (*keras3_cases.owner_cases(), *keras3_cases.still_cases()):
        keras3_run.run(book, case, owners)
    for case in keras3_training.owner_cases():
        keras3_training.run(book, case, owners)
    for case in keras3_cases.global_cases():
        keras3_run.run(other, case, ambient)
    for case in keras3_training.global_cases():
        keras3_training.run(other, case, ambient)
    book.write()
    other.write()
