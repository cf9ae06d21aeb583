"""When an event takes place, from the cells of a row that say it together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from portail.imports.moments import between, of_iso
from portail.model.faults import Fault
from portail.workbooks.when import Hours, Session, When, backwards, read_when, several, unread

COLUMNS = ("jour", "jour_fin", "heure", "heure_fin", "debut", "fin", "horaires_iso")
_EVENING, _MORNING = time(17), time(7)
"""An end at night is on the next day: a beginning after the one, an end before the other."""
_ISO = re.compile(r"(\S{10,32}?)\s*(?:->|-|/)\s*(\d{4}-\S{5,28})?")
_MOST = 800


class Unclear(Exception):
    """A cell that is not understood: its fault, its column."""

    def __init__(self, fault: Fault, column: str) -> None:
        super().__init__(fault.code)
        self.fault, self.column = fault, column


def when_of(cells: Mapping[str, str], today: date) -> dict[str, Any]:
    """The fields of the front matter that ``cells`` (by column) come to. Raises ``Unclear``."""
    if "horaires_iso" in cells:
        return _of_iso(cells["horaires_iso"])
    read = {name: _read(cells[name], name, today) for name in COLUMNS if name in cells}
    first, start = _day_and_hour(read, cells, ("jour", "debut"), "heure")
    last, end = _day_and_hour(read, cells, ("jour_fin", "fin"), "heure_fin")
    if first is None or not read[first].sessions:
        said = next((name for name in (last, start, end) if name), None)
        if said:
            raise Unclear(Fault("E146", (), {"valeur": cells[said]}), said)
        return {}
    if last and read[first].timed and read[last].timed and not (start or end):
        return _through(read[first], read[last], cells, (first, last))
    sessions = _spread(read[first].sessions, read[last] if last else None, cells, last)
    hours = _hours(read[start] if start else None, read[end] if end else None, cells, start, end)
    if hours and read[first].timed:
        raise _twice(cells, start or end or first, first)
    if hours:
        sessions = tuple(replace(one, start=at, end=to) for one in sessions for at, to in hours)
    return _written([_checked(one, end or start or first) for one in sessions], cells[first], first)


def _read(text: str, name: str, today: date) -> When:
    found = read_when(text, today)
    if isinstance(found, Fault):
        raise Unclear(found, name)
    return found


def _day_and_hour(
    read: Mapping[str, When], cells: Mapping[str, str], days: Sequence[str], hour: str
) -> tuple[str | None, str | None]:
    """The columns that say a day, and an hour: « Début » may be either."""
    own = [name for name in days if name in read and read[name].sessions]
    if len(own) == 2 and read[own[0]].sessions[0].first != read[own[1]].sessions[0].first:
        raise _twice(cells, own[1], own[0])
    timed = [name for name in (hour, *reversed(days)) if name in read and read[name].hours]
    if hour in read and read[hour].sessions:
        raise Unclear(unread(cells[hour]), hour)
    day = next((name for name in reversed(own) if read[name].timed), own[0] if own else None)
    return day, next(iter(timed), None)


def _twice(cells: Mapping[str, str], column: str, other: str) -> Unclear:
    reason = f"« {cells[other]} » dit autre chose sur la même ligne"
    return Unclear(several(cells[column], reason, "une seule des deux"), column)


def _spread(
    sessions: Sequence[Session], last: When | None, cells: Mapping[str, str], name: str | None
) -> tuple[Session, ...]:
    """Days up to the one that another column says to be the last."""
    if last is None or name is None:
        return (*sessions,)
    if len(sessions) > 1 or sessions[0].last or len(last.sessions) > 1 or last.sessions[0].last:
        raise Unclear(several(cells[name], "la date en dit déjà plusieurs", "une seule date"), name)
    own, end = sessions[0], last.sessions[0]
    if end.first < own.first:
        raise Unclear(backwards(own.first, end.first), name)
    return (replace(own, last=end.first if end.first > own.first else None),)


def _hours(
    start: When | None, end: When | None, cells: Mapping[str, str], *names: str | None
) -> tuple[Hours, ...]:
    if end is None:
        return start.hours if start else ()
    told = names[1] or ""
    if start is None or len(start.hours) > 1 or len(end.hours) > 1 or end.hours[0][1]:
        raise Unclear(several(cells[told], "le début n’a pas une seule heure", "14 h-16 h"), told)
    (first, last), own = start.hours[0], end.hours[0][0]
    if last not in (None, own):
        raise _twice(cells, told, names[0] or "")
    return ((first, own),)


def _through(
    first: When, last: When, cells: Mapping[str, str], names: tuple[str, str]
) -> dict[str, Any]:
    """From a moment to another, each with its hour."""
    if len(first.sessions) > 1 or len(last.sessions) > 1:
        raise Unclear(unread(cells[names[1]]), names[1])
    one, other = first.sessions[0], last.sessions[0]
    begin = datetime.combine(one.first, one.start or time())
    finish = datetime.combine(other.first, other.start or time())
    if finish < begin:
        raise Unclear(backwards(_moment(begin), _moment(finish)), names[1])
    return {"debut": _moment(begin), "fin": _moment(finish)}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _checked(one: Session, column: str) -> Session:
    """A session that ends after it begins, at night on the next day."""
    if one.start and one.end and one.end <= one.start:
        night = one.start >= _EVENING and one.end <= _MORNING
        if not night or one.last not in (None, one.first + timedelta(1)):
            raise Unclear(backwards(f"{one.start:%H:%M}", f"{one.end:%H:%M}"), column)
    return one


def _written(sessions: Sequence[Session], text: str, column: str) -> dict[str, Any]:
    one = sessions[0]
    if len(sessions) == 1 and one.last and one.start and not _at_night(one):
        told = {"du": one.first.isoformat(), "au": str(one.last), "de": f"{one.start:%H:%M}"}
        return {"horaires": told | ({"a": f"{one.end:%H:%M}"} if one.end else {})}
    rows = [row for one in sessions for row in _rows(one)]
    if len(rows) > _MOST:
        raise Unclear(unread(text), column)
    return whole(rows)


def whole(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Sessions as a file writes them: one is its ``debut`` and its ``fin``."""
    if len(rows) == 1 and rows[0].keys() <= {"debut", "fin"}:
        return {**rows[0]}
    return {"seances": sorted(map(dict, rows), key=lambda one: one["debut"])}


