"""How much of a proof is given at each change, and how much each week (``make endurance``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

LONG = os.environ.get("SUITE_LONGUE") == "1"
"""Whether this run is the long one."""


def dose(few: int, many: int) -> int:
    """``few`` examples at each change, ``many`` in the long run."""
    return many if LONG else few


def together(cases: Callable[[], Iterable[Any]]) -> Callable[[Callable[..., None]], Any]:
    """One test of all the cases (arguments, or the one argument), which names each that does not
    hold: where hundreds cost less to judge than to be tests."""

    def one(judge: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            __tracebackhide__ = True
            wrong, judged = [], 0
            for case in cases():
                judged += 1
                try:
                    judge(*case) if isinstance(case, tuple) else judge(case)
                except AssertionError as error:
                    wrong.append(f"{case}: {error}")
            assert judged and not wrong, "\n".join(wrong)

        test.__doc__ = judge.__doc__
        return test

    return one
