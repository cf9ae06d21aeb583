"""When an event takes place, as a letter of some Thursday says it; nothing depends on the day of
the build."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.model.event import Event
from portail.outputs.pages.kit import capital, undated
from portail.site.item import Item
from portail.site.lasting import lasting_of
from portail.site.site import Site
from portail.text.calendar_names import JOURS
from portail.text.dates import heure, jour, moment_phrase, periode

__all__ = ["FEW", "days_text", "shown_from", "week_end_when", "when_from"]

FEW = 3
"""Days that are named one by one."""


def shown_from(item: Item, day: date) -> Occurrence | None:
    """The occurrence that tells an event from ``day`` on: the next one that goes ahead, else the
    next, else the last."""
    coming = [one for one in item.occurrences if one.a_venir(day)]
    live = next((one for one in coming if one.maintenue), None)
    if live or coming:
        return live or coming[0]
    return item.occurrences[-1] if item.occurrences else None


def when_from(item: Item, site: Site, day: date) -> str:
    """« Mercredi 6 octobre, à 14 h », « Samedi 2 octobre et 3 autres dates », « Jusqu’au
    17 octobre »; the year where it is not that of ``day``."""
    entry, shown = item.entry, shown_from(item, day)
    if shown is None or not isinstance(entry, Event):
        return ""
    if undated(entry, shown):
        return "Nouvelle date à venir"
    lasting = lasting_of(site, item.ref)
    if lasting:
        return _period(lasting.du, lasting.au, day)
    if shown.longue:
        return _period(shown.premier_jour, shown.dernier_jour, day)
    later = sum(one.maintenue for one in item.occurrences[shown.rang + 1 :])
    others = f" et {later} autre{'s' * (later > 1)} date{'s' * (later > 1)}" if later else ""
    return _phrase(shown, day) + others


def week_end_when(item: Item, site: Site, days: tuple[date, date]) -> str:
    """« Samedi, de 14 h à 17 h », « Samedi et dimanche, de 10 h à 18 h », « Jusqu’au 17 octobre »:
    its leaf says which Saturday."""
    lasting = lasting_of(site, item.ref)
    if lasting:
        return _period(lasting.du, lasting.au, days[0])
    hours: dict[str, list[date]] = {}
    for day in days:
        live = [one for one in item.occurrences if one.en_cours(day) and one.maintenue]
        for one in live:
            if one.nombre_de_jours > 1 and not _inside(one, days):
                if one.dernier_jour in days:
                    return f"Jusqu’à {JOURS[one.dernier_jour.weekday()]}"
                return _period(one.premier_jour, one.dernier_jour, days[0])
        if live:
            hours.setdefault(_hours(live, day), []).append(day)
    said = "\u00a0; ".join(", ".join(filter(None, (_names(some), h))) for h, some in hours.items())
    return capital(said) or when_from(item, site, days[0])


def days_text(days: Sequence[date], near: date) -> str:
    """« samedi 2 octobre », « samedi 2 et dimanche 3 octobre », « 6 jours du 2 au 17 octobre »;
    the year where it is not that of ``near``."""
    year = days[-1].year != near.year
    if len(days) > FEW:
        return f"{len(days)} jours {periode(days[0], days[-1], annee=year)}"
    *before, last = days
    if not before:
        return jour(last, annee=year)
    same = all((day.year, day.month) == (last.year, last.month) for day in before)
    names = [jour(day, annee=year and not same) for day in before]
    if same:  # the month is said once
        names = [name.rpartition("\u00a0")[0] for name in names]
    return f"{', '.join(names)} et {jour(last, annee=year)}"


def _inside(one: Occurrence, days: tuple[date, date]) -> bool:
    return days[0] <= one.premier_jour and one.dernier_jour <= days[1]


def _period(first: date, last: date, day: date) -> str:
    if first < day:
        return f"Jusqu’au {jour(last, semaine=False, annee=last.year != day.year)}"
    return capital(periode(first, last, annee=last.year != day.year))


def _phrase(one: Occurrence, day: date) -> str:
    year = one.premier_jour.year != day.year
    if not one.journee:
        return capital(moment_phrase(one.debut, one.fin, annee=year))
    return capital(moment_phrase(one.premier_jour, one.dernier_jour, annee=year))


def _names(days: Sequence[date]) -> str:
    return " et ".join(JOURS[day.weekday()] for day in days)


def _hours(live: Sequence[Occurrence], day: date) -> str:
    """« de 14 h à 17 h », « à 10 h et 14 h »; nothing for a whole day."""
    one = live[0]
    if any(each.journee for each in live):
        return ""
    if len(live) > 1:
        *first, last = dict.fromkeys(heure(each.debut.time()) for each in live)
        return f"à {', '.join(first)} et {last}" if first else f"à {last}"
    return _bounds(one, day)


def _bounds(one: Occurrence, day: date) -> str:
    start = heure(one.debut.time())
    if one.premier_jour < day and one.fin:
        return f"jusqu’à {heure(one.fin.time())}"
    if one.dernier_jour > day:
        return f"à partir de {start}"
    if one.fin is None or one.fin == one.debut:
        return f"à {start}"
    return f"de {start} à {heure(one.fin.time())}"
