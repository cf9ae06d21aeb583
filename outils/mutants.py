"""Whether the tests see it when a line that guards something is changed (mutation testing).

``python outils/mutants.py`` changes the modules of ``tests/mutants.yml`` in one place at a time
(``mutations.py``) and runs the tests that go through that place: one must fail. Prints what was
killed for each module, and what survived without a reason in that table. ``MODULE…`` (a part of
a path is enough) takes only some, ``--most N`` fewer mutants of each, ``--all`` every one.
Exit codes: 0 all is as it must be; 1 a module below 90 % or a survivor without a reason.

The modules of the tests are collected once; each mutant is a fork of that process, where the code
of the functions that changed is put in the place of theirs, or the table that changed and those
made from it. What that cannot reach (a class, a table that a class has read) starts anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "outils"), str(ROOT / "plugins")]

from mutations import Mutant, mutants  # noqa: E402

TABLE = ROOT / "tests" / "mutants.yml"
MUST = 90
"""Per cent of the mutants of each module that tests must kill."""


class Target(NamedTuple):
    """A module, and its mutants that are tried."""

    path: str
    """From the root of the repository."""
    tried: tuple[Mutant, ...]
    total: int
    """How many there are."""

    @property
    def module(self) -> str:
        """The name that it is imported by."""
        return ".".join(Path(self.path).with_suffix("").parts[1:])


class Outcome(NamedTuple):
    """What became of a mutant."""

    path: str
    line: int
    name: str
    killed: bool


def drawn(path: str, most: int) -> Target:
    """``most`` mutants of the module at ``path`` (0: all): those whose names have the least
    digests, so that an edit elsewhere in the file leaves the choice as it was."""
    every = [*mutants((ROOT / path).read_text(encoding="utf-8"))]
    order = sorted(every, key=lambda mutant: hashlib.sha256(mutant.name.encode()).digest())
    tried = {mutant.name for mutant in (order[:most] if most else order)}
    return Target(path, tuple(mutant for mutant in every if mutant.name in tried), len(every))


def by_line(items: Sequence[tuple[float, set[int]]], mutant: Mutant) -> list[int]:
    """The indexes of the tests that go through the lines of ``mutant``, the fastest first. A table
    or a class may be read without a line of its module: all of them, those that go there first."""
    lines = set(range(mutant.first, mutant.last + 1))
    rows = [(not sees, cost, index) for index, (cost, sees) in enumerate(items)]
    if mutant.scope == "code":
        rows = [row for row, (_, seen_lines) in zip(rows, items, strict=True) if lines & seen_lines]
    return [index for *_, index in sorted(rows)]


def run_group(group: dict[str, Any], most: int, wanted: list[str], processes: int) -> list[Outcome]:
    """Try the mutants of the modules of ``group`` that are ``wanted``, in a process of its own."""
    paths = [path for path in group["modules"] if any(word in path for word in wanted)]
    if not paths:
        return []
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        order = {"paths": paths, "most": most, "processes": processes, "tests": group["tests"]}
        command = [sys.executable, str(ROOT / "outils" / "mutants_loop.py"), str(result)]
        subprocess.run([*command, json.dumps(order)], cwd=ROOT, env=environment(), check=True)
        return [Outcome(*row) for row in json.loads(result.read_text(encoding="utf-8"))]


def environment() -> dict[str, str]:
    """The variables of processes that run tests: examples that are the same at every run."""
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("plugins", "outils"))
    return {**os.environ, "CI": "1", "PYTHONPATH": paths, "PYTHONHASHSEED": "0"}


def told(outcomes: list[Outcome], reasons: dict[str, dict[str, str]]) -> Iterator[str]:
    """What is to be said of a run, one module after the other."""
    for path, count in Counter(outcome.path for outcome in outcomes).items():
        left = [outcome for outcome in outcomes if outcome.path == path and not outcome.killed]
        killed = count - len(left)
        yield f"{100 * killed // count:3} %  {killed:4} / {count:<4}  {path}"
        for outcome in left:
            why = reasons.get(path, {}).get(outcome.name, "")
            verdict = "(listed)" if why else "SURVIVES"
            yield f"          {verdict} {path}:{outcome.line} {outcome.name}"


def faults(outcomes: list[Outcome], reasons: dict[str, dict[str, str]]) -> Iterator[str]:
    """What is not as it must be."""
    for path, count in Counter(outcome.path for outcome in outcomes).items():
        left = [outcome for outcome in outcomes if outcome.path == path and not outcome.killed]
        if (count - len(left)) * 100 < MUST * count:
            yield f"{path}: fewer than {MUST} % are killed"
        explained = reasons.get(path, {})
        yield from (
            f"{path}:{outcome.line} {outcome.name}"
            for outcome in left
            if outcome.name not in explained
        )
        killed = {outcome.name for outcome in outcomes if outcome.path == path and outcome.killed}
        yield from (f"{path} {name}: is killed, and listed" for name in explained if name in killed)


def main(arguments: list[str] | None = None) -> int:
    """Run the script; the exit code."""
    parser = argparse.ArgumentParser(description="Mutation testing of what guards the site.")
    parser.add_argument("modules", nargs="*", default=[""], metavar="MODULE")
    parser.add_argument("--most", type=int, help="mutants of each module (else the table says)")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args(arguments)
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    most = 0 if options.all else options.most or table["most"]
    outcomes: list[Outcome] = []
    for group in table["groups"]:
        group_outcomes = run_group(group, most, options.modules, options.processes)
        for line in told(group_outcomes, table["survivors"] or {}):
            print(line, flush=True)
        outcomes += group_outcomes
    wrong = [*faults(outcomes, table["survivors"] or {})]
    killed = sum(outcome.killed for outcome in outcomes)
    print(f"{killed} / {len(outcomes)} mutants killed, {len(wrong)} faults")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
