"""Tests that take more seconds of processor than ``durees.yml`` gives them, in the last whole run.

``make test`` leaves the report that is read here, ``make check`` reads it: without one, nothing is
said. Seconds of processor do not depend on what else a machine does, as a clock would, but on the
machine: where the whole suite takes half as much again, so may each test. A test near the limit
passes it on some runs: it is told from there, and refused at half as much again.
Exit codes: 0; 1 a test takes too much, or is named and gone.
"""

import re
import sys
from xml.etree import ElementTree

import yaml

from checkout import ROOT

REPORT = ROOT / ".cache/suite.xml"


REFUSED = 1.5
"""Times the limit of a test from which its run is refused."""


def taken(report):
    """The seconds of each case of a test, by its file and name; 0 if it was left out."""
    found = {}
    for test in report.iter("testcase"):
        file = test.get("classname").partition(".Test")[0].replace(".", "/")
        case = re.match(r"\w+", test.get("name"))[0]
        seconds = test.find("properties/property[@name='processor']")
        value = 0 if seconds is None else float(seconds.get("value"))
        found.setdefault(f"{file}.py::{case}", []).append(value)
    return found


def faults(found, kept):
    """(what is refused, what is told) of a run: tests that take too much, or are named and gone."""
    whole = sum(map(sum, found.values()))
    most = kept["most"] * max(1, whole / kept["whole"])
    refused = [f"{name}: no longer there" for name in kept["named"] if name not in found]
    told = []
    for name, cases in sorted(found.items()):
        seconds = max(cases)
        if seconds > most and name not in kept["named"]:
            line = f"{name}: {seconds} s, more than {most:.1f}"
            (refused if seconds > REFUSED * most else told).append(line)
    return refused, told


def main():
    """Compare the report with the list; the exit code."""
    if not REPORT.is_file():
        return 0
    kept = yaml.safe_load((ROOT / "tests/durees.yml").read_text("utf-8"))
    found = taken(ElementTree.parse(REPORT))
    refused, told = faults(found, kept)
    for line in told:
        print(f"{line}: near it")
    for line in refused:
        print(f"{line}: make it less, leave it to each week, or name it with what it buys")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
