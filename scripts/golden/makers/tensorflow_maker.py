"""golden/tensorflow: what TensorFlow's own generators draw."""

from . import cpu, tensorflow_generator, tensorflow_global, tensorflow_stateless
from .book import Book


def make(folder):
    cpu.fix_threads()
    book = Book(folder, "tensorflow")
    for part in (tensorflow_generator, tensorflow_global, tensorflow_stateless):
        part.make(book)
    book.write()
