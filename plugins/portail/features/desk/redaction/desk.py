"""The editors' desk: missing fields, stale sheets, dead links, what ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from portail.features.kinds.lieux.model import Lieu
from portail.features.pages.liens.outside import Written, outside_of
from portail.features.pages.liens.records import Etat, Releve
from portail.model.articles import AnnouncementEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind, ranked
from portail.model.parts import Accessibilite
from portail.model.registry import MODELS
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.site.kind_tables import WANTED, Wanted
from portail.site.site import Site
from portail.text.typography import small


class Lacking(NamedTuple):
    """A content, and the fields that it lacks."""

    item: Item
    champs: tuple[Wanted, ...]


def is_filled(entry: Entry, champ: str) -> bool:
    """Whether a field says something: an accessibility that is unknown to all says nothing."""
    value = getattr(entry, champ)
    if isinstance(value, Accessibilite):
        is_known = any(level != "inconnu" for level in value.niveaux.values())
        return bool(is_known or value.equipements or value.labels or value.precisions)
    return bool(value)


def lacks_of(entry: Entry, site: Site) -> tuple[Wanted, ...]:
    """The wanted fields that an entry does not tell."""
    return tuple(
        wanted
        for wanted in WANTED.of(site.features, entry.kind) or ()
        if wanted.pour(entry, site.vocabularies)
        and not any(is_filled(entry, champ) for champ in wanted.champs)
    )


def lacking(site: Site, kind: Kind) -> tuple[Lacking, ...]:
    """Contents of a kind that are published, not over, written by somebody, and lack something:
    those that lack most first."""
    rows = [
        Lacking(item, lacks)
        for item in site.of_kind(kind)
        if item.entry.paru(site.day.date)
        and not (item.is_over or item.entry.sans_fichier)
        and (lacks := lacks_of(item.entry, site))
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.champs), row.item.ref)))


def label_of(kind: Kind, wanted: Wanted) -> str:
    """Names of its fields, as their documentation says them: « courriel, téléphone ou site »."""
    fields = MODELS[kind].model_fields
    *first, last = [small(fields[champ].title or champ) for champ in wanted.champs]
    return f"{', '.join(first)} ou {last}" if first else last


# Sheets that nobody has checked for a year.

_A_YEAR = timedelta(days=366)


class Stale(NamedTuple):
    """A sheet, and the day of its last check: of its last change, for what says none (``None``:
    never checked)."""

    item: Item
    depuis: date | None


def stale(site: Site) -> tuple[Stale, ...]:
    """Published places that were never checked or not for a year, resources that nobody changed
    for a year; those never checked first, then the oldest."""
    day = site.day.date
    sheets = [
        sheet
        for kind in ranked(lambda info: info.checked)
        for sheet in map(_last, site.of_kind(kind))
    ]
    late = [
        sheet
        for sheet in sheets
        if sheet.item.entry.paru(day) and (sheet.depuis is None or sheet.depuis + _A_YEAR < day)
    ]
    return tuple(sorted(late, key=lambda sheet: (sheet.depuis or date.min, sheet.item.ref)))


def _last(item: Item) -> Stale:
    entry = item.entry
    return Stale(item, entry.verifie_le if isinstance(entry, Lieu) else entry.jour)


# Addresses of other sites that somebody has to mend, where they are written.

_ORDER = (Etat.MORTE, Etat.PRIVEE, Etat.A_REVOIR, Etat.DEPLACEE, Etat.A_OUVRIR)


class Broken(NamedTuple):
    """An address that is not good, in one of the contents that write it."""

    item: Item
    lien: Written
    record: Releve


def broken(site: Site) -> tuple[Broken, ...]:
    """Every such address that contents still write, gravest first; none when addresses were never
    checked."""
    records = site.part("liens") or {}
    rows = [
        Broken(site.items[link.ref], link, records[url])
        for url, links in outside_of(site).items()
        if url in records and records[url].etat in _ORDER
        for link in links
    ]
    return tuple(
        sorted(rows, key=lambda row: (_ORDER.index(row.record.etat), row.item.ref, row.lien.url))
    )


def unknown(site: Site) -> int:
    """How many addresses were never checked."""
    records = site.part("liens") or {}
    return sum(url not in records for url in outside_of(site))


# What ends in the coming days, and the events about which something is still to be said.

DAYS = 14
"""Days ahead, today included."""


class Ending(NamedTuple):
    """What ends on ``jour``: ``quoi`` is ``annonce``, ``financement``, ``pret`` (``rang`` of the
    loan) or ``mise-en-avant``."""

    jour: date
    item: Item
    quoi: str
    rang: int = 0


class Unsaid(NamedTuple):
    """An event that takes place on ``jour``, and what it does not say: ``heure``, ``tarif``,
    ``accessibilite``."""

    jour: date
    item: Item
    manques: tuple[str, ...]


def ending(site: Site) -> tuple[Ending, ...]:
    """Deadlines, loans to come back and what is put forward that end within ``DAYS``, the nearest
    first."""
    first = site.day.date
    last = first + timedelta(days=DAYS)
    endings = (end for item in site.items.values() if item.entry.paru(first) for end in _ends(item))
    near = (end for end in endings if first <= end.jour < last)
    return tuple(sorted(near, key=lambda end: (end.jour, end.item.ref, end.quoi, end.rang)))


def _ends(item: Item) -> Iterator[Ending]:
    entry = item.entry
    if isinstance(entry, AnnouncementEntry) and entry.echeance:
        yield Ending(entry.echeance, item, "annonce")
    if isinstance(entry, ResourceEntry):
        if entry.limite:
            yield Ending(entry.limite, item, "financement")
        for rank, loan in enumerate(entry.itinerance):
            yield Ending(loan.au, item, "pret", rank)
    if entry.a_ne_pas_manquer:
        yield Ending(entry.a_ne_pas_manquer, item, "mise-en-avant")


def unsaid(site: Site) -> tuple[Unsaid, ...]:
    """Events that take place within ``DAYS`` and lack an hour, a price or what is accessible; what
    is cancelled or goes on for weeks already is not waited for."""
    first = site.day.date
    last = first + timedelta(days=DAYS)
    rows: list[Unsaid] = []
    for item in site.dated:
        entry = item.entry
        shown = item.upcoming
        if not isinstance(entry, Event) or shown is None or not entry.paru(first):
            continue
        lacks = tuple(_lacks(entry, whole_day=shown.journee and shown.day_count == 1))
        if lacks and shown.maintained and first <= shown.first_day < last:
            rows.append(Unsaid(shown.first_day, item, lacks))
    return tuple(sorted(rows, key=lambda row: (row.jour, row.item.ref)))


def awaiting(site: Site) -> tuple[Item, ...]:
    """Events of a temps fort whose day is still to be set, those of the nearest edition first."""
    events = [
        item
        for item in site.dated
        if not (item.occurrences or item.is_over) and item.entry.paru(site.day.date)
    ]
    return tuple(sorted(events, key=lambda item: (item.of(Event).edition or 0, item.ref)))


def _has_place(entry: Event) -> bool:
    """Whether one goes there."""
    return entry.mode != "en-ligne" and not entry.partout


def _lacks(entry: Event, *, whole_day: bool) -> Iterator[str]:
    if whole_day:
        yield "heure"
    if not entry.tarif:
        yield "tarif"
    if _has_place(entry) and not is_filled(entry, "accessibilite"):
        yield "accessibilite"
