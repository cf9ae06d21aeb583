"""Who reads the portal, as tables of a year and of the years side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from portail.features.services.bilans.counting import table
from portail.features.services.bilans.table import Key, Row, Table
from portail.model.kinds import WEEKLY, Kind, info_of
from portail.resources import own_of, rows_of
from portail.site.memo import per_site
from portail.site.site import Site

from .audience import LETTER, PAGE, PART, SHY, SITE, Line, read_lines

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.feature import Around

_MOTS: Mapping[str, str] = rows_of(__package__, "mots")["audience"]
_HOME = "Accueil"
# Rows of a table.
_MOST = 20


def load(around: Around) -> tuple[tuple[Line, ...], Iterable[Diagnostic]]:
    return read_lines(own_of(around.data)), ()


def _of_year(site: Site, year: int) -> list[Line]:
    return [line for line in _lines(site) if line.semaine.year == year]


def _lines(site: Site) -> tuple[Line, ...]:
    return site.part("audience") or ()


def _summed(lines: Iterable[Line], what: str) -> dict[str, tuple[int, int]]:
    # Visits and pages of each name, most visited first; what is not told is not summed.
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.quoi == what and line.visites is not None:
            sums[line.nom].update(visites=line.visites, pages=line.pages or 0)
    rows = {name: (sums[name]["visites"], sums[name]["pages"]) for name in sorted(sums)}
    return dict(sorted(rows.items(), key=lambda row: -row[1][0]))


def keys(site: Site, year: int) -> Iterator[Key]:
    for visits, pages in _summed(_of_year(site, year), SITE).values():
        yield Key("Visites", visits)
        yield Key("Pages lues", pages)


def years_table(site: Site) -> Table:
    years = sorted({line.semaine.year for line in _lines(site)})
    rows = [Row(str(year), _summed(_of_year(site, year), SITE).get("", ())) for year in years]
    return table("audience.annees", (row for row in rows if row.values), note=_MOTS["methode"])


def tables(site: Site, year: int) -> Iterator[Table]:
    """What was read in a year, week by week, part by part, page by page, letter by letter."""
    lines = _of_year(site, year)
    if not lines:
        return
    most: dict[str, str] = {}
    for line in lines:
        if line.quoi == PAGE:
            most.setdefault(line.semaine.slug, _page(site, line.nom).label)
    weeks = []
    for line in lines:
        if line.quoi == SITE:
            days = f" ({line.jours}\u00a0j)" if line.jours < 7 else ""
            values = (SHY if value is None else value for value in (line.visites, line.pages))
            week = f"{line.semaine.slug[5:]}{days}"
            weeks.append(Row(week, (*values, most.get(line.semaine.slug, ""))))
    notes = f"{_MOTS['semaines']} {_MOTS['methode']}"
    yield table("audience.semaines", weeks, note=notes)
    parts = _summed(lines, PART).items()
    yield table("audience.rubriques", (Row(_part(name), row) for name, row in parts))
    pages = [*_summed(lines, PAGE).items()][:_MOST]
    shown = (_page(site, name)._replace(values=row) for name, row in pages)
    yield table("audience.pages", shown, note=_MOTS["pages"])
    letters = _summed(lines, LETTER).items()
    listing = info_of(WEEKLY).listing
    named = ((_page(site, f"{listing}{name}/").url, name, row) for name, row in letters)
    yield table("audience.lettres", (Row(name, row, url) for url, name, row in named))


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
