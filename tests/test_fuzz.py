"""Nothing that anyone may write brings a reader down: no traceback, no diagnostic without a place,
no hang, no memory without bounds (``cibles.CIBLES``)."""

from functools import cache, partial
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bombes import BOMBES
from checkout import ROOT
from cibles import CIBLES, GONE, SECONDS
from doses import dose
from morceaux import FRAMES, PIECES, SERIES, doubled
from semences import of
from work import calls

KEPT = ROOT / "tests/data/fuzz"
FOUND = sorted(one for one in KEPT.rglob("*") if one.is_file() and one.parent.name not in GONE)


@cache
def warmed(target):
    """Have read what is read once for all, which is no work of what comes next."""
    CIBLES[target].run(next(iter(of(target)), b""))


def run(target, data):
    """Raises what the target raises, and for one that takes too long."""
    warmed(target)
    start = process_time()
    CIBLES[target].run(data)
    assert process_time() - start < SECONDS


@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_once_brought_a_reader_down(file):
    run(file.parent.name, file.read_bytes())


@pytest.mark.parametrize("name", [name for name, one in BOMBES.items() if one.cible in CIBLES])
def test_what_weighs_little_and_fills_a_machine(name):
    run(BOMBES[name].cible, BOMBES[name].make(BOMBES[name].most // dose(60, 30)))


@pytest.mark.parametrize(
    "target", [name for name, pieces in PIECES.items() if pieces and name in CIBLES]
)
def test_hard_pieces_in_any_order(target):
    frames = FRAMES.get(target, (("", ""),))

    @settings(max_examples=dose(3, 12), deadline=None, suppress_health_check=[*HealthCheck])
    @given(st.lists(st.sampled_from(PIECES[target]), max_size=40), st.sampled_from(frames))
    def holds(pieces, frame):
        run(target, "".join([frame[0], *pieces, frame[1]]).encode())

    holds()


@pytest.mark.parametrize("target", [name for name in SERIES if name in CIBLES])
def test_twice_as_much_is_no_more_than_twice_the_work(target):
    for once, twice in doubled(target, dose(60, 300)):
        run(target, once)  # what is read once for all
        first, second = (calls(partial(CIBLES[target].run, data)) for data in (once, twice))
        assert second < 2.5 * first, twice[:200]


@pytest.mark.parametrize("target", CIBLES)
def test_what_is_sound_is_read(target):
    seeds = [*of(target)]
    assert seeds
    for data in seeds[: dose(4, 10)]:
        run(target, data)
        run(target, data[: len(data) // 2])
