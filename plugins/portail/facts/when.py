"""Times of an event, in words long and short; nothing here reads the day of the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence, span, written
from portail.agenda.programme import Programme
from portail.model.event import Event, Seance
from portail.model.scalars import Moment
from portail.site.item import Item
from portail.site.lists import lasting_of
from portail.site.site import Site
from portail.text.dates import heure, jour, jour_court, moment_phrase, nuit, nuit_datee, periode
from portail.text.typography import capital, nombre, small

from .base import Fact, texts

# Words for the states of an event or of a séance that does not go as planned.
STATES: Mapping[str, str] = {
    "annule": "Annulé",
    "reporte": "Reporté",
    "reprogramme": "Reprogrammé",
    "deplace-en-ligne": "Déplacé en ligne",
    "complet": "Complet",
}
TO_CONFIRM = "Horaire à confirmer"
HOUR_TO_CONFIRM = "heure à confirmer"
TO_SET = "Date à préciser"
# Days that are named one by one.
FEW = 3
# Dates that a list names one by one.
_FEW_DATES = 6
# Days that a short text names one by one.
_FEW_DAYS = 4
# Dates of a card: what has more in a week lasts, and is told by all its days.
_NEXT = 7
_NEW = "Nouvelle date à venir"


def state(item: Item, site: Site) -> Fact:
    return Fact("État", texts(STATES.get(item.of(Event).etat)))


def dates(item: Item, site: Site) -> Fact:
    """Each date of an event, with its state where it has its own; of many, from when to when."""
    event = item.of(Event)
    few = item.occurrences
    if not few:
        return awaited(item, site)
    if len(few) > _FEW_DATES:
        return Fact("Quand", texts(f"{nombre(len(few))} dates, {periode(*span(few))}"))
    phrases = (
        small(_NEW if occurrence.undated else occurrence_phrase(occurrence)) for occurrence in few
    )
    states = (occurrence.etat if occurrence.etat != event.etat else "" for occurrence in few)
    return Fact("Quand", texts(*map(stated, phrases, states)))


def awaited(item: Item, site: Site) -> Fact:
    return Fact("Quand", texts("" if item.occurrences else TO_SET))


def stated(phrase: str, etat: str) -> str:
    """« samedi 9 octobre (annulé) »."""
    if etat in STATES:
        return f"{phrase} ({STATES[etat].lower()})"
    return phrase


def occurrence_phrase(occurrence: Occurrence) -> str:
    """« Samedi 9 octobre 2021, de 14 h à 16 h », « Du 1er au 11 octobre 2021 », « Dans la nuit du
    lundi 26 au mardi 27 septembre 2022, à 0 h 10 »."""
    if occurrence.is_night:
        return capital(dated(occurrence))
    if not occurrence.journee:
        return capital(moment_phrase(occurrence.debut, occurrence.fin))
    first = occurrence.first_day
    last = occurrence.last_day
    return capital(jour(first) if first == last else periode(first, last))


def moment_text(moment: Moment, *, year: bool = True) -> str:
    text = jour(moment.jour, semaine=False, annee=year)
    if moment.heure:
        return f"{text} à {heure(moment.heure)}"
    return text


def day_of(value: date | None) -> str:
    if value:
        return jour(value, semaine=False)
    return ""


def full_day(value: date | None) -> str:
    if value:
        return jour(value)
    return ""


def former_start(session: Event | Seance, etat: str) -> Moment | None:
    """Date first announced, for what has moved and has a date of its own since."""
    if etat == "reprogramme":
        return session.ancien_debut
    return None


def period_from(first: date, last: date, since: date, *, year: bool) -> str:
    """« jusqu’au 15 octobre » for what began before ``since``, else « du 2 au 15 octobre »."""
    if first < since:
        return f"jusqu’au {jour(last, semaine=False, annee=year)}"
    return periode(first, last, annee=year)


def shown_from(item: Item, day: date) -> Occurrence | None:
    """The occurrence that presents an event from ``day`` on: the next one that goes ahead, else
    the next, else the last."""
    coming = [occurrence for occurrence in item.occurrences if occurrence.is_to_come(day)]
    live = next((occurrence for occurrence in coming if occurrence.maintained), None)
    return live or next(iter(coming or item.occurrences[-1:]), None)


def when_text(item: Item, site: Site, shown: Occurrence | None, near: date | None = None) -> str:
    """« Samedi 2 octobre 2021, à 14 h et 3 autres dates », from the occurrence ``shown``. ``near``
    is the day from which one counts: only another year than its own is written.
    """
    if not isinstance(item.entry, Event):
        return ""
    if shown is None:
        return TO_SET
    if shown.undated:
        return _NEW
    lasting = lasting_of(item, site)
    if lasting or (near and shown.is_long):
        days = (lasting.du, lasting.au) if lasting else (shown.first_day, shown.last_day)
        return capital(near_text(*days, near) if near else periode(*days))
    later = sum(occurrence.maintained for occurrence in item.occurrences[shown.rang + 1 :])
    more = ""
    if later:
        more = f" et {later} autre{'s' * (later > 1)} date{'s' * (later > 1)}"
    if near is None:
        return occurrence_phrase(shown) + more
    return capital(dated(shown, year=shown.first_day.year != near.year)) + more


class Span(NamedTuple):
    """The first and the last day of several dates, and how many are maintained."""

    du: date
    au: date
    nombre: int

    def __str__(self) -> str:
        """« Du 6 octobre au 3 novembre 2021, 9 dates »."""
        return f"{capital(periode(self.du, self.au))}, {nombre(self.nombre)} dates"


def span_of(item: Item, site: Site) -> Span | None:
    """All the dates of an event that has several, and of which one is to come."""
    kept = [occurrence for occurrence in item.occurrences if occurrence.maintained]
    if item.upcoming is None or not item.upcoming.maintained or lasting_of(item, site):
        return None
    first, last = span(kept)
    if len(kept) < 2 or first == last:
        return None
    return Span(first, last, len(kept))


def near_text(first: date, last: date, near: date) -> str:
    """Days as one says them on the day ``near``: the year where it is another."""
    return period_from(first, last, near, year=last.year != near.year)


def dated(occurrence: Occurrence, *, year: bool = True) -> str:
    """« samedi 9 octobre 2021, de 14 h à 16 h », « du samedi 2 au dimanche 3 octobre 2021 »."""
    if occurrence.journee:
        return moment_phrase(occurrence.first_day, occurrence.last_day, annee=year)
    if occurrence.is_night:
        return f"dans la {nuit_datee(occurrence.first_day, annee=year)}, {_clock([occurrence])}"
    # A night when clocks go back may end, on the clock, before it begins.
    end = None
    if occurrence.fin and occurrence.fin >= occurrence.debut:
        end = occurrence.fin
    return moment_phrase(occurrence.debut, end, annee=year)


def days_text(
    days: Sequence[date], *, few: int, year: bool = False, write: Callable[..., str] = jour
) -> str:
    """« samedi 2 octobre », « samedi 2 et dimanche 3 octobre », « 6 jours du 2 au 17 octobre »
    when there are more than a few; ``write`` writes each day, long or short."""
    if len(days) > few:
        return f"{nombre(len(days))} jours {periode(days[0], days[-1], annee=year)}"
    *before, last = days
    same = all((day.year, day.month) == (last.year, last.month) for day in before)
    names = [write(day, annee=year and not same) for day in before]
    if same:  # the month is written once
        names = [name.rpartition("\u00a0")[0] for name in names]
    end = write(last, annee=year)
    if names:
        return f"{', '.join(names)} et {end}"
    return end


def day_hours(occurrences: Sequence[Occurrence], day: date) -> str:
    """Hours of an event on ``day``: « 14 h – 16 h », « 10 h, 14 h », « Du 1er au
    3 octobre », « Horaire à confirmer »."""
    first = occurrences[0]
    if is_night(occurrences):
        end = ""
        if first.fin and first.fin != first.debut:
            end = f" – {heure(first.fin.time())}"
        hours = (
            ", ".join(_starts(occurrences)) if len(occurrences) > 1 else heure(first.debut.time())
        )
        return f"{capital(nuit(first.first_day))}, {hours}{end * (len(occurrences) == 1)}"
    if len(occurrences) > 1 and not any(occurrence.journee for occurrence in occurrences):
        return ", ".join(_starts(occurrences))
    if first.journee:
        if first.day_count > 1:
            return capital(periode(first.first_day, first.last_day, annee=False))
        return TO_CONFIRM
    if first.fin is None:
        return heure(first.debut.time())
    if first.first_day < day:
        return f"Jusqu’à {heure(first.fin.time())}"
    return f"{heure(first.debut.time())} – {heure(first.fin.time())}"


def line_hours(occurrences: Sequence[Occurrence], day: date) -> tuple[str, str]:
    """Hours in two parts for a row: « 14 h », « – 16 h »; what is not known is in the second."""
    first = occurrences[0]
    following = occurrences[1:]
    if is_night(occurrences):
        return f"Dans la {nuit(first.first_day)},", _clock(occurrences)
    if first.day_count > 1:
        return "Jusqu’au", short_day(first.last_day, day)
    if first.journee:
        return "", HOUR_TO_CONFIRM
    if following:
        return ", ".join(_starts(occurrences)), ""
    end = ""
    if first.fin and first.fin != first.debut:
        end = f"– {heure(first.fin.time())}"
    return heure(first.debut.time()), end


def short_day(day: date, near: date) -> str:
    """« 9 oct. », the year where it is not that of ``near``."""
    return jour_court(day, semaine=False, annee=day.year != near.year)


def _starts(occurrences: Sequence[Occurrence]) -> Mapping[str, None]:
    return dict.fromkeys(heure(occurrence.debut.time()) for occurrence in occurrences)


def is_night(live: Sequence[Occurrence]) -> bool:
    """Whether all of them begin after midnight, in the night of the day under which they stand."""
    return all(occurrence.is_night for occurrence in live)


def spoken_hours(live: Sequence[Occurrence], day: date) -> str:
    """« de 14 h à 17 h », « à 10 h et 14 h », « dans la nuit de lundi à mardi, à 0 h 10 »; nothing
    for a whole day."""
    if any(occurrence.journee for occurrence in live):
        return ""
    if is_night(live):
        return f"dans la {nuit(live[0].first_day)}, {_clock(live)}"
    first = live[0]
    if len(live) == 1 and first.first_day < day and first.fin:
        return f"jusqu’à {heure(first.fin.time())}"
    if len(live) == 1 and first.last_day > day:
        return f"à partir de {heure(first.debut.time())}"
    return _clock(live)


def _clock(live: Sequence[Occurrence]) -> str:
    # « de 14 h à 17 h », « à 14 h », « à 10 h et 14 h ».
    occurrence, (*first, last) = live[0], _starts(live)
    if len(live) > 1:
        if first:
            return f"à {', '.join(first)} et {last}"
        return f"à {last}"
    end = None
    if occurrence.fin != occurrence.debut:
        end = occurrence.fin
    if end:
        return f"de {last} à {heure(end.time())}"
    return f"à {last}"


class Time(NamedTuple):
    """Some of the times of an event, those that have the same hours."""

    phrase: str
    # First day or instant (ISO 8601).
    iso: str
    etat: str


def times(event: Event, occurrences: Sequence[Occurrence]) -> Iterator[Time]:
    """All the times of an event in order: what lasts as one, days of the same hours together."""
    programme = Programme([("", occurrences)])
    weeks = [programme.week(week) for week in programme.weeks]
    for bar in dict.fromkeys(chain.from_iterable(week.durables for week in weeks)):
        yield Time(capital(periode(bar.du, bar.au, annee=False)), bar.du.isoformat(), bar.etat)
    same: dict[tuple[str, str], list[date]] = {}
    starts: dict[tuple[str, str], str] = {}
    for day in chain.from_iterable(week.jours for week in weeks):
        for meeting in day.rendez_vous:
            first = meeting.occurrences[0]
            if first.first_day == day.jour:
                hours = ""
                if not first.undated:
                    hours = day_hours(meeting.occurrences, day.jour)
                key = hours, meeting.etat
                same.setdefault(key, []).append(day.jour)
                starts.setdefault(key, iso_start(first, day.jour))
    for (hours, etat), days in same.items():
        yield Time(_days_and_hours(hours, days), starts[hours, etat], etat)


def iso_bounds(occurrence: Occurrence) -> tuple[str, str]:
    """Start and end for machines (ISO 8601); an unknown end is empty."""
    if occurrence.journee:
        return occurrence.first_day.isoformat(), occurrence.last_day.isoformat()
    return occurrence.debut.isoformat(), occurrence.fin.isoformat() if occurrence.fin else ""


def iso_start(occurrence: Occurrence, day: date) -> str:
    """Start of an occurrence for machines: ``day`` where it has no hour (ISO 8601)."""
    if occurrence.journee:
        return day.isoformat()
    return occurrence.debut.isoformat()


def _days_and_hours(hours: str, days: Sequence[date]) -> str:
    if not hours:
        return _NEW
    if hours.startswith("Du "):  # it names several days
        return hours
    return f"{capital(days_text(days, few=_FEW_DAYS, write=jour_court))}, {small(hours)}"


def to_come(item: Item, day: date) -> list[Occurrence]:
    """Occurrences of an event that take place and are not over when ``day`` begins."""
    return [
        occurrence
        for occurrence in item.occurrences
        if occurrence.last_day >= day and occurrence.maintained
    ]


def places_left(item: Item, day: date) -> list[Occurrence]:
    """Those of them where there is still room."""
    return [occurrence for occurrence in to_come(item, day) if occurrence.etat != "complet"]


def shown_with_room(item: Item, day: date) -> Occurrence | None:
    """The next date when there is room, else the next."""
    return next(iter(places_left(item, day)), None) or shown_from(item, day)


# When it is. A page says of each thing that ends its last day (``data-fin``), which the script of
# the theme compares with the reader’s: facts of the content, so that a new day changes no page.


class Feuille(Struct, frozen=True):
    """The leaf of a day, its state (``""`` or a code), the last day if it has several; ``avant``
    stands for its week day, ``an`` is its year if not today's; ``dite``: read aloud, for nothing
    beside it says the day."""

    jour: date
    etat: str = ""
    fin: date | None = None
    avant: str = ""
    an: str = ""
    dite: bool = False


def leaf_of(item: Item, site: Site) -> Feuille | None:
    """The leaf of an event (all its days when it lasts), a showing, an announcement that waits."""
    if showing := site.showings.get(item.ref):
        return Feuille(showing.du, "", showing.au if showing.au > showing.du else None)
    entry = item.entry
    over = "passe" if item.is_over else ""
    if entry.ends and (end := entry.limite):
        return Feuille(end, over, avant="jusqu’au", an=_other_year(end, site), dite=not over)
    if not isinstance(entry, Event) or (shown := item.shown) is None:
        return None
    state = shown.off or over
    if lasting := lasting_of(item, site):
        return Feuille(lasting.du, state, lasting.au)
    first = shown.first_day
    year = "" if over else _other_year(first, site)
    return Feuille(first, state, shown.last_day if shown.day_count > 1 else None, an=year)


def _other_year(day: date, site: Site) -> str:
    # The year of a day, unless it is this year.
    begun = site.has_come(date(day.year, 1, 1))
    if begun and not site.is_over(date(day.year, 12, 31)):
        return ""
    return str(day.year)


class Ends(NamedTuple):
    """``fin`` is the last day of what is not over yet; ``suite`` the day that its card tells, then
    the next ones, to be told in its place once it has passed."""

    fin: date | None = None
    suite: tuple[date, ...] = ()


def ends_of(item: Item, site: Site) -> Ends:
    """When ``item`` ends; nothing once it is over: its card says so."""
    if showing := site.showings.get(item.ref):
        return Ends(showing.au)
    last = item.last_day
    if last is None or site.is_over(last):
        return Ends()
    return Ends(last, () if lasting_of(item, site) else _following(item))


def _following(item: Item) -> tuple[date, ...]:
    shown = item.upcoming
    if shown is None or not shown.maintained or shown.etat == "reprogramme":
        return ()
    left = (occurrence for occurrence in item.occurrences[shown.rang :] if occurrence.maintained)
    days = dict.fromkeys(occurrence.first_day for occurrence in left if occurrence.day_count == 1)
    dates = tuple(islice(days, _NEXT))
    if len(dates) > 1 and dates[0] == shown.first_day:
        return dates
    return ()


def moved_from(item: Item) -> str:
    """The day for which what was put off, or moved, had been announced first."""
    shown = item.shown
    if shown is None or shown.etat not in ("reporte", "reprogramme"):
        return ""
    former = written(item.of(Event), shown).ancien_debut
    if former:
        return capital(moment_text(former))
    return ""
