"""Compares the C++ library's `native` numbers with this transcription, bit for bit.

usage: compare_native.py PROGRAM [--least N]

PROGRAM DIRECTORY writes arrays and DIRECTORY/index.tsv, a line each, fields between tabs:
    file  kind  dtype  source  first  count  parameters...
A source is `key`, the derived key alone (kind `key`), or
    philox ROOT PATH PURPOSE LAYER BASE    the key derived from these, and the counter to begin with
    mt19937 SEED                           NumPy's own Mersenne Twister
with fields between blanks, PATH and PURPOSE in hexadecimal bytes after an `x`, seeds in
hexadecimal bytes of their text likewise, real parameters as C's %a. Ends 1 when anything differs,
or fewer than N arrays (200) were compared, or a kind of distribution is missing.
"""

import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

from counter_based import philox_words
from derive import derive_key
from native import RULES, draw


def unhex(field):
    assert field[0] == "x", field
    return bytes.fromhex(field[1:])


def key_of(fields):
    root, path, purpose, layer = (unhex(field) for field in fields)
    return derive_key(root.decode(), path, purpose, layer.decode())


def make_source(text):
    name, *fields = text.split(" ")
    if name == "philox":
        key = key_of(fields[:4])[:2]
        return lambda first, count: philox_words(key, int(fields[4], 16), first, count)
    if name == "mt19937":
        engine = np.random.MT19937()
        engine._legacy_seeding(int(fields[0]))
        return lambda first, count: engine.random_raw(first + count)[first:].astype(np.uint32)
    raise ValueError(f"unknown source {text!r}")


def expected(kind, dtype, source, first, count, parameters):
    if kind == "key":
        return np.array(key_of(source.split(" ")[1:5]), dtype=np.uint32)
    read = int if kind == "integers" else float.fromhex
    return draw(kind, make_source(source), dtype, first, count, *map(read, parameters))


def first_difference(got, wanted, size):
    for i in range(0, max(len(got), len(wanted)), size):
        if got[i : i + size] != wanted[i : i + size]:
            ours, theirs = wanted[i : i + size][::-1].hex(), got[i : i + size][::-1].hex()
            return f"element {i // size}: transcription {ours}, library {theirs}"
    return "no difference"


def compare(directory):
    """Number of arrays compared by kind, and a line for each that differs."""
    counts, faults, elements = collections.Counter(), [], 0
    for line in (directory / "index.tsv").read_text().splitlines():
        file, kind, dtype, source, first, count, *parameters = line.split("\t")
        wanted = expected(kind, dtype, source, int(first), int(count), parameters)
        got = (directory / file).read_bytes()
        if wanted.size == 0 or got != wanted.tobytes():
            faults.append(f"{line}: {first_difference(got, wanted.tobytes(), wanted.itemsize)}")
        counts[kind] += 1
        elements += wanted.size
    return counts, faults, elements


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--least", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seedproof-native-") as directory:
        subprocess.run([arguments.program, directory], check=True)
        counts, faults, elements = compare(pathlib.Path(directory))
    for fault in faults[:20]:
        print(fault)
    total = sum(counts.values())
    print(f"{total} arrays, {elements} elements compared, {len(faults)} differ:", dict(counts))
    missing = [kind for kind in [*RULES, "key"] if counts[kind] == 0]
    if missing:
        print("not compared at all:", *missing)
    if total < arguments.least:
        print(f"at least {arguments.least} arrays are wanted")
    return 1 if faults or missing or total < arguments.least else 0


if __name__ == "__main__":
    sys.exit(main())
