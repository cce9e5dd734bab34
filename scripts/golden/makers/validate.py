"""Checks a golden folder's structure without any framework: files, digests, zeros, copies."""

import argparse
import collections
import json
import sys
from pathlib import Path

import numpy as np

from .book import digest, locator, needed

TIERS = ("inputs", "words", "uniforms", "distributions", "layers", "gradients", "training")
SUBJECTS = {"input", "draw", "initializer", "function", "layers"}


class Broken(Exception):
    """The folder is not what its manifests say."""


def read_rows(path):
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    header, rows = lines[0], lines[1:]
    if header["rows"] != len(rows):
        raise Broken(f"{path}: {len(rows)} rows, the header says {header['rows']}")
    named = {row["file"]: row for row in rows}
    if len(named) != len(rows):
        raise Broken(f"{path}: a file is named twice")
    for row in rows:
        if len(SUBJECTS & row.keys()) != 1 or row["tier"] not in TIERS:
            raise Broken(f"{path}: row of {row['file']} has no single subject, or no tier")
        for name in needed(row):
            if name not in named:
                raise Broken(f"{path}: {row['file']} needs {name}, which has no row")
    return named


def check_array(folder, row):
    path = folder / row["file"]
    if not path.is_file():
        raise Broken(f"{path}: missing")
    array = np.load(path, allow_pickle=False)
    stored = "uint16" if row["dtype"] == "bfloat16" else row["dtype"]
    if array.dtype.name != stored or list(array.shape) != row["shape"]:
        raise Broken(f"{path}: {array.dtype.name} {array.shape}, the row says otherwise")
    if digest(array) != row["digest"]:
        raise Broken(f"{path}: digest {digest(array)}, the row says {row['digest']}")
    if row.get("locator", locator(array)) != locator(array):
        raise Broken(f"{path}: locator differs from the row's")
    if not np.any(array):
        raise Broken(f"{path}: nothing but zeros")


def copy_is_meant(rows):
    """Equal arrays under several names need a reason: what passes an input or gradient on, modes
    and initialisers that draw the same each time, ones that no seed changes."""
    if any(row["tier"] == "inputs" for row in rows):
        return True
    if all(row.get("training") is False for row in rows):
        return True
    if all(row.get("generator", "").endswith(":stateless") for row in rows):
        return True
    if all("initializer" in row for row in rows):
        return len({json.dumps(row["initializer"]) for row in rows}) == 1
    outputs = [row.get("output", "") for row in rows]
    if all(out.startswith("gradient/") for out in outputs):
        return True
    if all(out == "loss" and not row["shape"] for out, row in zip(outputs, rows)):
        return True  # one number each: sums of small fractions meet by chance
    if all(out.endswith("/b") for out in outputs):
        return True
    # A weight whose shape does not follow the input's: one seed makes it once.
    return len({(out, row.get("seed"), json.dumps(row.get("layers"))) for out, row in
                zip(outputs, rows)}) == 1 and outputs[0].startswith("weight/")


def report(folder, name):
    """Lines with the counts of one maker's folder. Raises Broken."""
    folder = Path(folder)
    manifests = {path.name: read_rows(path) for path in sorted(folder.glob("*.jsonl"))}
    if not manifests:
        raise Broken(f"{folder}: no manifest")
    rows = {}
    for named in manifests.values():
        for file, row in named.items():
            if rows.setdefault(file, row)["digest"] != row["digest"]:
                raise Broken(f"{folder / file}: two digests")
    for row in rows.values():
        check_array(folder, row)
    files = {str(path.relative_to(folder)) for path in folder.rglob("*.npy")}
    if files - rows.keys():
        raise Broken(f"{folder}: {sorted(files - rows.keys())[0]} has no row")

    equal = collections.defaultdict(list)
    for row in rows.values():
        equal[row["digest"]].append(row)
    copies = [group for group in equal.values() if len(group) > 1]
    for group in copies:
        if not copy_is_meant(group):
            raise Broken(f"{folder}: equal arrays {', '.join(row['file'] for row in group)}")

    tiers = collections.Counter(row["tier"] for row in rows.values())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    bounded = sum("tolerance" in row for row in rows.values())
    return [
        f"{name}: {len(rows)} arrays, {size / 1e6:.2f} MB, manifests "
        + ", ".join(f"{file} ({len(named)} rows)" for file, named in manifests.items()),
        f"{name}: " + ", ".join(f"{tiers[tier]} {tier}" for tier in TIERS if tiers[tier]),
        f"{name}: {bounded} with a bound, {len(equal)} different arrays, "
        f"{len(copies)} meant to be equal to another",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("golden", type=Path, help="the folder with one folder a maker")
    golden = parser.parse_args().golden
    try:
        for folder in sorted(path for path in golden.iterdir() if any(path.glob("*.jsonl"))):
            for line in report(folder, folder.name):
                print(line)
    except Broken as error:
        sys.exit(f"golden: {error}")


if __name__ == "__main__":
    main()
