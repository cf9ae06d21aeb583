"""Posters: the size of their letters, what is left out."""

from datetime import date, timedelta

from doses import cases
from portail_papier.affiches.layout import (
    DureeAffiche,
    Head,
    LigneAffiche,
    lay_out,
)
from remake import replace

HEAD = Head("Cette semaine, les sciences sont ici", "Amiens", "du 27 septembre", "exemple.org")
FIRST = date(2021, 9, 27)
LINE = LigneAffiche("Un atelier", "/e/", "14\u00a0h", ("Amiens", "Gratuit"), (), False)
BAR = DureeAffiche("Une exposition", "/x/", ("jusqu’au 3\u00a0octobre",), (), False)


def laid_out(*counts, bars=0, line=LINE):
    """Days with so many lines each, all different."""
    days = {
        FIRST + timedelta(days=rank): [
            replace(line, url=f"/e{rank}-{number}/") for number in range(count)
        ]
        for rank, count in enumerate(counts)
    }
    return lay_out(
        HEAD, days, (BAR,) * bars, lambda _, one: one, lambda one: one.url == "/e0-0/" or one.annule
    )


def shown(layout):
    return [len(some) for _, some in layout.jours]


@cases(
    ("counts", "taille"),
    [
        ((1,), ""),
        ((2, 2, 1, 1), ""),
        ((2, 2, 2, 2, 2, 1, 4), "serre"),
    ],
)
def test_letters_are_as_large_as_they_can(counts, taille):
    layout = laid_out(*counts)
    assert (layout.taille, layout.reste) == (taille, 0)
    assert shown(layout) == list(counts)


def test_what_does_not_fit_is_counted():
    layout = laid_out(20, 1, 40, 3, bars=5)
    assert layout.taille == "serre"
    assert len(layout.durees) == 2
    assert sum(shown(layout)) + 2 + layout.reste == 64 + 5
    assert sum(shown(layout)) >= 15
    assert shown(layout)[1] == 1
    assert abs(shown(layout)[0] - shown(layout)[2]) <= 2, "no day fills the sheet alone"


def test_a_longer_month_tells_its_first_days():
    layout = laid_out(*[1] * 31)
    assert [day for day, _ in layout.jours] == [
        FIRST + timedelta(days=rank) for rank in range(len(layout.jours))
    ]
    assert 10 <= len(layout.jours) <= 15
    assert layout.reste == 31 - len(layout.jours)


def test_what_another_contains_and_what_is_cancelled_are_left_out_first():
    layout = laid_out(40)
    assert "/e0-0/" not in {line.url for _, some in layout.jours for line in some}
    cancelled = laid_out(40, line=replace(LINE, annule=True))
    assert [line.url for line in cancelled.jours[0][1]] == [
        f"/e0-{rank}/" for rank in range(shown(cancelled)[0])
    ]


def test_long_titles_take_the_room_of_several():
    long = replace(LINE, titre="Un titre qui n’en finit pas, " * 5)
    assert sum(shown(laid_out(*[5] * 7, line=long))) < sum(shown(laid_out(*[5] * 7)))
