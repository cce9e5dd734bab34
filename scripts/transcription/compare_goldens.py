"""Recomputes golden/seedproof from the description of its generators, bit for bit.

usage: compare_goldens.py FOLDER

Every row of FOLDER/manifest.jsonl is a draw of philox, counter or shared-global on the ambient state,
after `call` equal ones. Ends 1 when an array differs, a row cannot be recomputed, or one of the
three generators has no row.
"""

import collections
import json
import pathlib
import sys

import numpy as np

from counter_based import philox_words
from derive import derive_key
from native import draw

PATH, PURPOSE = b"golden", b"draw"
TRAIN = 1  # the phase of a draw that says none
SHORT = {"int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64", "uint8": "u8",
         "uint16": "u16", "uint32": "u32", "uint64": "u64", "float16": "f16", "bfloat16": "bf16",
         "float32": "f32", "float64": "f64", "bool": "bool"}
PARAMETERS = {"words": (), "uniform": ("low", "high"), "normal": ("mean", "stddev"),
              "truncated_normal": ("mean", "stddev"), "keep_mask": ("rate",),
              "integers": ("low", "high"), "permutation": ()}


def words_taken(kind, dtype, count):
    """Words that a draw of `count` numbers from element 0 on reads."""
    if kind == "normal":
        return 4 * ((count + 1) // 2)
    per_number = {"words": 2 if dtype == "u64" else 1, "uniform": 2 if dtype == "f64" else 1,
                  "truncated_normal": 2, "keep_mask": 1, "integers": 4, "permutation": 4}
    return per_number[kind] * count


def philox(row, taken):
    key = derive_key(row["seed"], PATH, PURPOSE, "ambient")[:2]
    base = row.get("call", 0) * -(-taken // 4)
    return lambda first, count: philox_words(key, base, first, count)


def counter(row, _taken):
    key = derive_key(row["seed"], PATH, PURPOSE, "ambient")[:2]
    base = TRAIN << 46 | row.get("call", 0) << 80  # each call is a step of its own
    return lambda first, count: philox_words(key, base, first, count)


def shared_global(row, taken):
    engine = np.random.MT19937()
    engine._legacy_seeding(int(row["seed"]))
    engine.random_raw(row.get("call", 0) * taken)
    words = engine.random_raw(taken).astype(np.uint32)
    return lambda first, count: words[first : first + count]


SOURCES = {"philox": philox, "counter": counter, "shared-global": shared_global}


def expected(row):
    kind, dtype = row["draw"]["kind"], SHORT[row["dtype"]]
    count = int(np.prod(row["shape"], dtype=np.int64))
    source = SOURCES[row["generator"]](row, words_taken(kind, dtype, count))
    parameters = [row["draw"][name] for name in PARAMETERS[kind]]
    return draw(kind, source, dtype, 0, count, *parameters)


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()][1:]
    seen, faults = collections.Counter(), 0
    for row in rows:
        golden = np.load(folder / row["file"], allow_pickle=False)
        if golden.size == 0 or golden.tobytes() != expected(row).tobytes():
            print(f"{row['file']}: the transcription gives other numbers")
            faults += 1
        seen[row["generator"]] += 1
    print(f"{sum(seen.values())} arrays compared, {faults} differ:", dict(seen))
    missing = [name for name in SOURCES if not seen[name]]
    if missing:
        print("not compared at all:", *missing)
    return 1 if faults or missing else 0


if __name__ == "__main__":
    sys.exit(main())
