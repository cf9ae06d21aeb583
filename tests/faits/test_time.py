"""No text is dated before what it tells.

A content's day is the last on which somebody wrote or checked it. What is over on the day of the
demonstration is told after it took place, and a day that is still to come is announced only where
the agenda or a yearly rendezvous holds it, or where the sky was computed. Examples are invented:
they are left out.
"""

import re
from datetime import date
from functools import cache

from demonstration import MONTHS, TODAY, contents, every_content
from doses import together
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.tempsforts.model import TempsFort

RANK = {name: rank for rank, name in enumerate(MONTHS.split(), 1)}
FULL_DAY = re.compile(rf"\b(1er|\d{{1,2}}) ({'|'.join(RANK)}) ((?:19|20)\d\d)\b")
YEAR_IN_REVIEW = re.compile(r"[Bb]ilan de l’année (20\d\d)")
TELLING = ("articles", "dossiers", "events", "ressources")
"""Kinds whose texts tell what took place: the directory's sheets only cite where it is told."""


def full_days(text):
    """Days that a text names with their year.

    >>> sorted(map(str, full_days("du 30 septembre 2021 au 1er octobre 2021, puis le 3 mai")))
    ['2021-09-30', '2021-10-01']
    """
    return {
        date(int(year), RANK[month], 1 if day == "1er" else int(day))
        for day, month, year in FULL_DAY.findall(text)
    }


def written_on(content):
    """The last day on which a content was written or, in the directory, known."""
    entry = content.entry
    days = (
        entry.publie_le,
        entry.modifie,
        min(entry.connu_le, TODAY) if isinstance(entry, Lieu) else None,
    )
    return max((day for day in days if day), default=None)


def computed(content):
    """Whether a content tells days that the sky's calculation gives."""
    return any("Astronomy Engine" in source.titre for source in content.entry.references)


@cache
def announced():
    """Days that the agenda and the editions of the yearly rendezvous hold."""

    def days():
        for one in contents().values():
            for occurrence in one.occurrences:
                yield from (occurrence.first_day, occurrence.last_day)
            if isinstance(one.entry, TempsFort):
                for edition in one.entry.editions:
                    yield from (day for day in (edition.du, edition.au) if day)

    return frozenset(days())


def of(*kinds):
    """Contents of these kinds, or of all."""
    return sorted(ref for ref in contents() if not kinds or ref.split("/")[0] in kinds)


@together(of)
def test_a_day_later_than_its_text_is_announced_by_the_agenda(ref):
    content = contents()[ref]
    written = written_on(content)
    if written is None or computed(content):
        return  # yearly rendezvous and pages may have no day of their own
    told = full_days(f"{content.champs} {content.corps}")
    assert {day for day in told if day > written} <= announced(), f"{ref} is of {written}"


@together(lambda: of("events"))
def test_a_past_event_is_told_once_it_is_over(ref):
    content = contents()[ref]
    last = max(one.last_day for one in content.occurrences)
    written = written_on(content)
    assert written >= last or last >= TODAY, f"{ref} ended on {last}, and is of {written}"


@together(lambda: of(*TELLING))
def test_a_text_is_later_than_its_sources(ref):
    content = contents()[ref]
    written = written_on(content)
    for source in content.entry.references:
        years = YEAR_IN_REVIEW.findall(source.titre)
        assert all(written.year > int(year) for year in years), f"{ref}: {source.titre}"
        assert all(day <= written for day in full_days(source.note or "")), f"{ref}: {source.note}"


def test_nothing_is_written_after_the_day_of_the_demonstration():
    late = {ref: written_on(one) for ref, one in every_content().items()}
    assert {ref: day for ref, day in late.items() if day and day > TODAY} == {}
