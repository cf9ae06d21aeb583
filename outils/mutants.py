"""Whether the tests see it when a line that guards something is changed (mutation testing).

``python outils/mutants.py`` changes the modules of ``tests/mutants.yml`` in one place at a time
(``mutations.py``) and runs the tests that go through that place: one must fail. Prints what was
killed for each module, and what survived without a reason in that table. ``MODULE…`` (a part of
a path is enough) takes only some, ``--most N`` fewer mutants of each, ``--all`` every one.
Exit codes: 0 all is as it must be; 1 a module below 90 % or a survivor without a reason.

mutmut leaves tables and expressions of a module as they are, and names a mutant by a number that
an edit shifts; cosmic-ray starts Python anew for each. Here each is a fork of a process that has
imported the libraries and none of our modules: it imports the mutant in the place of its module.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple, NoReturn

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "outils"), str(ROOT / "plugins")]

from mutations import Mutant, mutants  # noqa: E402

TABLE = ROOT / "tests" / "mutants.yml"
MUST = 90
"""Per cent of the mutants of each module that tests must kill."""
MEMORY = 8 << 30
OPTIONS = ["-qq", "-x", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist"]
FAST = ["-m", "not site and not chromium and not firefox"]
OURS = ("plugins", "tests", "outils")


class Target(NamedTuple):
    """A module, and its mutants that are tried."""

    path: str
    """From the root of the repository."""
    tried: tuple[Mutant, ...]


class Outcome(NamedTuple):
    """What became of a mutant."""

    path: str
    line: int
    name: str
    killed: bool


class Passage(NamedTuple):
    """A test, the seconds of processor that it takes, the lines of each module that it goes
    through."""

    test: str
    seconds: float
    lines: dict[str, list[int]]


def drawn(path: str, most: int) -> Target:
    """``most`` mutants of the module at ``path`` (0: all): those whose names have the least
    digests, so that an edit elsewhere in the file leaves the choice as it was."""
    every = [*mutants((ROOT / path).read_text(encoding="utf-8"))]
    order = sorted(every, key=lambda mutant: hashlib.sha256(mutant.name.encode()).digest())
    tried = {mutant.name for mutant in (order[:most] if most else order)}
    return Target(path, tuple(mutant for mutant in every if mutant.name in tried))


def through(passages: Sequence[Passage], path: str, mutant: Mutant) -> list[Passage]:
    """The tests that go through the lines of ``mutant``, the fastest first. A table or a class may
    be read without a line of its module: all of them, those that go there first."""
    rows = [
        (not {*range(mutant.first, mutant.last + 1)} & {*one.lines.get(path, ())}, one.seconds, one)
        for one in passages
    ]
    return [one for absent, _, one in sorted(rows) if not (absent and mutant.in_function)]


class Follower:
    """A plugin of pytest: the lines that each test goes through."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.files = {str(ROOT / path): path for path in paths}
        self.passages: list[Passage] = []
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What fails without a mutant is left out."""
        if report.failed:
            self.failed.add(report.nodeid)
            print(f"left out, as it fails without a mutant: {report.nodeid}", flush=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Follow a test."""
        lines: dict[str, set[int]] = {}
        before = time.process_time()
        sys.settrace(self._tracer(lines))
        yield
        sys.settrace(None)
        spent = time.process_time() - before
        if item.nodeid not in self.failed:
            seen = {path: sorted(numbers) for path, numbers in lines.items()}
            self.passages.append(Passage(item.nodeid, spent, seen))

    def _tracer(self, seen: dict[str, set[int]]) -> Callable[..., Any]:
        def called(frame: FrameType, event: str, arg: object) -> Callable[..., Any] | None:
            path = self.files.get(frame.f_code.co_filename)
            if path is None:
                return None
            lines = seen.setdefault(path, set())
            lines.add(frame.f_lineno)

            def line(frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
                lines.add(frame.f_lineno)
                return line

            return line

        return called


def followed(paths: Sequence[str], tests: Sequence[str]) -> list[Passage]:
    """Run the tests once, in a fork; then import here the libraries that it imported. Raises
    ``SystemExit`` when they cannot run."""
    ours = tuple(str(ROOT / folder) for folder in OURS)
    with tempfile.NamedTemporaryFile() as out:
        child = os.fork()
        if not child:
            follower = Follower(paths)
            options = [option for option in OPTIONS if option != "-x"]
            pytest.main([*options, *FAST, *tests], plugins=[follower])
            used = [
                name
                for name, module in [*sys.modules.items()]
                if not str(getattr(module, "__file__", "") or "").startswith(ours)
            ]
            Path(out.name).write_text(json.dumps([follower.passages, used]), encoding="utf-8")
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            raise SystemExit(2)
        rows, used = json.loads(Path(out.name).read_text(encoding="utf-8"))
    for name in used:
        with contextlib.suppress(Exception):  # names that a library makes up
            importlib.import_module(name)
    return [Passage(*row) for row in rows]


class _Finder(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):  # type: ignore[misc]
    """Imports one module as its mutant."""

    def __init__(self, path: str, mutant: Mutant) -> None:
        module = ".".join(Path(path).with_suffix("").parts[1:]).removesuffix(".__init__")
        super().__init__(module, str(ROOT / path))
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> Any:
        """The place of the module, read by this loader; nothing for others."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        """The mutant, compiled."""
        return compile(self.mutant.build(), self.path, "exec", dont_inherit=True)


def be(path: str, mutant: Mutant, chosen: Sequence[Passage], folder: str) -> NoReturn:
    """Be a mutant, in a fork: run the tests that were chosen, and end."""
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (1, 2):
            os.dup2(nothing, number)
        seconds = 30 + int(_patience(chosen))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        sys.meta_path.insert(0, _Finder(path, mutant))
        os._exit(int(pytest.main([*OPTIONS, *(one.test for one in chosen)])))
    finally:  # whatever happens, this process is not the one that goes on
        os._exit(1)


def _patience(chosen: Sequence[Passage]) -> float:
    return 4 * sum(one.seconds for one in chosen)


def outcomes_of(
    targets: Sequence[Target], passages: Sequence[Passage], processes: int
) -> Iterator[Outcome]:
    """Every mutant of some modules, some at once."""
    waiting = [(target.path, mutant) for target in reversed(targets) for mutant in target.tried]
    running: dict[int, tuple[Outcome, str, float]] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            path, mutant = waiting.pop()
            chosen = through(passages, path, mutant)
            outcome = Outcome(path, mutant.first, mutant.name, killed=False)
            if not chosen:  # no test goes there
                yield outcome
                continue
            folder = tempfile.mkdtemp(prefix="mutant-")
            child = os.fork()
            if not child:
                be(path, mutant, chosen, folder)
            running[child] = outcome, folder, time.monotonic() + 120 + 10 * _patience(chosen)
        if running:
            child, survived = _ended({one: limit for one, (*_, limit) in running.items()})
            outcome, folder, _ = running.pop(child)
            shutil.rmtree(folder, ignore_errors=True)
            yield outcome._replace(killed=not survived)


def _ended(limits: dict[int, float]) -> tuple[int, bool]:
    """The first fork that ends, or is ended as it takes too long; whether its tests passed."""
    while True:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child:
            _kill_group(child)
            return child, status == 0
        for late, limit in limits.items():
            if time.monotonic() > limit:
                _kill_group(late)
                os.waitpid(late, 0)
                return late, False
        time.sleep(0.005)


def _kill_group(child: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


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


def tried(group: dict[str, Any], most: int, wanted: list[str], processes: int) -> list[Outcome]:
    """The mutants of the modules of ``group`` that are ``wanted``."""
    targets = [drawn(path, most) for path in group["modules"] if any(one in path for one in wanted)]
    if not targets:
        return []
    passages = followed([target.path for target in targets], group["tests"])
    return [*outcomes_of(targets, passages, processes)]


def main(arguments: list[str] | None = None) -> int:
    """Run the script; the exit code."""
    parser = argparse.ArgumentParser(description="Mutation testing of what guards the site.")
    parser.add_argument("modules", nargs="*", default=[""], metavar="MODULE")
    parser.add_argument("--most", type=int, help="mutants of each module (else the table says)")
    parser.add_argument("--all", action="store_true", help="every mutant")
    options = parser.parse_args(arguments)
    if os.environ.get("PYTHONHASHSEED") != "0":  # examples that are the same at every run
        paths = os.pathsep.join(str(ROOT / folder) for folder in OURS)
        env = {**os.environ, "CI": "1", "PYTHONPATH": paths, "PYTHONHASHSEED": "0"}
        os.execve(sys.executable, [sys.executable, *sys.argv], env)  # noqa: S606
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    most = 0 if options.all else options.most or table["most"]
    outcomes: list[Outcome] = []
    for group in table["groups"]:
        found = tried(group, most, options.modules, len(os.sched_getaffinity(0)))
        print("".join(f"{line}\n" for line in told(found, table["survivors"])), end="", flush=True)
        outcomes += found
    wrong = [*faults(outcomes, table["survivors"])]
    killed = sum(outcome.killed for outcome in outcomes)
    print(f"{killed} / {len(outcomes)} mutants killed, {len(wrong)} faults")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
