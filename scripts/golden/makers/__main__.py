"""python -m makers [--check] [NAME...]: makes the golden folders anew, or compares with them.

Every maker runs in a process of its own, with threads and environment fixed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import compare, documents_page, validate

NAMES = ("tensorflow", "keras3", "keras2")
ROOT = Path(__file__).resolve().parents[3]

ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_USE_LEGACY_KERAS": "0",
}


def run_maker(name, folder):
    code = f"from makers.{name}_maker import make; import sys; make(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        check=True,
        cwd=ROOT / "scripts" / "golden",
        env={**os.environ, **ENVIRONMENT},
    )


def replace_folder(new, old):
    """Puts folder `new` where `old` is; both lie in one file system, so each step is a rename."""
    aside = old.with_name(f".{old.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def make(names, golden):
    for name in names:
        work = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=golden))
        work.chmod(0o755)
        try:
            run_maker(name, work)
            for line in validate.report(work, name):
                print(line)
            replace_folder(work, golden / name)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def check(names, golden):
    differences = 0
    with tempfile.TemporaryDirectory(prefix="seedproof-golden-") as scratch:
        for name in names:
            work = Path(scratch) / name
            work.mkdir()
            run_maker(name, work)
            found = compare.differences(golden / name, work)
            for line in found:
                print(f"{name}: {line}")
            print(f"{name}: {len(found)} differences")
            differences += len(found)
    return differences


def main():
    parser = argparse.ArgumentParser(prog="scripts/golden/make", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; 1 on any difference")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of: " + ", ".join(NAMES))
    arguments = parser.parse_args()
    unknown = [n for n in arguments.names if n not in (*NAMES, "documents")]
    if unknown:
        parser.error(f"unknown name {unknown[0]!r}; there are {', '.join(NAMES)} and documents")
    names = [n for n in NAMES if not arguments.names or n in arguments.names]
    documents = not arguments.names or "documents" in arguments.names
    golden = ROOT / "golden"
    golden.mkdir(exist_ok=True)
    if arguments.check:
        wrong = check(names, golden)
        if documents:
            wrong += documents_page.check(ROOT, ENVIRONMENT)
        return 1 if wrong else 0
    make(names, golden)
    if documents:
        documents_page.make(ROOT, ENVIRONMENT)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"scripts/golden/make: a maker failed with exit code {error.returncode}")
