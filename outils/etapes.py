"""Time of each stage of one build of the portal in the current folder.

``python outils/etapes.py [options of portail build]``: seconds that passed, and seconds of
processor in this process and in its children, which are waited for. Stages are the functions
named below, timed where they are called: one that was renamed is an error, not a silence.
"""

from __future__ import annotations

import importlib
import resource
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any, NamedTuple

STAGES = (
    ("portail_pelican.generator", "DiskStore", "open the store"),
    ("portail.pipeline", "list_content", "list the contents"),
    ("portail.pipeline", "read_all", "read what changed"),
    ("portail.pipeline", "draft_of", "gather"),
    ("portail.pipeline", "check", "check across documents"),
    ("portail.pipeline", "assemble", "assemble the site"),
    ("portail.pipeline", "Plan", "plan the pages"),
    ("portail_pelican.generator:PortailGenerator", "_result", "= read to plan"),
    ("portail_publication.build:Build", "sort", "tell what is stale"),
    ("portail_publication.build:Build", "make", "make the files"),
    ("portail_publication.publish:Publication", "_settle", "check and swap"),
    ("portail_pelican.publication", "publish", "= publish"),
)
"""(module or module:class, function, what is printed)."""


class Time(NamedTuple):
    """Seconds: on the wall, of processor here, of processor in children."""

    wall: float
    here: float
    children: float


def now() -> Time:
    """The clocks."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Time(perf_counter(), process_time(), used.ru_utime + used.ru_stime)


def timed(function: Callable[..., Any], name: str, times: dict[str, Time]) -> Callable[..., Any]:
    """The function, which adds what it takes to `times`."""

    def run(*arguments: Any, **options: Any) -> Any:
        start = now()
        try:
            return function(*arguments, **options)
        finally:
            spent = [end - begin for begin, end in zip(start, now(), strict=True)]
            before = times.get(name, Time(0.0, 0.0, 0.0))
            times[name] = Time(*(a + b for a, b in zip(before, spent, strict=True)))

    return run


def watch() -> dict[str, Time]:
    """Time every stage from now on."""
    times: dict[str, Time] = {}
    for place, attribute, name in STAGES:
        module, _, inner = place.partition(":")
        owner: Any = importlib.import_module(module)
        owner = getattr(owner, inner) if inner else owner
        setattr(owner, attribute, timed(getattr(owner, attribute), name, times))
    return times


def main(arguments: list[str]) -> int:
    """Build, print the table, return the exit code of the build."""
    start = now()
    commands = importlib.import_module("portail_pelican.commands")
    importlib.import_module("portail_pelican")
    times = watch()
    times["import"] = Time(*(end - begin for begin, end in zip(start, now(), strict=True)))
    code: int = commands.build(arguments)
    times["= everything"] = Time(*(end - begin for begin, end in zip(start, now(), strict=True)))
    print(f"{'':24}  wall    here  children", file=sys.stderr)
    for name, spent in times.items():
        print(f"{name:24}" + "".join(f"{seconds:6.2f}  " for seconds in spent), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
