"""Addresses of other sites that somebody has to mend, where they are written."""

from __future__ import annotations

from typing import NamedTuple

from portail.model.liens import Etat, Releve
from portail.site.item import Item
from portail.site.outside import Written, outside_of
from portail.site.site import Site

__all__ = ["Broken", "broken", "unknown"]

_ORDER = (Etat.MORTE, Etat.PRIVEE, Etat.A_REVOIR, Etat.DEPLACEE, Etat.A_OUVRIR)


class Broken(NamedTuple):
    """An address that is not good, in one of the contents that write it."""

    item: Item
    lien: Written
    releve: Releve


def broken(site: Site) -> tuple[Broken, ...]:
    """Every such address that contents still write, gravest first; none when addresses were never
    checked."""
    known = site.liens or {}
    found = [
        Broken(site.items[one.ref], one, known[url])
        for url, ones in outside_of(site).items()
        if url in known and known[url].etat in _ORDER
        for one in ones
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one.releve.etat), one.item.ref, one.lien.url))
    )


def unknown(site: Site) -> int:
    """How many addresses were never checked."""
    known = site.liens or {}
    return sum(url not in known for url in outside_of(site))
