"""The planner of the catalogue: slots as a search day by day finds them, and what it shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from navigateur import ORIGIN

from doses import dose
from portail.features.services.prets.loans import copies_of, free_copies
from portail.model.collections import Etape

pytestmark = pytest.mark.chromium

DAY, FIRST = timedelta(days=1), date(2021, 9, 27)
ALL = """async (cas) => {
  const { lire, libres } = await import('/theme/js/demande.js');
  const { bornes, creneau } = await import('/theme/js/facettes-catalogue.js');
  return cas.map(([prets, exemplaires, du, au, auj]) => {
    const lus = lire(prets), jours = bornes(new URLSearchParams({ du, au }));
    const autres = creneau(libres, lus, exemplaires, jours, auj);
    return [libres(lus, exemplaires, ...jours).length, ...autres];
  });
}"""


@pytest.fixture(scope="module")
def tab(pool):
    with pool.lending() as opened:
        page = opened(1280)
        page.goto(f"{ORIGIN}/")
        yield page


@st.composite
def cases(draw):
    """Loans as sheets are accepted, and days that one asks for."""
    copies, kept = draw(st.integers(1, 3)), []
    spans = st.tuples(st.integers(0, 40), st.integers(0, 14), st.integers(0, 3))
    for start, long, number in draw(st.lists(spans, max_size=8)):
        du, copy = FIRST + start * DAY, min(number, copies) or None
        one = Etape.model_construct(du=du, au=du + long * DAY, exemplaire=copy)
        met = [x for x in kept if x.du <= one.au and one.du <= x.au]
        days = [one.du + count * DAY for count in range(long + 1)]
        busy = max(sum(x.du <= day <= x.au for x in met) for day in days)
        if busy < copies and not any(copy and x.exemplaire == copy for x in met):
            kept.append(one)
    du = FIRST + draw(st.integers(0, 50)) * DAY
    return (
        kept,
        copies,
        du,
        du + draw(st.integers(0, 20)) * DAY,
        FIRST + draw(st.integers(0, 9)) * DAY,
    )


def told(case):
    loans, copies, du, au, today = case
    rows = zip(copies_of(loans, copies), loans, strict=True)
    texts = (f"{copy} {one.du} {one.au}" for copy, one in rows)
    return [",".join(texts), copies, str(du), str(au), str(today)]


def nearest(case):
    """The slot of as many days that begins nearest, the earlier of two."""
    loans, copies, du, au, today = case
    long = au - du
    starts = (today + count * DAY for count in range(140))
    free = [day for day in starts if free_copies(loans, copies, day, day + long)]
    best = min(free, key=lambda day: (abs(day - du), day))
    return best, best + long


@settings(max_examples=dose(3, 12), deadline=None)
@given(some=st.lists(cases(), min_size=30, max_size=30))
def test_by_chance(tab, some):
    answers = tab.evaluate(ALL, [told(case) for case in some])
    for case, (free, first, last) in zip(some, answers, strict=True):
        loans, copies, du, au, _ = case
        assert free == free_copies(loans, copies, du, au)
        if not free:
            assert (first, last) == tuple(map(str, nearest(case)))


def test_bounds_are_put_right(tab):
    answer = tab.evaluate("""async () => {
      const { bornes } = await import('/theme/js/facettes-catalogue.js');
      return ['', 'du=2021-10-04', 'au=2021-10-04', 'du=2021-10-04&au=2021-10-01']
        .map((texte) => bornes(new URLSearchParams(texte)));
    }""")
    one = ["2021-10-04", "2021-10-04"]
    assert answer == [None, one, one, ["2021-10-01", "2021-10-04"]]
