"""Clocks of anywhere read on that of the portal: a moment is « 2021-10-09 14:00 », or a day; when
an event takes place, from the cells of a row that say it together.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain, islice, product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.recurrence import MAX_OCCURRENCES, MAX_YEARS, years_after
from portail.clock import portal_zone
from portail.model.faults import Fault
from portail.terminal.text import counted
from portail.text.dates import JOURS, ends_next_day, heure, iso_moment, jour, month_number
from portail.text.normalise import fold, instant_of

from ..when import Session, When, question, read_words
from ..when_words import Hours, NotRead, backwards, several, unread
from .calendar_parts import abbreviated, zone_named
from .items import Loss
from .prose import filled, in_a_row, line, one_line

_ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,:]\d+)?)?\s*(Z|[+-]\d{1,2}:?\d{2})?)?\s*",
    re.IGNORECASE | re.ASCII,
)
_DAY_AND_NIGHT = timedelta(hours=24)
_FIRST = 1900
_LAST = 2100


def moment(year: int, month: int, day: int, hour: int | None = None, minute: int = 0) -> str | None:
    """What clocks show; ``None`` when there is no such day or hour, or out of 1900–2100."""
    if not _FIRST <= year <= _LAST:
        return None
    try:
        if hour is None:
            return date(year, month, day).isoformat()
        return f"{datetime(year, month, day, hour, minute):%Y-%m-%d %H:%M}"  # noqa: DTZ001
    except ValueError:
        return None


def here(instant: datetime) -> str | None:
    """An instant on the clock of the portal; one without a zone is there already."""
    with suppress(OverflowError, ValueError):
        there = instant.astimezone(portal_zone()) if instant.tzinfo else instant
        return moment(there.year, there.month, there.day, there.hour, there.minute)
    return None


def of_iso(text: str) -> str | None:
    """A day or an instant of ISO 8601 (« 2021-10-09T14:00:00+02:00 ») on the clock of the portal.

    >>> of_iso("2021-10-09T12:00:00Z"), of_iso("2021-10-09"), of_iso("2021-02-30")
    ('2021-10-09 14:00', '2021-10-09', None)
    """
    match = _ISO.fullmatch(text)
    if not match:
        return None
    *parts, zone = match.groups()
    shown = moment(*(int(part) for part in parts if part is not None))
    # An offset of one figure is no zone: programs write it behind the hour of the place.
    if zone is None or shown is None or zone[1:].find(":") == 1:
        return shown
    return here(read(shown).replace(tzinfo=zone_named(zone) or UTC))


# RFC 822, and as French sites write it: « mar., 3 nov. 2026 10:00:00 +0100 », « Vendredi, 13
# Novembre, 2026 - 12:22 ».
_NAMED = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+([^\W\d_]{3,10}\.?)[\s,-]+(\d{4}|\d\d)"
    r"(?:,?\s+(?:[à-]\s+)?(\d{1,2})\s?[:h]\s?(\d{1,2})(?::\d{1,2})?(?:\s*\(?([A-Za-z]{1,5}|[+-]\d\d:?\d\d)\)?)?)?"
)


def moment_of(value: object) -> str:
    """A date of ISO 8601, of RFC 822, « 09/10/2021 », on the clock of the portal; "" for none.

    >>> moment_of("Sat, 09 Oct 2021 12:00:00 GMT"), moment_of("9/10/2021"), moment_of("31 février")
    ('2021-10-09 14:00', '2021-10-09', '')
    """
    text = one_line(value)[:80]
    if iso := of_iso(text):
        return iso
    if named := _NAMED.fullmatch(text):
        return _of_names(named)
    zone = text.rpartition(" ")[2]
    if zone.isalpha() and zone.isupper() and abbreviated(zone) is None:
        return ""
    told = instant_of(text)
    return (here(told) if told else of_iso(iso_moment(text) or "")) or ""


def _of_names(match: re.Match[str]) -> str:
    # A day whose month has its name, in English or in French; an hour in an unknown zone is none.
    day, name, year, hour, minute, zone = match.groups()
    number = month_number(fold(name).rstrip("."))
    whole = int(year) if len(year) > 2 else 2000 + int(year)
    if not number or hour is None:
        return moment(whole, number, int(day)) or ""
    there = abbreviated(zone) or zone_named(zone) if zone else None
    clock = moment(whole, number, int(day), int(hour), int(minute))
    if clock is None or (zone and there is None):
        return ""
    return from_zone(datetime.fromisoformat(clock), there)


def day_in(text: str) -> date | None:
    """The day that a moment begins with; ``None`` for none."""
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None


def is_backwards(first: str | None, last: str | None) -> bool:
    """Whether an end comes before its beginning, as far as both are said.

    >>> is_backwards("2021-10-09 20:00", "2021-10-09"), is_backwards("2021-10-09", "2021-10-08")
    (False, True)
    """
    if not first or not last:
        return False
    signs = min(len(first), len(last))
    return last[:signs] < first[:signs]


def doubtful_end(name: str, first: str | None, last: str | None) -> tuple[Loss, ...]:
    """What is to be checked of the end ``last``, which a source calls ``name``."""
    if not is_backwards(first, last):
        return ()
    return (Loss(name, last or "", "cette fin vient avant le début"),)


def between(first: str | None, last: str | None) -> dict[str, str]:
    """A beginning and an end as a file writes them: whole days have no hour, an end that says
    nothing is left out; nothing without a beginning.

    >>> between("2021-10-09 00:00", "2021-10-11 00:00")
    {'debut': '2021-10-09', 'fin': '2021-10-10'}
    """
    if not first:
        return {}
    if not last or last <= first:
        return {"debut": first}
    if first.endswith(" 00:00") and last[10:] in (" 00:00", " 23:59"):
        before = timedelta(days=last[10:] == " 00:00")
        return between(first[:10], later(last[:10], -before))
    if len(first) == len("2021-10-09"):
        if last[:10] > first:
            return {"debut": first, "fin": last[:10]}
        return {"debut": first}
    if len(last) == len("2021-10-09"):
        return {"debut": first}
    return {"debut": first, "fin": last}


# Dates of agendas, whatever wrote them: other zones, lengths, how many an event may hold.

# ``debut``, and ``fin`` and ``etat`` where they are known.
Seance = dict[str, str]


def from_zone(clock: datetime, zone: tzinfo | None, length: timedelta = timedelta()) -> str:
    """What our clock shows when those of ``zone`` (``None``: ours) show ``clock``, or ``length``
    after that, clocks changing meanwhile; "" beyond the years that a portal may tell."""
    with suppress(OverflowError):
        there = clock.replace(tzinfo=zone or portal_zone())
        return here(there.astimezone(UTC) + length) or ""
    return ""


def read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def later(moment: str, length: timedelta) -> str:
    with suppress(OverflowError):
        return (here(read(moment) + length) or "")[: len(moment)]
    return ""


def limited(
    seances: Sequence[Seance], day: date, losses: list[Loss], name: str
) -> Mapping[str, Any]:
    """``quand`` of these sessions, the first to come if there are too many, which is told."""
    ordered = sorted(seances, key=lambda seance: (seance["debut"], seance.get("fin", "")))
    every = _as_one_stretch(
        list({(seance["debut"], seance.get("fin", "")): seance for seance in ordered}.values())
    )
    within = _within_bounds(every)
    if len(within) < len(every):
        within = _within_bounds(coming(every, day))
        limit = f"un événement en tient {MAX_OCCURRENCES}, sur {MAX_YEARS} ans"
        taken = counted(
            len(within), ("date est reprise, la première", "dates sont reprises, les premières")
        )
        reason = f"{taken} à venir\u00a0: {limit}"
        losses.append(Loss(name, "", reason))
    return whole(within)


def coming(seances: list[Seance], day: date) -> list[Seance]:
    """The sessions that are not over on ``day``, all of them when none is left."""
    rest = [seance for seance in seances if seance.get("fin", seance.get("debut", "")) >= f"{day}"]
    return rest or seances


def _within_bounds(seances: list[Seance]) -> list[Seance]:
    limit = ""
    if seances:
        limit = f"{years_after(read(seances[0]['debut']).date())} 23:59"
    return [seance for seance in seances if seance.get("fin", seance["debut"]) <= limit][
        :MAX_OCCURRENCES
    ]


def _as_one_stretch(seances: list[Seance]) -> list[Seance]:
    # Whole days in a row are one stretch: some agendas cut an exhibition so.
    whole = all(len(seance["debut"]) == 10 and len(seance) == 1 for seance in seances)
    if len(seances) < 2 or not whole:
        return seances
    first = seances[0]["debut"]
    last = seances[-1]["debut"]
    if (read(last) - read(first)).days != len(seances) - 1:
        return seances
    return [{"debut": first, "fin": last}]


def timetable(
    first: object,
    last: object,
    weekdays: Iterable[int],
    hours: Sequence[str],
    away: Iterable[object],
) -> dict[str, Any]:
    """Days of a period as a file tells them: those of the week, from which hour to which, but for
    those of ``away``; what says nothing is left out."""
    fields = {
        "du": str(first),
        "au": str(last),
        "tous_les": [JOURS[rank] for rank in weekdays],
        "de": hours[0],
        "a": hours[1],
        "sauf": [*map(str, away)],
    }
    return {"horaires": filled(fields)}


def whole_days(session: Mapping[str, str]) -> Seance:
    """A session; one that lasts more than a day and a night between two hours is told by its days,
    and its hours are noted."""
    ends = [session.get("debut", ""), session.get("fin", "")]
    try:
        first, last = map(read, ends)
    except ValueError:  # what no reader of ours gives
        return {**session}
    if not all(" " in end for end in ends) or last - first <= _DAY_AND_NIGHT:
        return {**session}
    told = [f"{jour(end.date(), annee=False)} à {heure(end.time())}" for end in (first, last)]
    note = line(in_a_row(session.get("note"), f"du {' au '.join(told)}"))
    return {**session, "debut": ends[0][:10], "fin": ends[1][:10], "note": note}


# Cells of a row.

COLUMNS = ("jour", "jour_fin", "heure", "heure_fin", "debut", "fin", "horaires_iso")
_ARROW = re.compile(r"(\S{10,32}?)\s*(?:->|-|/)\s*(\d{4}-\S{5,28})?")
_MOST = 800


class Unclear(Exception):
    """A cell that is not understood: its fault, its column."""

    def __init__(self, error: NotRead, text: str, column: str) -> None:
        super().__init__(error.code)
        self.fault = Fault(error.code, (), {"valeur": text} | error.values)
        self.column = column


class _Row(Struct, frozen=True):
    """The cells of a row by column, as written and as read."""

    cells: Mapping[str, str]
    read: Mapping[str, When]

    def of(self, column: str | None) -> When:
        return self.read.get(column or "", When())

    def unclear(self, error: NotRead, column: str) -> Unclear:
        return Unclear(error, self.cells[column], column)

    def twice(self, column: str, conflicting: str) -> Unclear:
        reason = f"« {self.cells[conflicting]} » dit autre chose sur la même ligne"
        return self.unclear(several(reason, "une seule des deux"), column)


def when_of(cells: Mapping[str, str], today: date) -> dict[str, Any]:
    """The fields of the front matter that ``cells`` (by column) come to. Raises ``Unclear``."""
    if "horaires_iso" in cells:
        return _with_arrows(cells["horaires_iso"])
    ends = {"jour", "debut"} & cells.keys() and {"jour_fin", "fin"} & cells.keys()
    names = [name for name in COLUMNS if name in cells]
    row = _Row(cells, {name: _read(cells[name], name, today, ends) for name in names})
    first, start = _day_and_hour(row, ("jour", "debut"), "heure")
    last, end = _day_and_hour(row, ("jour_fin", "fin"), "heure_fin")
    if first is None:
        if column := last or start or end:
            raise row.unclear(NotRead("E146"), column)
        return {}
    opening = row.of(first)
    if last and opening.timed and row.of(last).timed and not (start or end):
        return _through(row, first, last)
    if opening.lacks and last is None:
        _read(cells[first], first, today, ())
    sessions = _up_to(row, first, last)
    hours = _hours(row, start, end)
    if hours and opening.timed:
        raise row.twice(start or end or first, first)
    if hours:
        sessions = tuple(
            replace(session, start=at, end=to) for session, (at, to) in product(sessions, hours)
        )
    return fields_of(sessions, cells[first], end or start or first)


def _read(text: str, name: str, today: date, ends: Container[str]) -> When:
    # What a cell says; « dès le 9 octobre » when another cell, of ``ends``, says the last day.
    lacked = "start" if name in ("jour_fin", "fin") else "end"
    try:
        when = read_words(text, today, portal_zone(), ending=name == "heure_fin")
        if when.lacks and not (ends and when.lacks == lacked):
            raise question(when.sessions[0].first, when.lacks)
    except NotRead as error:
        raise Unclear(error, text, name) from None
    return when


def _day_and_hour(row: _Row, days: Sequence[str], hour: str) -> tuple[str | None, str | None]:
    # The columns that say a day, and an hour: « Début » may be either.
    own = [name for name in days if row.of(name).sessions]
    if len(own) == 2 and row.of(own[0]).sessions[0].first != row.of(own[1]).sessions[0].first:
        raise row.twice(own[1], own[0])
    timed = [name for name in (hour, *reversed(days)) if row.of(name).hours]
    if row.of(hour).sessions:
        remedy = "Laissez les heures seules dans cette colonne, les jours dans la leur."
        raise row.unclear(unread("elle dit aussi un jour", remedy), hour)
    day = next((name for name in reversed(own) if row.of(name).timed), own[0] if own else None)
    return day, next(iter(timed), None)


def _up_to(row: _Row, first: str, last: str | None) -> tuple[Session, ...]:
    sessions = row.of(first).sessions
    if last is None:
        return sessions
    own = sessions[0]
    end = row.of(last).sessions[0]
    many = len(sessions) > 1 or len(row.of(last).sessions) > 1 or end.is_weekly
    if many or own.last or end.last:
        raise row.unclear(several("la date en dit déjà plusieurs", "une seule date"), last)
    if end.first < own.first:
        raise row.unclear(backwards(own.first, end.first), last)
    return (replace(own, last=end.first if end.first > own.first else None),)


def _hours(row: _Row, start: str | None, end: str | None) -> tuple[Hours, ...]:
    opening = row.of(start).hours
    if end is None:
        return opening
    closing = row.of(end).hours
    if len(opening) != 1 or len(closing) > 1 or closing[0][1]:
        raise row.unclear(several("le début n’a pas une seule heure", "14 h-16 h"), end)
    first, last = opening[0]
    own = closing[0][0]
    if last not in (None, own):
        raise row.twice(end, start or "")
    return ((first, own),)


def _through(row: _Row, first: str, last: str) -> dict[str, Any]:
    openings = row.of(first).sessions
    closings = row.of(last).sessions
    if len(openings) > 1 or len(closings) > 1:
        raise row.unclear(several("il y a plusieurs dates", "une seule date"), last)
    begin = _moment(openings[0].first, openings[0].start)
    finish = _moment(closings[0].first, closings[0].start)
    if finish < begin:
        raise row.unclear(backwards(begin, finish), last)
    return whole([whole_days(between(begin, finish))])


def _moment(day: date, hour: time | None) -> str:
    return f"{day} {hour or time():%H:%M}"


def _of_one_night(session: Session, column: str) -> Session:
    # A session that ends after it begins, at night on the next day: of two days, it is one night;
    # of more, one each day.
    if session.through or not session.start or not session.end or session.end > session.start:
        return session
    if not ends_next_day(session.start, session.end):
        error = backwards(f"{session.start:%H:%M}", f"{session.end:%H:%M}")
        raise Unclear(error, "", column)
    alone = not session.is_weekly and session.last == session.first + timedelta(1)
    if alone:
        return replace(session, last=None)
    return session


def fields_of(sessions: Sequence[Session], text: str, column: str) -> dict[str, Any]:
    """The fields of sessions that ``text`` says. Raises ``Unclear``."""
    sessions = [_of_one_night(session, column) for session in sessions]
    first = sessions[0]
    if len(sessions) == 1 and _is_timetable(first):
        return _timetable(first)
    rows = list(chain.from_iterable(map(_rows, sessions)))
    if not 0 < len(rows) <= _MOST:
        reason = "elle dit trop de dates" if rows else "aucun jour n’y est"
        remedy = f"Écrivez-en {_MOST} au plus, ou faites-en plusieurs événements."
        raise Unclear(unread(reason, remedy), text, column)
    return whole(rows)


def _is_timetable(session: Session) -> bool:
    return bool(session.last and not session.through and (session.start or session.is_weekly))


def _timetable(session: Session) -> dict[str, Any]:
    away = [first if first == last else f"{first}..{last}" for first, last in session.away]
    hours = [f"{at:%H:%M}" if at else "" for at in (session.start, session.end)]
    return timetable(session.first, session.last, session.weekdays, hours, away)


def whole(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    if len(rows) == 1 and rows[0].keys() <= {"debut", "fin"}:
        return {**rows[0]}
    return filled({"seances": sorted(map(dict, rows), key=lambda row: row["debut"])})


def _rows(session: Session) -> list[dict[str, str]]:
    if session.through and session.last:
        start = _moment(session.first, session.start)
        return [{"debut": start, "fin": _moment(session.last, session.end)}]
    if session.start or session.is_weekly:
        return [_row(session, day) for day in islice(session.days(), _MOST + 1)]
    end_day = {}
    if session.last:
        end_day = {"fin": session.last.isoformat()}
    return [{"debut": session.first.isoformat(), **end_day}]


def _row(session: Session, day: date) -> dict[str, str]:
    if not session.start:
        return {"debut": day.isoformat()}
    begin = {"debut": _moment(day, session.start)}
    if not session.end:
        return begin
    last = day + timedelta(session.end <= session.start)
    return {**begin, "fin": _moment(last, session.end)}


def _with_arrows(text: str) -> dict[str, Any]:
    # Sessions as OpenAgenda writes them: « begin->end », blanks between two.
    rows = []
    for slot in text.replace(" ->", "->").replace("-> ", "->").split():
        match = _ARROW.fullmatch(slot)
        first, last = match.groups("") if match else (slot, "")
        begins = of_iso(first)
        ends = of_iso(last)
        if begins and ends and begins[:10] == ends[:10] and ends < begins:
            night = ends_next_day(read(begins).time(), read(ends).time())
            ends = later(ends, timedelta(days=night))
        if is_backwards(begins, ends):
            raise Unclear(backwards(begins, ends), slot, "horaires_iso")
        seance = between(begins, ends)
        if not seance:
            remedy = "Écrivez « 2027-10-09T14:00->2027-10-09T16:00 », une ligne par date."
            raise Unclear(unread("ce n’est pas une date", remedy), slot, "horaires_iso")
        rows.append(seance)
    return whole(rows)
