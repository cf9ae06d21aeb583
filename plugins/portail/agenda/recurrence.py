"""Occurrences of an event, from its dates, its recurrence rule and its slots.

One function for the four writings: ``debut`` and ``fin``, ``seances``, ``horaires``, ``rrule``.
Hours are those of the clock of the portal: 14:00 stays 14:00 when clocks change. Bounds: 800
occurrences, 3 years, 24 hours each unless they are whole days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from msgspec import Struct

from portail.model.event import Horaires, Seance
from portail.model.faults import Fault, FieldPath
from portail.model.scalars import Moment
from portail.text.dates import JOURS, heure, jour
from portail.text.normalise import fold

from .occurrences import Occurrence, days_between, exists, local
from .rrule import Rule, RuleError, days_of, parse_rule

# One occurrence on the clock, before it becomes two instants; what ``debut`` and ``fin`` mean.

# Longest span of an event, in years.
MAX_YEARS = 3


class Slot(NamedTuple):
    """One occurrence on the clock: ``end_day`` ``None`` when the end is not known."""

    jour: date
    heure: time | None
    end_day: date | None
    end_time: time | None

    def moved(self, day: date) -> Slot:
        end = None
        if self.end_day is not None:
            end = day + (self.end_day - self.jour)
        return self._replace(jour=day, end_day=end)

    @property
    def last(self) -> date:
        return self.end_day or self.jour


def slot_of(debut: Moment, fin: Moment | None, loc: FieldPath) -> Slot | Fault:
    """What ``debut`` and ``fin`` mean together; ``loc`` is the path of their group.

    Faults, at ``fin``: E229 (more than 24 hours on the clock), E243 (an hour of end without an hour
    of beginning). The model has refused an end before its beginning.
    """
    loc = (*loc, "fin")
    if fin is None:
        return Slot(debut.jour, debut.heure, None, None)
    if debut.heure is None:
        if fin.heure is not None:
            return Fault("E243", loc, {"cle": "heure de fin", "autre": "heure de début"})
        return Slot(debut.jour, None, fin.jour, None)
    if fin.heure is None:
        # The end names a day without an hour: not known the same day, too long on a later one.
        if fin.jour > debut.jour:
            return Fault("E229", loc)
        return Slot(debut.jour, debut.heure, None, None)
    length = datetime.combine(fin.jour, fin.heure) - datetime.combine(debut.jour, debut.heure)
    if length > _DAY:
        return Fault("E229", loc)
    return Slot(debut.jour, debut.heure, fin.jour, fin.heure)


def years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + MAX_YEARS)
    except ValueError:
        return date(day.year + MAX_YEARS, 3, 1)


# Most occurrences of an event.
MAX_OCCURRENCES = 800

_DAY = timedelta(days=1)


class _Dated(Struct, frozen=True):
    """A slot, its state, the item of ``seances`` it comes from, and where its ends are written."""

    slot: Slot
    etat: str
    source: int | None
    local_start: FieldPath
    local_end: FieldPath


def expand(
    debut: Moment | None,
    fin: Moment | None,
    seances: Sequence[Seance],
    horaires: Horaires | None,
    rrule: str | None,
    etat: str,
) -> tuple[Occurrence, ...] | list[Fault]:
    """Every occurrence in the order of time, or the mistakes that forbid them, all at once.

    The first writing given counts, among ``seances``, ``horaires``, ``rrule`` and ``debut``.
    Faults: E203, E228 to E232, E238, E239, E243.
    """
    if seances:
        dated, faults = _of_seances(seances, etat)
        whole: FieldPath = ("seances",)
    elif horaires is not None:
        dated, faults = _of_horaires(horaires, etat)
        whole = ("horaires",)
    elif rrule is not None and debut is not None:
        dated, faults = _of_rule(rrule, debut, fin, etat)
        whole = ("rrule",)
    elif debut is not None:
        dated, faults = _of_one(debut, fin, etat)
        whole = ("fin",)
    else:
        return ()
    faults += [*_too_many(dated, whole), *_skipped(dated)]
    return faults or _occurrences(dated)


_Found = tuple[list[_Dated], list[Fault]]


def _of_one(debut: Moment, fin: Moment | None, etat: str) -> _Found:
    slot = slot_of(debut, fin, ())
    if isinstance(slot, Fault):
        return [], [slot]
    return [_Dated(slot, etat, None, ("debut",), ("fin",))], []


def _of_seances(seances: Sequence[Seance], etat: str) -> _Found:
    dated = []
    faults = []
    seen = set()
    for index, seance in enumerate(seances):
        loc: FieldPath = ("seances", index)
        slot = slot_of(seance.debut, seance.fin, loc)
        if isinstance(slot, Fault):
            faults.append(slot)
            continue
        if seance in seen:
            faults.append(Fault("E238", loc, {"valeur": str(seance.debut), "cle": "seances"}))
        seen.add(seance)
        dated.append(_Dated(slot, seance.etat or etat, index, (*loc, "debut"), (*loc, "fin")))
    return dated, faults


def _of_horaires(horaires: Horaires, etat: str) -> _Found:
    faults = list(_unknown_days(horaires))
    if faults:
        return [], faults
    if horaires.au > years_after(horaires.du):
        return [], [Fault("E232", ("horaires", "au"), {"limite": MAX_OCCURRENCES})]
    wanted = {_weekday(name) for name in horaires.tous_les} or set(range(7))
    end = None if horaires.a is None else horaires.du
    if horaires.de and horaires.a and horaires.a <= horaires.de:
        end = horaires.du + _DAY
    model = Slot(horaires.du, horaires.de, end, horaires.a)
    dated = [
        _Dated(model.moved(day), etat, None, ("horaires", "de"), ("horaires", "a"))
        for day in days_between(horaires.du, horaires.au)
        if day.weekday() in wanted and not any(out.du <= day <= out.au for out in horaires.sauf)
    ]
    return dated, [] if dated else [Fault("E239", ("horaires",))]


def _unknown_days(horaires: Horaires) -> Iterator[Fault]:
    for index, name in enumerate(horaires.tous_les):
        if _weekday(name) is None:
            remedy = f"Écrivez {', '.join(JOURS[:-1])} ou {JOURS[-1]}."
            values: dict[str, object] = {"valeur": name, "cle": "tous_les", "remede": remedy}
            yield Fault("E203", ("horaires", "tous_les", index), values)


def _of_rule(text: str, debut: Moment, fin: Moment | None, etat: str) -> _Found:
    slot = slot_of(debut, fin, ())
    rule = _parsed(text)
    faults = [item for item in (slot, rule) if isinstance(item, Fault)]
    if isinstance(slot, Fault) or isinstance(rule, Fault):
        return [], faults
    days = _rule_days(rule, text, slot)
    if isinstance(days, Fault):
        return [], [days]
    return [_Dated(slot.moved(day), etat, None, ("debut",), ("fin",)) for day in days], []


def _parsed(text: str) -> Rule | Fault:
    try:
        return parse_rule(text)
    except RuleError as error:
        if error.endless:
            return Fault("E231", ("rrule",))
        return _unread(text, str(error))


def _rule_days(rule: Rule, text: str, slot: Slot) -> list[date] | Fault:
    # Days of a rule within its own end, its exclusions made; its first day must be ``debut``.
    horizon = years_after(slot.jour)
    until = rule.until
    if (rule.count or 0) > MAX_OCCURRENCES:
        return Fault("E232", ("rrule",), {"limite": MAX_OCCURRENCES})
    days = []
    for day in days_of(rule, slot.jour, horizon):
        if until is not None and datetime.combine(day, slot.heure or time()) > until:
            break
        days.append(day)
        if len(days) in (rule.count, MAX_OCCURRENCES + 1):
            break
    if not days and until is not None and until.date() <= slot.jour:
        return _unread(text, "elle s’arrête (UNTIL) avant « debut »")
    if days[:1] != [slot.jour]:
        return _unread(text, f"le jour de « debut » ({jour(slot.jour)}) n’en fait pas partie")
    unfinished = len(days) < rule.count if rule.count else bool(until and until.date() > horizon)
    if unfinished or len(days) > MAX_OCCURRENCES:
        return Fault("E232", ("rrule",), {"limite": MAX_OCCURRENCES})
    return _without(rule, text, slot, days)


def _without(rule: Rule, text: str, slot: Slot, days: list[date]) -> list[date] | Fault:
    for day, hour in rule.exdates:
        if day not in days or hour not in (None, slot.heure):
            return _unread(text, f"EXDATE exclut le {jour(day)}, qui n’en fait pas partie")
    out = {day for day, _ in rule.exdates}
    kept = [day for day in days if day not in out]
    return kept or _unread(text, "elle ne laisse aucune date")


def _unread(text: str, reason: str) -> Fault:
    return Fault("E230", ("rrule",), {"valeur": text, "raison": reason})


def _too_many(dated: Sequence[_Dated], loc: FieldPath) -> Iterator[Fault]:
    if not dated:
        return
    first = min(item.slot.jour for item in dated)
    last = max(item.slot.last for item in dated)
    if len(dated) > MAX_OCCURRENCES or last > years_after(first):
        yield Fault("E232", loc, {"limite": MAX_OCCURRENCES})


def _skipped(dated: Iterable[_Dated]) -> Iterator[Fault]:
    for item in dated:
        slot = item.slot
        for loc, day, hour in (
            (item.local_start, slot.jour, slot.heure),
            (item.local_end, slot.end_day, slot.end_time),
        ):
            if day is not None and hour is not None and not exists(day, hour):
                values: dict[str, object] = {"jour": jour(day, semaine=False), "heure": heure(hour)}
                yield Fault("E228", loc, values)


def _occurrences(dated: Iterable[_Dated]) -> tuple[Occurrence, ...]:
    ordered = sorted(
        dated,
        key=lambda item: (
            item.slot.jour,
            item.slot.heure or time(),
            item.slot.heure is not None,  # a whole day comes before its first minute
            item.slot.last,
            item.slot.end_time or time(),
            item.slot.end_time is not None,
            item.source or 0,
        ),
    )
    return tuple(_occurrence(item, rank) for rank, item in enumerate(ordered))


def _occurrence(item: _Dated, rank: int) -> Occurrence:
    slot = item.slot
    start = local(slot.jour, slot.heure)
    whole = slot.heure is None
    known = whole or slot.end_day is not None
    end = None
    if known:
        end = local(slot.last, slot.end_time)
    return Occurrence(start, end, whole, etat=item.etat, rang=rank, source=item.source)


def _weekday(name: str) -> int | None:
    word = fold(name).removesuffix("s")
    if word in JOURS:
        return JOURS.index(word)
    return None
