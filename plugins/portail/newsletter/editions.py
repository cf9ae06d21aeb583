"""Whether an edition is concerned by a content: by its territories, its themes, its publics."""

from __future__ import annotations

from typing import TypeAlias

from portail.config import Edition
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

Pair: TypeAlias = tuple[str, str]

ELSEWHERE, WIDE, LOCAL = range(3)
"""Nothing of the edition; of all editions of its sort, after what is its own; its own."""

_TERRITORIES = ("departement", "epci")
_FOR_ALL = frozenset(
    {Kind.ARTICLE, Kind.DOSSIER, Kind.PROJET, Kind.COMMUNAUTE, Kind.TEMPS_FORT, Kind.TERRITOIRE}
)
"""Kinds that cannot say a public, and that anyone may read."""


def level(edition: Edition, item: Item, site: Site) -> int:
    """``LOCAL``, ``WIDE`` or ``ELSEWHERE``.

    Of a territory: what it holds is its own. What concerns the whole region or says no territory
    belongs to all of them; so does what concerns the département of an EPCI and no EPCI of it. An
    event takes place somewhere: it is wide only on line. Of a theme: what has it. Of a public:
    what is for it; kinds that say no public belong to all.
    """
    if edition.filtre is None:
        return LOCAL
    key, code = edition.filtre
    if key == "theme":
        return LOCAL if code in item.entry.themes else ELSEWHERE
    if key == "public":
        if code in getattr(item.entry, "publics", ()):
            return LOCAL
        return WIDE if item.entry.kind in _FOR_ALL else ELSEWHERE
    return _territory(edition.filtre, item, site)


def pairs_of(item: Item, site: Site) -> tuple[Pair, ...]:
    """Values that editions may be narrowed to, of a content of any kind: its territories from near
    to far, its themes, its publics."""
    entry = item.entry
    return (
        *_territory_pairs(item, site),
        *(("theme", code) for code in entry.themes),
        *(("public", code) for code in getattr(entry, "publics", ())),
    )


def departement_of(item: Item, site: Site) -> str:
    """Code of INSEE of the département of a content, ``""`` for none."""
    if item.commune:
        return item.commune.departement
    return next((code for code, _ in item.territoires if site.geography.departement(code)), "")


def _territory(filtre: Pair, item: Item, site: Site) -> int:
    pairs = _territory_pairs(item, site)
    if filtre in pairs:
        return LOCAL
    wide = not pairs and all(code.startswith("R") for code, _ in item.territoires)
    if isinstance(item.entry, Event):
        return WIDE if wide and item.entry.mode == "en-ligne" else ELSEWHERE
    if wide:
        return WIDE
    around = _around(site, filtre) if pairs and pairs[0][0] == "departement" else ()
    return WIDE if around and pairs[:1] == around else ELSEWHERE


def _territory_pairs(item: Item, site: Site) -> tuple[Pair, ...]:
    known = _pairs(site)
    found: list[Pair] = []
    for code, _ in item.territoires:
        if code not in known:
            known[code] = _pair(code, site)
        found += known[code]
    return tuple(found)


@per_site
def _pairs(_: Site) -> dict[str, tuple[Pair, ...]]:
    """Values of the territories met so far, by their keys."""
    return {}


def _pair(code: str, site: Site) -> tuple[Pair, ...]:
    territory = site.geography.departement(code) or site.geography.epci(code)
    return (territory_pair(territory, site.geography),) if territory else ()


@per_site
def _around(site: Site, filtre: Pair) -> tuple[Pair, ...]:
    """The département of an EPCI, both as values of facets."""
    key, slug = filtre
    home = site.geography.home
    if key != "epci" or not home:
        return ()
    codes = (one.code for one in site.geography.departements_of(home.code))
    for one in site.geography.epci_of(codes):
        if site.geography.slug(one) == slug:
            return _pair(one.departement, site)
    return ()
