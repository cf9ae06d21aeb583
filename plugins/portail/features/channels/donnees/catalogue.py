"""The files of open data: one table for what writes them, for ``index.json`` and ``/donnees/``. A
file is one row here, and a writer. It exists as long as its kind has a content, even when it holds
nothing today: between two seasons, whoever reads it must not meet an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from portail.config import SiteConfig
from portail.facts.base import licence
from portail.features.channels.donnees.addresses import api_of
from portail.features.channels.donnees.changes import changes_of
from portail.features.channels.donnees.columns import WORDS
from portail.model.kinds import Kind, where
from portail.model.vocabulary import Vocabularies
from portail.resources import rows
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.positions import position_of
from portail.site.published import published
from portail.site.site import Site
from portail.site.urls import API

FORMATS: Mapping[str, tuple[str, str]] = {
    "json": ("JSON", "application/json"),
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "geojson": ("GeoJSON", "application/geo+json"),
}
"""Name and media type of each format: RFC 8259, RFC 4180, RFC 7946."""


VERSION = "1"
"""Of the format: what a file says today, it will say as long as this number."""
INDEX = f"{API}index.json"
"""Site path of the file that lists the others."""
CATALOGUE = f"{API}catalogue.jsonld"
"""Site path of the same list for catalogues of open data."""
CHANGES = "changements.json"
"""The file of what is new, changed or gone."""
LICENCE = "CC-BY-SA-4.0"
"""SPDX identifier of what a content says of no licence of its own (``Entry.licence``)."""

KINDS = tuple(kind for kind in Kind if kind.info.opendata)
"""What has a file of its own; a letter repeats what the others say."""

CUT = where(lambda info: info.grows)
"""Kinds that grow from year to year: their contents are also given period by period."""
WHOLE = 300
"""Contents of such a kind that one file holds, some 1.5 MB; beyond, there are only the parts."""
NEAREST = 500
"""Events to come that their map holds (some 400 kB)."""


class Fichier(Struct, frozen=True):
    """A file that a site may have: its name below ``API``, title and sentence in French, ``count``
    how many records it holds; ``kind`` what they are, ``None`` when they are mixed; ``total`` how
    many a site has."""

    nom: str
    titre: str
    description: str
    count: Callable[[Site], int]
    kind: Kind | None = None
    total: int = 0

    @property
    def url(self) -> str:
        """Its site path: ``/api/v1/evenements.json``."""
        return f"{API}{self.nom}"

    @property
    def format(self) -> str:
        """A key of ``FORMATS``."""
        return self.nom.rpartition(".")[2]

    @property
    def cut(self) -> bool:
        """Whether it lists the files of a kind, period by period."""
        return self.nom.endswith("/index.json")

    @property
    def type(self) -> str:
        """Its media type."""
        return FORMATS[self.format][1]


def index_of(kind: Kind) -> str:
    """Name of the list of the parts of a kind.

    >>> index_of(Kind.EVENT)
    'evenements/index.json'
    """
    return f"{api_of(kind).removeprefix(API).removesuffix('.json')}/index.json"


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
    return tuple(item for _, _, item in sorted(rows, key=lambda row: row[:2]))[:NEAREST]


def _counter(kind: Kind) -> Callable[[Site], int]:
    return lambda site: len(published(site, kind))


def _kind_files(kind: Kind) -> Iterator[Fichier]:
    """The whole of a kind, as JSON and as a table; the list of its parts."""
    title = kind.info.pluriel.capitalize()
    yield Fichier(api_of(kind).removeprefix(API), title, kind.info.opendata, _counter(kind), kind)
    table = f"{api_of(kind).removeprefix(API).removesuffix('json')}csv"
    yield Fichier(table, title, kind.info.opendata, _counter(kind), kind)
    if kind in CUT:
        text = WORDS["fichiers"]["par_annee"].format(quoi=kind.info.opendata)
        yield Fichier(index_of(kind), f"{title} par période", text, _counter(kind), kind)


_FILES: Mapping[str, Mapping[str, str]] = rows("fichiers")


def _worded(nom: str, count: Callable[[Site], int], kind: Kind | None = None) -> Fichier:
    words = _FILES[nom]
    return Fichier(nom, words["titre"], words["description"].format(NEAREST), count, kind)


_EVERY = (
    *(file for kind in KINDS for file in _kind_files(kind)),
    _worded("lieux.geojson", lambda site: len(located(site)), Kind.LIEU),
    _worded("evenements-a-venir.geojson", lambda site: len(coming(site)), Kind.EVENT),
    _worded(CHANGES, lambda site: len(changes_of(site))),
)

WHOLES = frozenset(api_of(kind).removeprefix(API) for kind in CUT)
"""Files that would hold the whole of a kind of ``CUT``."""


@per_site
def catalogue(site: Site) -> tuple[Fichier, ...]:
    """Every file of open data of a site, in the order in which people are told of them."""
    there = (
        file for file in _EVERY if (published(site, file.kind) if file.kind else has_data(site))
    )
    gone = {nom for nom, _ in outgrown(site)}
    return tuple(replace(file, total=file.count(site)) for file in there if file.nom not in gone)


@per_site
def outgrown(site: Site) -> tuple[tuple[str, str], ...]:
    """Files that a site has not, since their kind holds too much for one, and the list of parts
    that stands for each."""
    many = {kind for kind in CUT if len(published(site, kind)) > WHOLE}
    return tuple(
        (file.nom, index_of(file.kind))
        for file in _EVERY
        if file.kind in many and file.nom in WHOLES
    )


@per_site
def days_of(site: Site, kind: Kind) -> tuple[date | None, date | None, date | None]:
    """The first and the last day that the contents of a kind are of, and that of the last change:
    the days of events, else those when they were published or modified."""
    items = published(site, kind)
    changes = [day for item in items if (day := item.entry.jour)]
    days = changes
    if kind.info.dated:
        days = [
            day for item in items for one in item.occurrences for day in (one.day, one.last_day)
        ]
    return min(days, default=None), max(days, default=None), max(changes, default=None)


def has_data(site: Site) -> bool:
    """Whether a site has files of open data, known without counting anything."""
    return any(item.entry.paru(site.day.date) for kind in KINDS for item in site.of_kind(kind))


def attribution(config: SiteConfig, vocabularies: Vocabularies) -> str:
    """The sentence that whoever reuses the data shows, besides the authors that a record names."""
    name = licence(LICENCE, vocabularies).text
    where = f" ({config.absolute('/')})" if config.siteurl else ""
    return f"Source\u00a0: {config.nom_complet}{where}, licence {name}."
