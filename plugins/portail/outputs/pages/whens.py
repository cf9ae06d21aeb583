"""All the times of an event, in short: « Sam. 2 et dim. 3 oct., 10 h – 18 h »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Programme
from portail.model.event import Event
from portail.outputs.pages.kit import capital, day_hours, state_labels, undated
from portail.outputs.pages.views.edition import QuandView
from portail.text.dates import jour_court, periode

__all__ = ["whens"]

_FEW = 4
"""Days that are named one by one."""


def whens(entry: Event, occurrences: Sequence[Occurrence]) -> Iterator[QuandView]:
    """All the times of an event in order: what lasts as one, days of the same hours together."""
    programme = Programme([("", occurrences)])
    weeks = [programme.week(week) for week in programme.weeks]
    for bar in dict.fromkeys(one for week in weeks for one in week.durables):
        phrase = capital(periode(bar.du, bar.au, annee=False))
        yield _when(phrase, bar.du.isoformat(), bar.etat)
    same: dict[tuple[str, str], list[date]] = {}
    starts: dict[tuple[str, str], str] = {}
    for day in (day for week in weeks for day in week.jours):
        for one in day.rendez_vous:
            first = one.occurrences[0]
            if first.premier_jour == day.jour:
                hours = "" if undated(entry, first) else day_hours(one.occurrences, day.jour)
                key = hours, one.etat
                same.setdefault(key, []).append(day.jour)
                iso = day.jour.isoformat() if first.journee else first.debut.isoformat()
                starts.setdefault(key, iso)
    for (hours, etat), days in same.items():
        yield _when(_phrase(hours, days), starts[hours, etat], etat)


def _when(phrase: str, iso: str, etat: str) -> QuandView:
    return QuandView(phrase, iso, state_labels(etat), etat == "annule")


def _phrase(hours: str, days: Sequence[date]) -> str:
    if not hours:
        return "Nouvelle date à venir"
    if hours.startswith("Du "):  # several days, which it says
        return hours
    return f"{capital(_days(days))}, {hours[:1].lower()}{hours[1:]}"


def _days(days: Sequence[date]) -> str:
    """« sam. 2 et dim. 3 oct. », « 6 jours du 2 au 17 octobre »."""
    if len(days) > _FEW:
        return f"{len(days)} jours {periode(days[0], days[-1], annee=False)}"
    *before, last = (jour_court(day, annee=False) for day in days)
    if len({day.month for day in days}) == 1:  # the month is said once
        before = [text.rpartition("\u00a0")[0] for text in before]
    return f"{', '.join(before)} et {last}" if before else last
