"""How much of a proof is given at each change, and how much each week (``make endurance``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

LONG = os.environ.get("SUITE_LONGUE") == "1"
"""Whether this run is the long one."""


def dose(few: int, many: int) -> int:
    """``few`` examples at each change, ``many`` in the long run."""
    return many if LONG else few


@contextmanager
def ends(seconds: int = 60) -> Iterator[None]:
    """What is read within ends: ``seconds`` of processor are far more than a slow machine needs.
    Speed itself is ``make bench``."""
    __tracebackhide__ = True
    started = process_time()
    yield
    assert process_time() - started < seconds


def all_hold(judge: Callable[..., None], cases: Iterable[Any]) -> None:
    """Judge every case (arguments, or the one argument); those that do not hold are told together,
    with what is wrong. At least one is judged."""
    __tracebackhide__ = True
    wrong, judged = [], 0
    for case in cases:
        judged += 1
        try:
            judge(*case) if isinstance(case, tuple) else judge(case)
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            wrong.append(f"{case}: {type(error).__name__}: {error}")
    assert judged and not wrong, "\n".join(wrong)


def together(cases: Callable[[], Iterable[Any]]) -> Callable[[Callable[..., None]], Any]:
    """One test of all the cases, where hundreds cost less to judge than to be tests."""

    def one(judge: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            __tracebackhide__ = True
            all_hold(judge, cases())

        test.__doc__ = judge.__doc__
        return test

    return one
