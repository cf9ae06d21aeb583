"""One build of the portal in the current folder, its function calls counted stage by stage.

``python outils/counted.py calls|signs [options of portail build]`` prints JSON, the last line of
its output. ``calls``: ``{"stages": {stage: calls}, "functions": {name: calls}, "re":
calls}``, counted by ``cProfile``. ``signs``: ``{"signs":
characters handed to expressions of the portal while contents are read, "slow": {expression: what a
character takes in it, beside the median one}}``. Counts are the same on every machine that has the
same Python and libraries; what an expression takes is a ratio of times of this thread.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

STAGES = (
    ("portail.pipeline", "list_content", "reading"),
    ("portail.pipeline", "read_all", "reading"),
    ("portail.pipeline", "draft_of", "assembling"),
    ("portail.pipeline", "check", "checks across"),
    ("portail.pipeline", "assemble", "assembling"),
    ("portail_pelican.generator", "planned", "planning"),
    ("portail_publication.publish:Publication", "publish", "publishing"),
    ("jinja2:Environment", "compile", "compiling templates"),
)
"""(module or module:class, function, stage): what is called inside a stage and has its own is
counted there."""
SEARCH = "recherche/"
IMPORTS = "imports"
REST = "the rest"
_PATTERN = re.compile(r"<method '(\w+)' of 're\.Pattern' objects>")
LOOKING = frozenset({"search", "finditer", "findall", "split", "sub", "subn"})
"""Methods of expressions that go through a text."""
SAMPLE = 60_000
"""Signs of texts in which an expression finds nothing: these are gone through again, timed."""
ENOUGH = 10_000
"""Signs of them that tell what it takes."""
SHORT = 50
"""Signs of a text below which finding it in memory takes as long as going through it."""
LITTLE = 0.001
"""The part of all signs below which it does not matter."""
TURNS = 15
_ROOT = Path(__file__).resolve().parents[1]


class Ledger:
    """The calls of each stage, each counted by a profile of its own: one is on at a time."""

    def __init__(self) -> None:
        self.profiles: dict[str, Profile] = {}
        self.stages: list[str] = []

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        """Calls are of ``stage`` as long as this lasts."""
        outside = self.profiles[self.stages[-1]] if self.stages else None
        if outside:
            outside.disable()
        profile = self.profiles.setdefault(stage, Profile())
        self.stages.append(stage)
        profile.enable()
        try:
            yield
        finally:
            profile.disable()
            self.stages.pop()
            if outside:
                outside.enable()

    def charge(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """``function``, whose calls are of ``stage``."""

        def run(*arguments: Any, **options: Any) -> Any:
            with self.within(stage):
                return function(*arguments, **options)

        return run

    def table(self) -> dict[str, Any]:
        """What is printed."""
        stages: dict[str, int] = {}
        functions = Counter[str]()
        for stage, profile in self.profiles.items():
            entries = profile.getstats()  # type: ignore[attr-defined]
            stages[stage] = sum(entry.callcount for entry in entries)
            for entry in entries:
                functions[_name(entry.code)] += entry.callcount
        calls = sum(count for name, count in functions.items() if _PATTERN.fullmatch(name))
        return {"stages": stages, "functions": functions, "re": calls}


def _name(code: Any) -> str:
    """``package/module.py:function``, or what a built-in function calls itself."""
    if isinstance(code, str):
        return code
    _, inside, path = code.co_filename.rpartition("/site-packages/")
    if not inside:
        path = code.co_filename.removeprefix(f"{Path.cwd()}/").removeprefix(f"{_ROOT}/plugins/")
    return f"{path}:{code.co_qualname}"


def _made_in(job: Any) -> str:
    """The stage of a file that is made."""
    from portail.outputs.base import TemplatePage

    if isinstance(job.artifact, TemplatePage):
        return "pages"
    return "search" if job.path.startswith(SEARCH) else "other files"


def calls(arguments: list[str]) -> dict[str, Any]:
    """Build; the calls of each stage. Raises ``SystemExit`` when the build fails."""
    ledger = Ledger()
    with ledger.within(IMPORTS):
        commands = _commands()
    for place, function, stage in STAGES:
        name, _, inner = place.partition(":")
        owner: Any = importlib.import_module(name)
        owner = getattr(owner, inner) if inner else owner
        setattr(owner, function, ledger.charge(getattr(owner, function), stage))
    producer = importlib.import_module("portail_publication.producer").Producer
    produce = producer.__call__

    def make(this: Any, job: Any) -> Any:
        with ledger.within(_made_in(job)):
            return produce(this, job)

    producer.__call__ = make
    with ledger.within(REST):
        code = commands.build(arguments)
    if code:
        raise SystemExit(code)
    return ledger.table()


def _commands() -> Any:
    """The commands of the adapter, all that it imports with them."""
    commands = importlib.import_module("portail_pelican.commands")
    importlib.import_module("portail_pelican")
    return commands


class Counted:
    """A compiled expression of a module, which counts the characters of the texts it looks at, and
    keeps some of those in which it finds nothing."""

    signs = 0
    every: ClassVar[list[Counted]] = []

    def __init__(self, pattern: re.Pattern[str], module: str) -> None:
        self._pattern = pattern
        self._module = module
        self._texts: list[str] = []
        self._kept = 0
        self._signs = 0
        Counted.every.append(self)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if name in ("sub", "subn"):
            return lambda repl, text, *rest, **options: self._told(
                found, text, repl, text, *rest, **options
            )
        if callable(found):
            return lambda text, *rest, **options: self._told(found, text, text, *rest, **options)
        return found

    def __str__(self) -> str:
        names = vars(sys.modules[self._module]).items()
        name = next((name for name, value in names if value is self), self._pattern.pattern[:40])
        return f"{self._module} {name}"

    def __eq__(self, other: object) -> bool:
        return self._pattern == getattr(other, "_pattern", other)

    def __hash__(self) -> int:
        return hash(self._pattern)

    def _told(self, found: Callable[..., Any], text: Any, *arguments: Any, **options: Any) -> Any:
        Counted.signs += len(text)
        self._signs += len(text)
        looks = found.__name__ in LOOKING and self._kept < SAMPLE and len(text) >= SHORT
        if looks and not self._pattern.search(text):
            self._texts.append(text)
            self._kept += len(text)
        return found(*arguments, **options)

    @property
    def matters(self) -> bool:
        """Whether it looks at many signs, and enough of them in vain."""
        return self._kept >= ENOUGH and self._signs >= LITTLE * Counted.signs

    def turn(self) -> float:
        """Nanoseconds for each sign of what it looked at in vain; calls are not counted."""
        spent = self._spent(self._texts) - self._spent([""] * len(self._texts))
        return max(spent, 0) / self._kept

    def _spent(self, texts: list[str]) -> int:
        search = self._pattern.search
        start = time.thread_time_ns()
        for text in texts:
            search(text)
        return time.thread_time_ns() - start


def slowness() -> dict[str, float]:
    """What a sign takes in each expression that matters, beside the median one: the least of many
    turns, each of all expressions, so that what else the machine does falls on all."""
    some = [one for one in Counted.every if one.matters]
    turns = [[one.turn() for one in some] for _ in range(TURNS)]
    costs = dict(zip(map(str, some), map(min, zip(*turns, strict=True)), strict=True))
    middle = median(costs.values())
    return {name: round(cost / middle, 1) for name, cost in costs.items()}


def _counting(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """``re.compile``, whose expressions count when our modules ask for them, late or not."""

    def run(pattern: Any, flags: int = 0) -> Any:
        made = compiled(pattern, flags)
        asked = sys._getframe(1).f_globals.get("__name__", "")
        ours = asked.partition(".")[0].startswith("portail")
        return Counted(made, asked) if ours and not isinstance(made.pattern, bytes) else made

    return run


def signs(arguments: list[str]) -> dict[str, Any]:
    """Build; what expressions looked at while contents were read. Raises ``SystemExit`` when the
    build fails."""
    late: Any = importlib.import_module("portail.late")
    late.expression = re.compile = _counting(re.compile)  # type: ignore[assignment]
    commands = _commands()
    pipeline: Any = importlib.import_module("portail.pipeline")
    read_all = pipeline.read_all
    risen = 0

    def read(*given: Any, **options: Any) -> Any:
        nonlocal risen
        before = Counted.signs
        records = read_all(*given, **options)
        risen += Counted.signs - before
        return records

    pipeline.read_all = read
    if code := commands.build(arguments):
        raise SystemExit(code)
    return {"signs": risen, "slow": slowness()}


def main(arguments: list[str]) -> int:
    """Build, print what was counted."""
    os.environ["PORTAIL_PROCESSUS"] = "1"
    count = {"calls": calls, "signs": signs}[arguments[0]]
    print(json.dumps(count(arguments[1:]), default=dict))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
