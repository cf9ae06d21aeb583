"""Days and hours of cells: what is said is read whole, what is unsure is refused."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.clock import portal_zone
from portail.features.intake.importer.when import When, question, read_words
from portail.features.intake.importer.when_parts import NotRead

TODAY = date(2021, 9, 27)


def read_when(text: str) -> When:
    """What a cell says alone, without another that might say the end that it lacks."""
    when = read_words(text, TODAY, portal_zone())
    if when.lacks:
        raise question(when.sessions[0].first, when.lacks)
    return when


def told(text: str) -> list[str]:
    """What a cell says, one text a session, as numbers; its code when it is refused."""
    try:
        read = read_when(text)
    except NotRead as error:
        return [error.code]
    days = [
        " ".join(f"{one:%d/%m}" if one.year == 2021 else f"{one:%d/%m/%y}" for one in pair if one)
        + "".join(f" {one:%H:%M}" for one in (session.start, session.end) if one)
        for session in read.sessions
        if (pair := (session.first, session.last))
    ]
    return days or ["-".join(f"{one:%H:%M}" for one in pair if one) for pair in read.hours]


@cases(
    ("text", "expected"),
    [
        ("09/10/2021", ["09/10"]),
        ("2021-10-09 14:00", ["09/10 14:00"]),
        ("2021-10-09T14:00:00", ["09/10 14:00"]),
        ("SAMEDI 9 OCTOBRE 2021 DE 14H À 16H", ["09/10 14:00 16:00"]),
        ("9 et 10 octobre 2021", ["09/10", "10/10"]),
        ("9, 10 et 16 oct. 2021 à 14h30", ["09/10 14:30", "10/10 14:30", "16/10 14:30"]),
        ("du 28 septembre au 3 octobre 2021", ["28/09 03/10"]),
        ("du 28 décembre au 3 janvier 2022", ["28/12 03/01/22"]),
        ("9-12 octobre 2021", ["09/10 12/10"]),
        ("Sam. 9 octobre 2021 (14h)", ["09/10 14:00"]),
        ("9 octobre 2021 14h-16h\n10 octobre 2021 10h", ["09/10 14:00 16:00", "10/10 10:00"]),
        ("samedi 9 octobre", ["09/10"]),
        ("samedi 1er janvier", ["01/01/22"]),
        ("14h-16h", ["14:00-16:00"]),
        ("de 10 à 12h et de 14h à 18h30", ["10:00-12:00", "14:00-18:30"]),
        ("14 h 30", ["14:30"]),
        ("toute la journée", []),
        ("03/04/21", ["E145"]),
        ("sam. 09/10/21", ["09/10"]),
        ("9 octobre", ["E145"]),
        ("9/10", ["E145"]),
        ("dimanche 9 octobre 2021", ["E145"]),
        ("14h/16h", ["E145"]),
        ("12 au 9 octobre 2021", ["E213"]),
        ("31/09/2021", ["E147"]),
        ("10/25/2021", ["E147"]),
        ("25h", ["E147"]),
        ("tous les mercredis", ["E147"]),
        ("9 octobre 2021 14h - 10 octobre 2021 18h", ["09/10 10/10 14:00 18:00"]),
        ("bientôt", ["E147"]),
        ("12", ["E147"]),
    ],
)
def test_what_a_cell_says(text: str, expected: list[str]) -> None:
    assert told(text) == expected


_DAYS = st.dates(date(1995, 1, 1), date(2099, 12, 31))
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


@given(day=_DAYS)
def test_every_full_spelling_of_a_day_is_that_day(day: date) -> None:
    month = _MONTHS.split()[day.month - 1]
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"{day.day} {month} {day.year}",
    ):
        assert [one.first for one in read_when(text).sessions] == [day]


@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    told(text)
