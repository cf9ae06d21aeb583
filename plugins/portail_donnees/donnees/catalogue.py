"""The files of open data and their addresses, a row each, for what writes them, for ``index.json``
and ``/donnees/``. A file exists as long as its kind has a content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from msgspec import Struct, structs

from portail.config import SiteConfig
from portail.facts.base import licence
from portail.model.kinds import Kind, where
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.slots import OPEN_FILES
from portail.resources import rows
from portail.site.item import Item
from portail.site.memo import per_site, published
from portail.site.positions import position_of
from portail.site.site import Site
from portail.site.urls import API

from .changes import changes_of
from .columns import WORDS
from .periods import years

DATA = "/donnees/"


def api_of(kind: Kind) -> str:
    """Site path of the open data of a kind: ``/api/v1/evenements.json``, ``/api/v1/pages.json``."""
    return f"{API}{kind.info.segment or kind.info.folder}.json"


# Name and media type of each format: RFC 8259, RFC 4180, RFC 7946.
FORMATS: Mapping[str, tuple[str, str]] = {
    "json": ("JSON", "application/json"),
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "geojson": ("GeoJSON", "application/geo+json"),
}


# Of the format: what a file says today, it will say as long as this number.
VERSION = "1"
# Site path of the file that lists the others.
INDEX = f"{API}index.json"
# Site path of the same list for catalogues of open data.
CATALOGUE = f"{API}catalogue.jsonld"
# The file of what is new, changed or gone.
CHANGES = "changements.json"
# SPDX identifier of what a content says of no licence of its own (``Entry.licence``).
LICENCE = "CC-BY-SA-4.0"

# What has a file of its own; a letter repeats what the others say.
KINDS = where(lambda info: info.opendata)

# Kinds that grow from year to year: their contents are also given period by period.
CUT = where(lambda info: info.grows)
# Events to come that their map holds (some 1.5 MB).
NEAREST = 2_000


class Fichier(Struct, frozen=True):
    """A file of a site: its name below ``API``, title and sentence in French; ``total`` how many
    records it holds, ``kind`` what they are, ``None`` when they are mixed."""

    nom: str
    titre: str
    description: str
    total: int
    kind: Kind | None = None
    annee: str = ""

    @property
    def url(self) -> str:
        return f"{API}{self.nom}"

    @property
    def format(self) -> str:
        return self.nom.rpartition(".")[2]

    @property
    def cut(self) -> bool:
        return self.kind in CUT and self.format == "json"


@per_site
def located(site: Site) -> tuple[Item, ...]:
    """The places of the directory that a map shows, in the order of references."""
    return tuple(item for item in published(site, Kind.LIEU) if position_of(item, site))


@per_site
def coming(site: Site) -> tuple[Item, ...]:
    """The next events that are not over, open to all and that a map shows, by their next
    occurrence."""
    rows = [
        (item.upcoming.debut, item.ref, item)
        for item in published(site, Kind.EVENT)
        if item.upcoming and item.listed and position_of(item, site)
    ]
    return tuple(item for _, _, item in sorted(rows))[:NEAREST]


def _kind_files(site: Site, kind: Kind, total: int) -> Iterator[Fichier]:
    # A kind as JSON, whole or as the list of its parts, and as tables.
    title = kind.info.pluriel.capitalize()
    text = kind.info.opendata
    name = api_of(kind).removeprefix(API)
    whole = Fichier(name, title, text, total, kind)
    table = structs.replace(whole, nom=f"{name.removesuffix('json')}csv")
    if kind not in CUT:
        yield from (whole, table)
        return
    parts = WORDS["fichiers"]["par_annee"].format(quoi=text)
    yield from _tables(site, table)
    yield structs.replace(whole, titre=f"{title} par période", description=parts)


def _tables(site: Site, table: Fichier) -> Iterator[Fichier]:
    # One table; of what one does not hold, that of each year, at the whole's address for the year
    # under way.
    assert table.kind is not None
    by_year = years(site, table.kind.value)
    if not by_year:
        yield table
        return
    begun = (year for year in by_year if site.has_come(date(int(year), 1, 1)))
    current = max(begun, default=min(by_year))
    yield _of_year(table, current, by_year, "annee_en_cours")
    stem = table.nom.removesuffix(".csv")
    for year in sorted(by_year.keys() - {current}, reverse=True):
        yield _of_year(structs.replace(table, nom=f"{stem}/{year}.csv"), year, by_year, "annee")


def _of_year(table: Fichier, year: str, by_year: Mapping[str, Sequence[str]], name: str) -> Fichier:
    words = WORDS["fichiers"]
    return structs.replace(
        table,
        titre=words[name].format(quoi=table.titre, annee=year),
        description=words["tables"].format(quoi=table.description, annee=year),
        total=len(by_year[year]),
        annee=year,
    )


_FILES: Mapping[str, Mapping[str, str]] = rows("fichiers")


def _worded(nom: str, items: Sequence[object], kind: Kind | None = None) -> Fichier:
    words = _FILES[nom]
    return Fichier(nom, words["titre"], words["description"].format(NEAREST), len(items), kind)


@per_site
def catalogue(site: Site) -> tuple[Fichier, ...]:
    """Every file of open data of a site, in the order in which people are told of them."""
    counts = {kind: len(published(site, kind)) for kind in KINDS}
    files = list(
        chain.from_iterable(_kind_files(site, kind, counts[kind]) for kind in KINDS if counts[kind])
    )
    if counts.get(Kind.LIEU):
        files.append(_worded("lieux.geojson", located(site), Kind.LIEU))
    if counts.get(Kind.EVENT):
        files.append(_worded("evenements-a-venir.geojson", coming(site), Kind.EVENT))
    if files:
        files += [_worded(name, range(total)) for name, total in OPEN_FILES.ask(site)]
        return (*files, _worded(CHANGES, changes_of(site)))
    return ()


@per_site
def days_of(site: Site, kind: Kind) -> tuple[date | None, date | None, date | None]:
    """The first and the last day that the contents of a kind are of, and that of the last change:
    the days of events, else those when they were published or modified."""
    items = published(site, kind)
    changes = [day for item in items if (day := item.entry.jour)]
    days = changes
    if kind.info.dated:
        occurrences = [*chain.from_iterable(item.occurrences for item in items)]
        days = [occurrence.day for occurrence in occurrences]
        days += [occurrence.last_day for occurrence in occurrences]
    return min(days, default=None), max(days, default=None), max(changes, default=None)


def has_data(site: Site) -> bool:
    return any(item.entry.paru(site.day.date) for item in site.untitled_of(KINDS))


def attribution(config: SiteConfig, vocabularies: Vocabularies) -> str:
    """The sentence that whoever reuses the data shows, besides the authors that a record names."""
    name = licence(LICENCE, vocabularies).text
    where = f" ({config.absolute('/')})" if config.siteurl else ""
    return f"Source\u00a0: {config.nom_complet}{where}, licence {name}."
