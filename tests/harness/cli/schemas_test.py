"""Every JSON report holds to its schema: schemas_test.py PROGRAM SOURCE_DIR."""

import json
import pathlib
import subprocess
import sys

import jsonschema

REPORTS = {
    "check": (["check", "CustomDropout", "-g", "philox", "-g", "tf-generator"], {0}),
    "golden-verify": (["golden", "verify", "--maker", "tensorflow"], {0}),
    "study": (["study"], {0}),
    "selftest": (["selftest", "mask-frozen", "golden-bit-flipped"], {0}),
    "list": (["list", "generators"], {0}),
}


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    checked = 0
    for name, (arguments, codes) in REPORTS.items():
        schema = json.loads((source / f"docs/schemas/{name}.schema.json").read_text())
        run = subprocess.run([program, *arguments, "--json", "-"], cwd=source,
                             stdout=subprocess.PIPE, check=False)
        assert run.returncode in codes, f"{name} ended with {run.returncode}"
        report = json.loads(run.stdout)
        jsonschema.validate(report, schema)
        # A schema that takes anything would prove nothing.
        for key in list(report):
            broken = {k: v for k, v in report.items() if k != key}
            try:
                jsonschema.validate(broken, schema)
            except jsonschema.ValidationError:
                continue
            raise AssertionError(f"{name}: the schema does not miss {key}")
        checked += 1
    assert checked == len(list((source / "docs/schemas").glob("*.json"))), "a schema is not tested"
    print(f"{checked} reports hold to their schemas")


main()
