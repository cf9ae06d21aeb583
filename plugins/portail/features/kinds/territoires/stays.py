"""Tools that stay in a territory, today or later: loans of ``itinerance`` by where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from portail.geo.places import Commune
from portail.model.kinds import BORROWED
from portail.model.resource import ResourceEntry
from portail.site.memo import per_site
from portail.site.showings import commune_of_loan
from portail.site.site import Site
from portail.site.territories import around


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
    by_code: dict[str, list[Stay]] = defaultdict(list)
    for item in site.of_kinds(BORROWED):
        for loan in item.of(ResourceEntry).itinerance:
            if loan.au < site.day.date:
                continue
            if commune := commune_of_loan(loan, site.items, site.geography):
                stay = Stay(loan.du, loan.au, item.ref, commune)
                for code, _ in around(commune, site.geography):
                    by_code[code].append(stay)
    return {code: tuple(sorted(some, key=lambda stay: stay[:3])) for code, some in by_code.items()}
