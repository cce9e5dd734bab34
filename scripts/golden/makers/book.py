"""Writes the arrays and the manifest of one golden folder, as docs/golden-format.md has them."""

import hashlib
import json
import os
import platform
from importlib import metadata
from pathlib import Path

import numpy as np

PACKAGES = ("tensorflow-cpu", "keras", "tf-keras", "numpy")
CPU_FEATURES = ("sse4_2", "avx", "avx2", "fma", "avx512f")

GAMMA = "gamma"


def digest(array):
    """Digest of type, shape and elements; the same for every NPY version and byte order."""
    head = f"seedproof array 1\n{array.dtype.name}\n{','.join(map(str, array.shape))}\n"
    data = array.astype(array.dtype.newbyteorder("<"), order="C").tobytes()
    return "sha256:" + hashlib.sha256(head.encode() + data).hexdigest()


def locator(array):
    """Two sums over the bits of all elements, from which one changed element can be found."""
    bits = [int(b) for b in np.ravel(array).view(f"u{array.dtype.itemsize}")]
    total = sum(bits) % 2**128
    weighted = sum(i * b for i, b in enumerate(bits)) % 2**128
    return f"{total:x}:{weighted:x}"


def gamma(reason):
    """Tolerance for sums and products: the bound that the verifier derives for each element."""
    return {"kind": GAMMA, "value": 1, "reason": reason}


def state_words(state):
    """A generator's state (any integer array) as the manifest's list of 64-bit words."""
    return [hex(int(word) & 0xFFFFFFFFFFFFFFFF) for word in np.ravel(state)]


def seed_text(seed):
    """A root seed as the manifest spells it."""
    return str(list(seed)) if isinstance(seed, (list, tuple)) else str(seed)


def shape_text(shape):
    return "x".join(map(str, shape)) or "scalar"


def platform_facts():
    """What the numbers may depend on beside the packages: libc and the processor's features."""
    name, version = platform.libc_ver()
    flags = set()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("flags"):
                flags = set(line.split(":", 1)[1].split())
                break
    return {
        "libc": f"{name} {version}",
        "machine": platform.machine(),
        "features": " ".join(f for f in CPU_FEATURES if f in flags),
        "device": "cpu",
        "threads": f"intra_op {os.environ['TF_NUM_INTRAOP_THREADS']}, "
        f"inter_op {os.environ['TF_NUM_INTEROP_THREADS']}",
        "onednn": "off" if os.environ["TF_ENABLE_ONEDNN_OPTS"] == "0" else "on",
    }


class Book:
    """One manifest and the arrays it names. Several books may share a folder and arrays."""

    def __init__(self, folder, maker, manifest="manifest.jsonl"):
        self.folder = Path(folder)
        self.maker = maker
        self.manifest = manifest
        self.rows = {}

    def add(self, file, array, tier, **keys):
        """Stores `array` as `file` (without .npy) and adds its row; returns the file's name.

        bfloat16 is stored as its bits. Rows with a tolerance get a locator.
        """
        file += ".npy"
        if file in self.rows:
            raise ValueError(f"{file}: named twice in {self.manifest}")
        array = np.asarray(array)
        dtype = array.dtype.name
        stored = array.view(np.uint16) if dtype == "bfloat16" else array
        row = {
            "file": file,
            "dtype": dtype,
            "shape": list(array.shape),
            "digest": digest(stored),
            "tier": tier,
        }
        row.update((key, value) for key, value in keys.items() if value is not None)
        if "tolerance" in row:
            row["locator"] = locator(stored)
        self._store(file, stored)
        self.rows[file] = row
        return file

    def repeat(self, other, file, generator):
        """Adds the row of `file` in another book of this folder for another generator."""
        row = dict(other.rows[file])
        if "generator" in row:
            row["generator"] = generator
        for name in needed(row):
            if name not in self.rows:
                self.repeat(other, name, generator)
        self.rows[file] = row

    def write(self):
        header = {
            "schema": "seedproof-golden",
            "version": 1,
            "maker": self.maker,
            "made_with": {
                **{name: metadata.version(name) for name in PACKAGES},
                "python": platform.python_version(),
            },
            "command": f"scripts/golden/make {self.maker}",
            "platform": platform_facts(),
            "rows": len(self.rows),
        }
        lines = [header, *(self.rows[name] for name in sorted(self.rows))]
        text = "".join(json.dumps(line, allow_nan=False) + "\n" for line in lines)
        (self.folder / self.manifest).write_text(text)

    def _store(self, file, array):
        path = self.folder / file
        if path.exists():
            if digest(np.load(path)) != digest(array):
                raise ValueError(f"{file}: two different arrays of one name")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            np.lib.format.write_array(
                out, np.require(array, requirements="C"), version=(1, 0), allow_pickle=False
            )


def needed(row):
    """The files that a row's recomputation reads."""
    calls = [row, *(earlier for earlier in row.get("before", []) if "inputs" in earlier)]
    files = [name for call in calls for name in call.get("inputs", [])]
    files += row.get("weights", {}).values()
    files += [row[key] for key in ("upstream",) if key in row]
    files += [row["train"][key] for key in ("target",) if key in row.get("train", {})]
    return files
