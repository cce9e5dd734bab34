"""NPY files to and fro between NumPy and our reader and writer.

usage: npy_numpy_test.py NPY_REWRITE

1. NumPy writes every dtype x byte order x memory order x rank x version; NPY_REWRITE reads and writes
   them anew; NumPy reads that and finds the same dtype, shape, order and bits, and for C order the
   same bytes. The digests agree with the Python of docs/golden-format.md.
2. NPY_REWRITE writes arrays of its own; NumPy reads the values that both can count.
Fails where fewer files were compared than the matrix has.
"""
import hashlib
import itertools
import os
import subprocess
import sys
import tempfile
import warnings

import numpy as np

KINDS = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]
SHAPES = [(), (1,), (7,), (3, 5), (5, 3), (2, 3, 1, 4), (0,), (0, 4), (3, 0, 2)]
NAMES = {"b1": "bool", "f2": "float16", "f4": "float32", "f8": "float64"}
NAMES.update({f"{s}{n}": f"{'' if s == 'i' else 'u'}int{8 * n}" for s in "iu" for n in (1, 2, 4, 8)})


def digest(a):
    a = np.asarray(a)
    head = f"seedproof array 1\n{a.dtype.name}\n{','.join(map(str, a.shape))}\n"
    data = a.astype(a.dtype.newbyteorder("<"), order="C").tobytes()
    return "sha256:" + hashlib.sha256(head.encode() + data).hexdigest()


def values(kind, order, shape, rng):
    dtype = np.dtype(kind if kind[1] == "1" else order + kind)
    count = int(np.prod(shape, dtype=np.int64))
    if kind == "b1":
        return (rng.integers(0, 2, count) == 1).reshape(shape)
    raw = rng.integers(0, 256, count * dtype.itemsize, dtype=np.uint8)
    return raw.view(dtype).reshape(shape)


def bits(a):
    return np.ascontiguousarray(a).tobytes()


def write(path, a, version):
    with open(path, "wb") as f, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.lib.format.write_array(f, a, version=version, allow_pickle=False)


def check(condition, text):
    if not condition:
        sys.exit("FAILED: " + text)


def numpy_first(program, folder):
    """NumPy -> ours -> NumPy."""
    there, back = os.path.join(folder, "there"), os.path.join(folder, "back")
    os.mkdir(there)
    os.mkdir(back)
    rng = np.random.default_rng(2024)
    arrays = {}
    matrix = itertools.product(KINDS, "<>", "CF", SHAPES, [(1, 0), (2, 0), (3, 0)])
    for number, (kind, order, layout, shape, version) in enumerate(matrix):
        a = np.array(values(kind, order, shape, rng), order=layout)
        name = f"{number:05}.npy"
        write(os.path.join(there, name), a, version)
        arrays[name] = a
    subprocess.run([program, there, back], check=True)

    with open(os.path.join(back, "digests.txt")) as f:
        digests = dict(line.split() for line in f)
    same_bytes = 0
    for name, a in arrays.items():
        b = np.load(os.path.join(back, name), allow_pickle=False)
        check(b.dtype.str == a.dtype.str and b.shape == a.shape, f"{name}: {b.dtype} {b.shape}")
        check(bits(b) == bits(a), f"{name}: other bits than {a.dtype} {a.shape}")
        check(digests[name] == digest(a), f"{name}: digest {digests[name]}")
        with open(os.path.join(there, name), "rb") as f, open(os.path.join(back, name), "rb") as g:
            ours, theirs = g.read(), f.read()
        check(ours == theirs, f"{name}: file bytes differ from NumPy's")
        same_bytes += 1
    check(len(arrays) == len(KINDS) * 2 * 2 * len(SHAPES) * 3, "the matrix is not complete")
    return len(arrays), same_bytes


def ours_first(program, folder):
    """Ours -> NumPy."""
    made = os.path.join(folder, "made")
    os.mkdir(made)
    subprocess.run([program, "--make", made], check=True)
    shapes = [(), (7,), (3, 5), (2, 1, 3, 2), (0, 4)]
    compared = 0
    for kind, (s, shape), version, order, layout in itertools.product(
            KINDS, enumerate(shapes), (1, 2, 3), "lb", "cf"):
        name = f"{NAMES[kind]}-{s}-v{version}{order}{layout}.npy"
        a = np.load(os.path.join(made, name), allow_pickle=False)
        size = int(np.prod(shape)) * int(kind[1])
        count = np.arange(size)
        expected = (count % 2 if kind == "b1" else (3 * count + 1) % 120).astype(np.uint8)
        mark = "|" if kind[1] == "1" else {"l": "<", "b": ">"}[order]
        check(a.dtype.str == mark + kind and a.shape == shape, f"{name}: {a.dtype.str} {a.shape}")
        little = a.astype(a.dtype.newbyteorder("<"))
        check(bits(little) == expected.tobytes(), f"{name}: other bits")
        with open(os.path.join(made, name), "rb") as f:
            check(np.lib.format.read_magic(f) == (version, 0), f"{name}: version")
        compared += 1
    check(compared == len(os.listdir(made)) == len(KINDS) * 5 * 12, f"{compared} compared")
    return compared


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        first, same = numpy_first(program, folder)
        second = ours_first(program, folder)
    print(f"NumPy {np.__version__}: {first} arrays of NumPy's read and written ({same} files byte for "
          f"byte), {second} of ours read by NumPy")
    check(first > 0 and second > 0, "nothing was compared")


main()
