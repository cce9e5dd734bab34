"""Compares two golden folders by type, shape and elements, and by what their manifests say."""

import json
from pathlib import Path

import numpy as np

from .book import digest

# Facts of the machine, not of the numbers.
MACHINE = ("platform",)


def read(folder):
    """Manifest's name -> (header, file -> row)."""
    found = {}
    for path in sorted(Path(folder).glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        found[path.name] = (lines[0], {row["file"]: row for row in lines[1:]})
    return found


def arrays(folder):
    return {str(p.relative_to(folder)): p for p in sorted(Path(folder).rglob("*.npy"))}


def describe(old, new):
    """One line that says how two arrays differ; empty where they do not."""
    if (old.dtype, old.shape) != (new.dtype, new.shape):
        return f"{old.dtype.name} {old.shape}, made anew {new.dtype.name} {new.shape}"
    if digest(old) == digest(new):
        return ""
    bits = f"u{old.dtype.itemsize}"
    differ = np.ravel(old).view(bits) != np.ravel(new).view(bits)
    first = int(np.argmax(differ))
    return (
        f"{int(differ.sum())} of {old.size} elements differ, first at {first}: "
        f"{np.ravel(old)[first]!r}, made anew {np.ravel(new)[first]!r}"
    )


def differences(committed, made):
    """Lines, one a difference: arrays first, then rows and headers of the manifests."""
    lines = []
    old, new = arrays(committed), arrays(made)
    lines += [f"{name}: not made any more" for name in sorted(old.keys() - new.keys())]
    lines += [f"{name}: not committed" for name in sorted(new.keys() - old.keys())]
    for name in sorted(old.keys() & new.keys()):
        text = describe(np.load(old[name]), np.load(new[name]))
        if text:
            lines.append(f"{name}: {text}")
    return lines + manifest_differences(read(committed), read(made))


def manifest_differences(old, new):
    lines = [f"{name}: manifest on one side only" for name in sorted(old.keys() ^ new.keys())]
    for name in sorted(old.keys() & new.keys()):
        (old_header, old_rows), (new_header, new_rows) = old[name], new[name]
        for key in sorted(old_header.keys() | new_header.keys()):
            if key not in MACHINE and old_header.get(key) != new_header.get(key):
                lines.append(
                    f"{name}: {key} {old_header.get(key)!r}, made anew {new_header.get(key)!r}"
                )
        for file in sorted(old_rows.keys() & new_rows.keys()):
            keys = [
                key
                for key in sorted(old_rows[file].keys() | new_rows[file].keys())
                if key not in ("digest", "locator")  # the arrays were compared
                and old_rows[file].get(key) != new_rows[file].get(key)
            ]
            if keys:
                lines.append(f"{name}: row of {file} differs in {', '.join(keys)}")
    return lines
