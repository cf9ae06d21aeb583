"""The bilan of a structure or of a territory, whichever a reference names; those that a site
shows."""

from __future__ import annotations

from dataclasses import replace

from portail.diagnostics import ConfigError
from portail.figures.structure import structure
from portail.figures.table import Bilan, Table
from portail.figures.territory import territory, territory_of
from portail.figures.year import told_years
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.suggest import nearest
from portail.text.typography import nombre

_KINDS = (Kind.LIEU, Kind.TERRITOIRE)
LONGEST = 15
"""Rows of a table that is read on a page, or printed."""
_FEW = 2
"""Rows more that are not worth a sentence."""


def find(site: Site, kind: Kind, name: str) -> Item:
    """The structure (``Kind.LIEU``) or territory of a slug or a reference; a territory also of its
    official name or SIREN. Raises ``ConfigError`` with the nearest slug."""
    slug = name.strip("/").removeprefix(f"{kind.value}/")
    item = site.items.get(f"{kind.value}/{slug}")
    if kind is Kind.TERRITOIRE:
        known = None if item else site.geography.territoire(slug)
        page = known and site.indexes.territory_pages.get(territory_code(known))
        item = site.items[page] if page else item
        if item and territory_of(site, item.ref) is None:
            raise ConfigError(f"Les tables de data/ ne connaissent pas le territoire « {slug} ».")
    if item is None:
        what = "ce lieu" if kind is Kind.LIEU else "ce territoire"
        slugs = (one.entry.slug for one in site.of_kind(kind))
        near = nearest(slug, slugs, limit=1)
        hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
        raise ConfigError(f"« {slug} » : {what} n’existe pas.{hint}")
    return item


def bilan_for(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a structure or of a territory for a year. Raises ``KeyError`` for no content."""
    made = structure if ref.startswith(f"{Kind.LIEU.value}/") else territory
    return made(site, ref, year)


def asked(site: Site) -> tuple[str, ...]:
    """References of those that the site shows, once each, in the order of the setting. Raises
    ``ConfigError`` for one that is not there."""
    found = []
    for name in site.config.bilans:
        kind = next((one for one in _KINDS if name.strip("/").startswith(f"{one.value}/")), None)
        if kind is None:
            raise ConfigError(
                f"PORTAIL_BILANS : « {name} » ne commence pas par lieux/ ou territoires/."
            )
        try:
            found.append(find(site, kind, name).ref)
        except ConfigError as error:
            raise ConfigError(f"PORTAIL_BILANS : {error}") from error
    return tuple(dict.fromkeys(found))


@answer
def bilan_years(site: Site, ref: str) -> tuple[int, ...]:
    """Years that the site shows of a structure or territory, latest first: those that have
    something to count."""
    if ref not in asked(site):
        return ()
    return tuple(year for year in told_years(site) if bilan_for(site, ref, year).tables)


def trimmed(bilan: Bilan, most: int = LONGEST) -> Bilan:
    """A bilan whose tables are read at a glance; files have all their rows."""
    return replace(bilan, tables=tuple(_short(one, most) for one in bilan.tables))


def _short(table: Table, most: int) -> Table:
    left = len(table.lignes) - most
    if left <= _FEW:
        return table
    rest = f"{nombre(left)} autres lignes : le tableau en CSV les donne."
    note = " ".join(filter(None, (rest, table.note)))
    return replace(table, lignes=table.lignes[:most], note=note)
