"""Who reads the portal, as tables of a year and of the years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from portail.features.services.bilans.table import Key, Row, Table, table
from portail.model.kinds import WEEKLY, Kind, info_of
from portail.resources import own_of, rows_of
from portail.site.memo import per_site
from portail.site.site import Site

from .audience import LETTER, PAGE, PART, SITE, Line, read_lines
from .counts import asked, rows

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.feature import Around

_MOTS: Mapping[str, str] = rows_of(__package__, "mots")["audience"]
_HOME = "Accueil"
# Rows of a table.
_MOST = 20


def load(around: Around) -> tuple[tuple[Line, ...], Iterable[Diagnostic]]:
    return read_lines(own_of(around.data)), ()


def _read(site: Site, year: int, what: str) -> list[Row]:
    # Visits and pages of each name, most visited first; what is not told is not summed.
    return rows(asked(site, "lectures", annee=year, quoi=what))


def keys(site: Site, year: int) -> Iterator[Key]:
    for row in _read(site, year, SITE):
        yield from map(Key, ("Visites", "Pages lues"), row.values)


def years_table(site: Site) -> Table:
    return table("audience.annees", rows(asked(site, "audience.annees")), note=_MOTS["methode"])


def tables(site: Site, year: int) -> Iterator[Table]:
    """What was read in a year, week by week, part by part, page by page, letter by letter."""
    weeks = []
    for row in rows(asked(site, "audience.semaines", annee=year)):
        *values, page = row.values
        weeks.append(row._replace(values=(*values, page and _page(site, str(page)).label)))
    notes = f"{_MOTS['semaines']} {_MOTS['methode']}"
    yield table("audience.semaines", weeks, note=notes)
    parts = _read(site, year, PART)
    yield table("audience.rubriques", (row._replace(label=_part(row.label)) for row in parts))
    pages = _read(site, year, PAGE)[:_MOST]
    shown = (_page(site, row.label)._replace(values=row.values) for row in pages)
    yield table("audience.pages", shown, note=_MOTS["pages"])
    listing = info_of(WEEKLY).listing
    letters = _read(site, year, LETTER)
    named = (row._replace(url=_page(site, f"{listing}{row.label}/").url) for row in letters)
    yield table("audience.lettres", named)


def _part(name: str) -> str:
    for kind in Kind:
        info = kind.info
        if name and name in {info.segment, info.listing.strip("/")}:
            return info.rubrique
    return f"/{name}/" if name else _HOME


@per_site
def _names(site: Site) -> Mapping[str, str]:
    return {item.url: item.name for item in site.of_kinds(Kind)}


def _page(site: Site, url: str) -> Row:
    # A page by its title, and its link while it is on the site.
    if name := _names(site).get(url):
        return Row(name, (), url)
    parts = url.strip("/").split("/")
    return Row(_part(parts[0]) if len(parts) == 1 else url, ())
