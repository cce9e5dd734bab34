"""The comparison must fail on one flipped bit, on a missing byte, and when nothing was compared."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts" / "transcription"))

import compare_native  # noqa: E402


def keep_some(directory):
    """Every 17th line, so that this test is quick."""
    index = directory / "index.tsv"
    lines = index.read_text().splitlines()[::17]
    index.write_text("".join(line + "\n" for line in lines))
    return lines


def main(program):
    with tempfile.TemporaryDirectory(prefix="seedproof-native-") as name:
        directory = pathlib.Path(name)
        subprocess.run([program, name], check=True)
        lines = keep_some(directory)
        assert len(lines) > 10
        assert compare_native.compare(directory)[1] == []
        for line in lines:
            file = directory / line.split("\t")[0]
            good = file.read_bytes()
            for bad in (good[:-1], good + b"\0", good[:-1] + bytes([good[-1] ^ 1]), b""):
                file.write_bytes(bad)
                faults = compare_native.compare(directory)[1]
                assert len(faults) == 1 and faults[0].startswith(line), line
                if line != lines[0] and line != lines[-1]:
                    break
            file.write_bytes(good)
        (directory / "index.tsv").write_text("")
        assert sum(compare_native.compare(directory)[0].values()) == 0
    empty = subprocess.run(
        [sys.executable, "-B", compare_native.__file__, program, "--least", "1000000"],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    assert empty.returncode == 1


if __name__ == "__main__":
    main(sys.argv[1])
