"""docs/documents.md: what running the documents' layers shows, made by makers/documents.py."""

import os
import subprocess
import sys


def text(root, environment):
    return subprocess.run(
        [sys.executable, "-m", "makers.documents"],
        check=True,
        cwd=root / "scripts" / "golden",
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def make(root, environment):
    page = root / "docs" / "documents.md"
    made = text(root, environment)
    page.parent.mkdir(exist_ok=True)
    aside = page.with_name(page.name + ".new")
    aside.write_text(made)
    aside.replace(page)
    print(f"documents: {page.relative_to(root)}")


def check(root, environment):
    """Number of lines that differ from the recorded page; tells of each."""
    page = root / "docs" / "documents.md"
    old = page.read_text().splitlines() if page.exists() else []
    new = text(root, environment).splitlines()
    differing = [(a, b) for a, b in zip(old, new) if a != b]
    for a, b in differing:
        print(f"documents: {a!r}, made anew {b!r}")
    wrong = len(differing) + abs(len(old) - len(new))
    print(f"documents: {wrong} differences")
    return wrong
