"""Takes each barrier against a threat away in turn, and sees the test of its row fail.

``python outils/barrieres.py [ROW…] [-j N]`` reads ``barrieres.yml``. In copies of the tree, the
tests that it names pass first; then each row's change is made alone, and its test must fail by an
assertion: an error that the change itself makes would prove nothing. Exit code 1 names the rows
whose barrier can go without being missed. ``tests/outils/test_barrieres.py`` holds that each row
still finds its barrier and its test, ``docs/technique/securite.md`` tells the doors.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import yaml
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "outils/barrieres.yml"
SECONDS = 300
"""What a test may take, its browser and its build included."""


class Row(NamedTuple):
    """One barrier."""

    door: str
    name: str
    threat: str
    file: str
    find: str
    """What stands once in ``file``: the barrier."""
    put: str
    """What is written instead: the same code without it."""
    test: str
    """The node of pytest that must fail then."""


def rows(table: Path = TABLE) -> list[Row]:
    """Every row, in the order of the file; ``TypeError`` for a key missing or too many."""
    doors = yaml.safe_load(table.read_text(encoding="utf-8"))
    return [Row(door, name, **row) for door, table in doors.items() for name, row in table.items()]


def faults(table: Iterable[Row], root: Path = ROOT) -> list[str]:
    """What no longer holds of the rows: a barrier that is not found once, a test that is gone."""
    table = list(table)
    faults = [f"{name}: twice" for name, n in Counter(row.name for row in table).items() if n > 1]
    for row in table:
        path, _, function = row.test.partition("[")[0].partition("::")
        source, test = root / row.file, root / path
        times = source.read_text(encoding="utf-8").count(row.find) if source.is_file() else 0
        if times != 1:
            faults.append(f"{row.name}: its barrier is found {times} times in {row.file}")
        if row.put == row.find:
            faults.append(f"{row.name}: changes nothing")
        tests = test.read_text(encoding="utf-8") if test.is_file() else ""
        if not re.search(rf"^def {function}\(", tests, re.MULTILINE):
            faults.append(f"{row.name}: {row.test} is no test")
    return faults


# ── The proof ────────────────────────────────────────────────────────────────────────


class Verdict(NamedTuple):
    """What a test said."""

    passed: bool
    asserted: bool
    """Whether it failed by an assertion of its own."""
    said: str


class Copy:
    """A copy of the tree, in which tests run without the changes of other rows."""

    _clock = count(1)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = ["git", "ls-files", "-zco", "--exclude-standard"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)

    @contextmanager
    def without(self, row: Row) -> Iterator[None]:
        """The copy while the barrier of ``row`` is away."""
        path = self.folder / row.file
        whole, stat = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(whole.replace(row.find, row.put), encoding="utf-8")
        # Bytecode is known by seconds and size: no two versions may have both.
        later = stat.st_mtime + next(Copy._clock)
        os.utime(path, (later, later))
        try:
            yield
        finally:
            path.write_text(whole, encoding="utf-8")
            os.utime(path, (stat.st_atime, stat.st_mtime))

    def run(self, tests: Iterable[str], *options: str, seconds: int = SECONDS) -> Verdict:
        """The tests, in a process that knows this copy alone."""
        report = self.folder / ".barrieres.xml"
        report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"]
        command += ["-m=", f"--junit-xml={report}", *options, *sorted(set(tests))]
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "plugins"), "CI": "1"}
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=environment, capture_output=True, text=True,
                check=False, timeout=seconds,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Verdict(False, False, f"nothing after {seconds} s")
        return Verdict(
            done.returncode == 0, done.returncode == 1 and _asserted(report), done.stdout
        )


_ASSERTS = ("AssertionError", "assert ", "Failed: ")
_COUNTS = re.compile(r"ValueError: (?:not enough|too many) values to unpack")
"""« (told,) = found » asserts how many there are, where a test writes it."""
_PLACES = re.compile(r"^(\S+):\d+: in ", re.MULTILINE)


def _asserted(report: Path) -> bool:
    """Whether what failed are assertions; errors of a fixture or of an import are not."""
    tree = etree.parse(report)
    failures = [
        (str(failure.get("message")), str(failure.text)) for failure in tree.iter("failure")
    ]
    if next(tree.iter("error"), None) is not None:
        return False
    return any(
        message.startswith(_ASSERTS) or _counted(message, trace) for message, trace in failures
    )


def _counted(message: str, trace: str) -> bool:
    last = _PLACES.findall(trace)[-1:]
    return _COUNTS.match(message) is not None and bool(last) and last[0].startswith("tests/")


def _judge(row: Row, copies: SimpleQueue[Copy]) -> str:
    """What is wrong with a row, or ``""``."""
    copy, began = copies.get(), time.monotonic()
    try:
        with copy.without(row):
            verdict = copy.run([row.test], "-x")
    finally:
        copies.put(copy)
    wrong = ""
    if verdict.passed:
        wrong = f"{row.name}: nobody misses {row.file}; {row.test} passes without it"
    elif not verdict.asserted:
        tail = "\n    ".join(verdict.said.strip().splitlines()[-12:])
        wrong = f"{row.name}: {row.test} breaks without {row.file}, and asserts nothing\n    {tail}"
    print(f"{'✗' if wrong else '✓'} {time.monotonic() - began:5.1f} s  {row.name}", flush=True)
    return wrong


def prove(table: list[Row], workers: int) -> list[str]:
    """Take each barrier away; what is wrong, a sentence for each row."""
    with tempfile.TemporaryDirectory(prefix="barrieres.") as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        folders = [Copy(Path(folder) / str(n)) for n in range(workers)]
        several = ["-n", str(workers), "--dist", "loadgroup"] if len(table) > 1 else []
        whole = folders[0].run((row.test for row in table), *several, seconds=10 * SECONDS)
        if not whole.passed:
            return [f"the tests do not pass with every barrier in place\n{whole.said[-3000:]}"]
        for copy in folders:
            copies.put(copy)
        with ThreadPoolExecutor(workers) as pool:
            return [fault for fault in pool.map(lambda row: _judge(row, copies), table) if fault]


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "rows", nargs="*", help="names of rows, or the beginning of some; all without"
    )
    parser.add_argument("-j", type=int, default=os.cpu_count() or 1, help="rows at the same time")
    options = parser.parse_args(arguments)
    table = rows()
    wrong = faults(table)
    table = [row for row in table if not options.rows or row.name.startswith(tuple(options.rows))]
    if not wrong and not table:
        wrong = ["no row has such a name"]
    began = time.monotonic()
    wrong = wrong or prove(table, options.j)
    for fault in wrong:
        print(fault, file=sys.stderr)
    print(f"{len(table)} barriers, {len(wrong)} faults, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
