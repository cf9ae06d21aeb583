"""One occurrence on the clock, before it becomes two instants; what ``debut`` and ``fin`` mean."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from portail.agenda.inputs import MomentLike
from portail.model.faults import Fault, FieldPath
from portail.text.dates import heure, jour

__all__ = ["MAX_YEARS", "Slot", "slot_of", "years_after"]

MAX_YEARS = 3
"""Longest span of an event, in years."""

_DAY = timedelta(days=1)


class Slot(NamedTuple):
    """One occurrence on the clock: ``fin_jour`` ``None`` when the end is not known."""

    jour: date
    heure: time | None
    fin_jour: date | None
    fin_heure: time | None

    def moved(self, day: date) -> Slot:
        """The same hours and length, beginning on ``day``."""
        end = None if self.fin_jour is None else day + (self.fin_jour - self.jour)
        return self._replace(jour=day, fin_jour=end)

    @property
    def last(self) -> date:
        """The day it ends."""
        return self.fin_jour or self.jour


def slot_of(debut: MomentLike, fin: MomentLike | None, loc: FieldPath) -> Slot | Fault:
    """What ``debut`` and ``fin`` mean together; ``loc`` is the path of their group.

    Faults, at ``fin``: E213 (before ``debut``), E229 (more than 24 hours on the clock), E243 (an
    hour of end without an hour of beginning).
    """
    loc = (*loc, "fin")
    if fin is None:
        return Slot(debut.jour, debut.heure, None, None)
    if fin.jour < debut.jour:
        return _reversed(_moment(debut), fin, loc)
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
    if length < timedelta():
        return _reversed(heure(debut.heure), fin, loc)
    if length > _DAY:
        return Fault("E229", loc)
    return Slot(debut.jour, debut.heure, fin.jour, fin.heure)


def _reversed(debut: str, fin: MomentLike, loc: FieldPath) -> Fault:
    values: dict[str, object] = {"fin": _moment(fin), "debut": debut, "cle": "fin"}
    return Fault("E213", loc, values, label="avant « debut »")


def years_after(day: date) -> date:
    """The same day ``MAX_YEARS`` later; 1 March for a 29 February without one."""
    try:
        return day.replace(year=day.year + MAX_YEARS)
    except ValueError:
        return date(day.year + MAX_YEARS, 3, 1)


def _moment(moment: MomentLike) -> str:
    day = jour(moment.jour, semaine=False)
    return day if moment.heure is None else f"{day}, {heure(moment.heure)}"
