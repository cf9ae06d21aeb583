"""Tests that take more seconds of processor than ``durees.yml`` gives them, in the last whole run.

``make test`` leaves the report that is read here, ``make check`` reads it: without one, nothing is
said. What a test takes does not depend on what else the machine does, as a clock would.
Exit codes: 0; 1 a test takes too much, or is named and gone.
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import yaml

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / ".cache/suite.xml"


def taken(report):
    """The seconds of each test, by its file and name without the case."""
    found = {}
    for test in report.iter("testcase"):
        file = test.get("classname").partition(".Test")[0].replace(".", "/")
        case = re.match(r"\w+", test.get("name"))[0]
        name = f"{file}.py::{case}"
        for one in test.iterfind("properties/property[@name='processor']"):
            found[name] = max(found.get(name, 0), float(one.get("value")))
    return found


def faults(found, most, named):
    """A line for each test that takes too much, or that is named and not there."""
    for name, seconds in sorted(found.items()):
        if seconds > most and name not in named:
            yield f"{name}: {seconds} s, more than {most}: less, each week only, or a word for it"
    yield from (f"{name}: no longer there" for name in named if name not in found)


def main():
    """Compare the report with the list; the exit code."""
    if not REPORT.is_file():
        return 0
    kept = yaml.safe_load((ROOT / "tests/durees.yml").read_text("utf-8"))
    found = taken(ElementTree.parse(REPORT))
    wrong = [*faults(found, kept["most"], kept["named"])]
    print(*wrong, sep="\n", end="\n" * bool(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
