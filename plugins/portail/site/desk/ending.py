"""What ends in the coming days, and the events about which something is still to be said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from portail.model.annonce import Annonce
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.site.desk.lacks import is_told
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["DAYS", "Ending", "Unsaid", "ending", "unsaid"]

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
    found = (one for item in site.items.values() if item.entry.paru(first) for one in _ends(item))
    near = (one for one in found if first <= one.jour < last)
    return tuple(sorted(near, key=lambda one: (one.jour, one.item.ref, one.quoi, one.rang)))


def _ends(item: Item) -> Iterator[Ending]:
    entry = item.entry
    if isinstance(entry, Annonce) and entry.echeance:
        yield Ending(entry.echeance, item, "annonce")
    if isinstance(entry, Ressource):
        if entry.echeance:
            yield Ending(entry.echeance, item, "financement")
        for rank, loan in enumerate(entry.itinerance):
            yield Ending(loan.au, item, "pret", rank)
    if entry.a_ne_pas_manquer:
        yield Ending(entry.a_ne_pas_manquer, item, "mise-en-avant")


def unsaid(site: Site) -> tuple[Unsaid, ...]:
    """Events that take place within ``DAYS`` and lack an hour, a price or what is accessible; what
    is cancelled or goes on for weeks already is not waited for."""
    first = site.day.date
    last = first + timedelta(days=DAYS)
    found: list[Unsaid] = []
    for item in site.of_kind(Kind.EVENT):
        entry, shown = item.entry, item.prochaine
        if not isinstance(entry, Event) or shown is None or not entry.paru(first):
            continue
        lacks = tuple(_lacks(entry, whole_day=shown.journee and shown.nombre_de_jours == 1))
        if lacks and shown.maintenue and first <= shown.premier_jour < last:
            found.append(Unsaid(shown.premier_jour, item, lacks))
    return tuple(sorted(found, key=lambda one: (one.jour, one.item.ref)))


def _lacks(entry: Event, *, whole_day: bool) -> Iterator[str]:
    if whole_day:
        yield "heure"
    if not entry.tarif:
        yield "tarif"
    if entry.mode != "en-ligne" and not is_told(entry, "accessibilite"):
        yield "accessibilite"
