"""``/recherche/suggestions.json``: what completes the words typed in a search field.

The format is told in ``docs/technique/recherche.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from portail.geo.territories import Commune
from portail.model.kinds import Kind
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import SEARCH, posters_of_commune, theme_of
from portail.text.inline import plain
from portail.text.normalise import sort_key
from portail.text.typography import capital, typographie

__all__ = ["MOST", "SORTS", "Suggestion", "suggestions"]

SORTS = (
    "Thème", "Temps fort", "Territoire", "Commune", "Dossier", "Lieu", "Communauté", "Projet",
)  # fmt: skip
"""Sorts of suggestions, in their order: what many contents are about, then what is one."""

MOST = 900
"""Suggestions of one sort: a phone reads them all before it completes a word (28 kB compressed).
What few contents name is left to the search itself."""


class Suggestion(NamedTuple):
    """A name, the rank of its sort in ``SORTS``, the site path where it leads, what tells it from
    its homonyms."""

    nom: str
    sorte: int
    url: str
    precision: str = ""


def suggestions(site: Site) -> Iterator[Suggestion]:
    """All of them, sort after sort; in each, what most contents name comes first, then the
    alphabet."""
    for rank, found in enumerate(
        (
            _themes(site),
            _named(site, Kind.TEMPS_FORT),
            _named(site, Kind.TERRITOIRE),
            _communes(site),
            _named(site, Kind.DOSSIER),
            _named(site, Kind.LIEU),
            _named(site, Kind.COMMUNAUTE),
            _named(site, Kind.PROJET),
        )
    ):
        for nom, url, precision in islice(found, MOST):
            yield Suggestion(typographie(nom), rank, url, typographie(precision))


def _themes(site: Site) -> Iterator[tuple[str, str, str]]:
    for code, term in site.vocabularies["themes"].items():
        if code in site.indexes.by_theme:
            yield capital(term.label), theme_of(code), ""


def _named(site: Site, kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Contents of a kind."""
    by_target = site.indexes.by_target
    for item in sorted(site.of_kind(kind), key=lambda one: _rank(len(by_target.get(one.ref, ())))):
        yield plain(item.entry.titre), item.url, _precision(item, site)


def _rank(count: int) -> int:
    """Less for a greater count; steps are wide, so that an edit seldom changes an order."""
    return -count.bit_length()


def _precision(item: Item, site: Site) -> str:
    entry = item.entry
    if isinstance(entry, TempsFort):
        return entry.periode or ""
    if isinstance(entry, Territoire):
        term = site.vocabularies["types-territoires"].get(entry.type or "")
        return term.label if term else ""
    return item.commune.nom if item.commune else ""


def _communes(site: Site) -> Iterator[tuple[str, str, str]]:
    """Communes where something is: to what is on around them, else to what the search finds."""
    held: Counter[Commune] = Counter()
    on: set[Commune] = set()
    for item in site.items.values():
        if item.commune:
            held[item.commune] += 1
            if item.entry.kind is Kind.EVENT and not item.passe:
                on.add(item.commune)
    for commune in sorted(held, key=lambda one: _order(one, held[one])):
        wide = site.geography.departement(commune.departement)
        yield commune.nom, _around(commune, site, commune in on), wide.nom if wide else ""


def _order(commune: Commune, count: int) -> tuple[object, ...]:
    return _rank(count), sort_key(commune.nom), commune.code


def _around(commune: Commune, site: Site, on: bool) -> str:
    """Filters know the communes of the region alone, by where they are."""
    home, label = site.geography.home, site.geography.label(commune.code)
    own = home and site.geography.region_of(commune.departement) == home.code
    if on and own and commune.lat is not None:
        return posters_of_commune("", label)[1]
    return f"{SEARCH}?q={quote(commune.nom)}"