def _at_night(one: Session) -> bool:
    return bool(one.start and one.end and one.end <= one.start)


def _rows(one: Session) -> list[dict[str, str]]:
    if not one.start:
        end = {"fin": one.last.isoformat()} if one.last else {}
        return [{"debut": one.first.isoformat(), **end}]
    days = (one.last - one.first).days + 1 if one.last and not _at_night(one) else 1
    return [_row(one, one.first + timedelta(rank)) for rank in range(min(days, _MOST + 1))]


def _row(one: Session, day: date) -> dict[str, str]:
    begin = datetime.combine(day, one.start or time())
    if not one.end:
        return {"debut": _moment(begin)}
    finish = datetime.combine(day + timedelta(_at_night(one)), one.end)
    return {"debut": _moment(begin), "fin": _moment(finish)}


def _of_iso(text: str) -> dict[str, Any]:
    """Sessions as OpenAgenda and our own tables write them: « begin->end », blanks between two."""
    rows = []
    for line in text.replace(" ->", "->").replace("-> ", "->").split():
        found = _ISO.fullmatch(line) or re.fullmatch(r"(\S+)()", line)
        told = between(of_iso(found[1]), of_iso(found[2]) if found[2] else None) if found else {}
        if not told:
            raise Unclear(unread(line), "horaires_iso")
        rows.append(told)
    return whole(rows)
