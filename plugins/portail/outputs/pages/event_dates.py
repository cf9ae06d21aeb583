"""When an event takes place, as its page tells it: each day, the one to show first, the period."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from portail.agenda.occurrences import Occurrence, span
from portail.agenda.upcoming import called_off, written
from portail.facts.when import (
    former_start,
    iso_bounds,
    moment_text,
    occurrence_phrase,
    spoken_hours,
)
from portail.model.event import Event, Seance
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import state_labels
from portail.outputs.pages.views.entry import DateView, SeanceView
from portail.outputs.pages.views.shared import Feuille
from portail.text.dates import jour, periode
from portail.text.typography import capital


def event_dates(inputs: EntryInputs) -> tuple[DateView, ...]:
    """Each date of an event in the order of time; séances of one day are told together."""
    item = inputs.item
    if not isinstance(item.entry, Event):
        return ()
    return tuple(
        _date(list(group), item.entry, item.passees)
        for _, group in groupby(item.occurrences, key=_day_of)
    )


def _day_of(one: Occurrence) -> tuple[date, int]:
    """What séances told together share: their day; whole days and nights stand alone."""
    alone = one.journee or one.dernier_jour != one.premier_jour
    return (one.premier_jour, one.rang if alone else -1)


def _date(group: list[Occurrence], entry: Event, past: int) -> DateView:
    first, alone = group[0], len(group) == 1
    day = first.premier_jour
    phrase = occurrence_phrase(first) if alone else capital(jour(day))
    hours = (phrase if alone else capital(spoken_hours([one], day)) for one in group)
    return DateView(
        leaf_of(first, entry) if alone else Feuille(day),
        phrase,
        first.rang < past,
        tuple(_seance(one, entry, text) for one, text in zip(group, hours, strict=True)),
        max(one.dernier_jour for one in group),
    )


def leaf_of(one: Occurrence, entry: Event) -> Feuille:
    """The leaf of an occurrence, marked when it is cancelled or waits for a date."""
    return Feuille(one.premier_jour, called_off(entry, one))


def _seance(one: Occurrence, entry: Event, phrase: str) -> SeanceView:
    source = written(entry, one)
    labels = state_labels(one.etat) if one.etat != entry.etat or len(entry.seances) > 1 else ()
    seance = source if isinstance(source, Seance) else None
    moved = former_start(seance, one.etat) if seance else None
    notes = (
        seance.note if seance else None,
        f"d’abord annoncée le {moment_text(moved)}" if moved else None,
    )
    struck = bool(called_off(entry, one))
    return SeanceView(
        phrase, *iso_bounds(one), labels, struck, capital(", ".join(filter(None, notes)))
    )


def shown_date(inputs: EntryInputs) -> SeanceView | None:
    """The séance that the practical box tells: the next one, else the last."""
    shown, entry = inputs.item.montree, inputs.item.entry
    if shown is None or not isinstance(entry, Event):
        return None
    return _seance(shown, entry, occurrence_phrase(shown))


def event_period(inputs: EntryInputs) -> str:
    """« Du 15 septembre au 15 décembre 2021 », for a timetable or a rule; else nothing."""
    item = inputs.item
    if not isinstance(item.entry, Event) or item.entry.seances or len(item.occurrences) < 2:
        return ""
    return capital(periode(*span(item.occurrences)))
