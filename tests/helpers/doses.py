"""How much of a proof is given at each change, and how much in the long run (``make
endurance``), of which each change has a twelfth."""

import os
from contextlib import contextmanager
from functools import partial
from time import process_time
from zlib import crc32

import pytest
import yaml

from checkout import ROOT

Failed = pytest.fail.Exception
TOLD = (AssertionError, Failed, LookupError, TypeError, ValueError)
"""What a case that does not hold raises; anything else is told after one of them, or ends all."""
LONG = os.environ.get("SUITE_LONGUE") == "1"
"""Whether this run is the long one."""


def dose(few, many):
    """``few`` examples at each change, ``many`` in the long run."""
    return many if LONG else few


def twelfth(items, turn):
    """The tests of one of twelve turns: each test has the same turn on every machine."""
    return [item for item in items if crc32(item.nodeid.encode()) % 12 == turn]


def heavy(parts):
    """A text made of ``parts``: each as it is, or ``[text, times]``, with the times of the long run
    where they are others."""
    return "".join(
        part if isinstance(part, str) else part[0] * dose(part[1], part[-1]) for part in parts
    )


@contextmanager
def ends(seconds=60):
    """What is read within ends: ``seconds`` of processor are far more than a slow machine needs.
    Speed itself is ``make bench``."""
    __tracebackhide__ = True
    started = process_time()
    yield
    assert process_time() - started < seconds


def all_hold(judge, cases):
    """Judge every case (arguments, or the one argument); those that do not hold are told together,
    with what is wrong. At least one is judged."""
    __tracebackhide__ = True
    wrong, judged = [], 0
    for case in cases:
        judged += 1
        try:
            judge(*case) if isinstance(case, tuple) else judge(case)
        except (Exception, Failed) as error:
            if not (wrong or isinstance(error, TOLD)):
                raise
            wrong.append(f"{case}: {type(error).__name__}: {error}")
    assert judged and not wrong, "\n".join(wrong)


def together(cases):
    """One test of all the cases, where hundreds cost less to judge than to be tests."""

    def one(judge):
        def test(**others):
            __tracebackhide__ = True
            all_hold(partial(judge, **others), cases())

        test.__doc__ = judge.__doc__
        return test

    return one


def cases(names, rows):
    """One test of a table, where ``pytest.mark.parametrize`` makes one of each row: to be a test
    costs more than most rows of a rule that reads no file. Two tables cross."""
    keys = [*map(str.strip, names.split(","))] if isinstance(names, str) else [*names]
    table = [dict(zip(keys, row if len(keys) > 1 else (row,), strict=True)) for row in rows]

    def one(judge):
        def by_name(row, **others):
            judge(**row, **others)

        by_name.__doc__ = judge.__doc__
        return together(lambda: table)(by_name)

    return one


def rows_of(path):
    """The rows of a table of cases in YAML, from the folder of tests, or « portail_x/tests/… » of a
    package."""
    folder = "plugins" if "/tests/" in path else "tests"
    return yaml.safe_load((ROOT / folder / path).read_text("utf-8"))


def each(rows):
    """One test of each row of such a table: « cas » is its name, the other keys are arguments, None
    where other rows alone have them."""
    names = sorted(set().union(*rows) - {"cas"})
    values = [[*map(row.get, names)] for row in rows]
    return pytest.mark.parametrize(names, values, ids=[row.get("cas") for row in rows])
