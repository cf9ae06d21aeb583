"""How long texts take that were written to be slow, and what is asked for in great numbers.

``make parts`` runs it. Tests count the calls of the same work (`tests/work.py`), which no
machine changes, but not what a regular expression does within one: here are seconds of processor,
the best of ``--runs 3`` since other work on a machine only adds, beside what each may take.
Exit codes: 0 every target met, 1 one missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from time import process_time
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import hostile
from portail.agenda.rrule import days_of, parse_rule
from portail.body import limits
from portail.body.render import render_body
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.resources import data_dir
from portail.source.document import parse_front_matter
from portail.text.suggest import nearest

PATH = PurePosixPath("content/articles/a.md")
FRONT_MATTER, BODY, RULE, NEAREST, COUNTRY = 2.0, limits.SECONDS / 2, 0.2, 0.3, 5.0
"""Seconds at most, five times what an idle machine takes or more."""
FROM, UNTIL = date(2021, 10, 9), date(2024, 10, 9)


class Work(NamedTuple):
    """Something to do, its name, how long it may take."""

    name: str
    most: float
    run: Callable[[], object]


def works() -> Iterator[Work]:
    """Everything that is timed."""
    for text in hostile.FRONT_MATTERS:
        read = partial(parse_front_matter, text, PATH, 2)
        yield Work(f"front matter {text[:12]!r}", FRONT_MATTER, read)
    for name, text in hostile.BODIES.items():
        yield Work(f"body, {name}", BODY, partial(render_body, text, PATH))
    for text in hostile.RULES:
        yield Work(f"rule {text[:40]}", RULE, partial(days, text))
    names = hostile.names(5_000)
    search = partial(nearest, "musee-atelier-nature-arra-1", names)
    yield Work("the nearest of 5,000 names", NEAREST, search)
    yield Work("100,000 communes and what holds them", COUNTRY, country)


def days(text: str) -> list[date]:
    """The days that a rule gives within three years."""
    return [*days_of(parse_rule(text), FROM, UNTIL)]


def country() -> int:
    """Load the tables of the country, then look names up; how many are found."""
    known = Geography.load(data_dir(), "Hauts-de-France")
    assert known.home is not None
    names = [one.nom for one in known.communes_of(known.home)]
    found = (known.commune(names[rank * 7 % len(names)]) for rank in range(100_000))
    return sum(bool(known.territoires_of(one)) for one in found if isinstance(one, Commune))


def seconds(run: Callable[[], object]) -> float:
    """Processor time of one run."""
    start = process_time()
    run()
    return process_time() - start


def main() -> int:
    """Time, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    missed = False
    for work in works():
        spent = min(seconds(work.run) for _ in range(runs))
        missed |= spent > work.most
        verdict = "met" if spent <= work.most else "MISSED"
        print(f"  {work.name}: {spent:.3f} s (target ≤ {work.most:g}): {verdict}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
