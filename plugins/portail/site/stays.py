"""Tools that stay in a territory, today or later: loans of ``itinerance`` by where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from portail.geo.territories import Commune
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Etape, Ressource
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import around

__all__ = ["Stay", "commune_of_loan", "stays"]


class Stay(NamedTuple):
    """A tool (its reference) in a commune from ``du`` to ``au``, both included."""

    du: date
    au: date
    ref: str
    commune: Commune


@per_site
def stays(site: Site) -> Mapping[str, tuple[Stay, ...]]:
    """Those that are not over, the first to begin first, by the keys of
    ``Indexes.by_territoire``."""
    found: dict[str, list[Stay]] = defaultdict(list)
    for item in site.of_kind(Kind.RESSOURCE):
        for stay in _stays(item, site):
            for code, _ in around(stay.commune, site.geography):
                found[code].append(stay)
    return {code: tuple(sorted(some, key=lambda one: one[:3])) for code, some in found.items()}


def _stays(item: Item, site: Site) -> list[Stay]:
    entry = item.entry
    loans = entry.itinerance if isinstance(entry, Ressource) else ()
    left = ((loan, commune_of_loan(loan, site)) for loan in loans if loan.au >= site.day.date)
    return [Stay(loan.du, loan.au, item.ref, commune) for loan, commune in left if commune]


def commune_of_loan(loan: Etape, site: Site) -> Commune | None:
    """Where a loan takes a tool: the commune that it says, else that of its lieu."""
    lieu = site.find(loan.lieu, Kind.LIEU) if loan.lieu and not loan.commune else None
    code = lieu.entry.code_commune if lieu and isinstance(lieu.entry, Lieu) else loan.commune
    return site.geography.by_code(code) if code else None
