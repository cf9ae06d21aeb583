"""``/donnees/``: what anyone may take and reuse, on which conditions, and what each field says;
links to it from elsewhere, and its former addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from msgspec import Struct

from portail.facts.base import licence
from portail.features.services.referencement.nodes import Node, kept, publisher, region
from portail.model.kinds import DATED, PLACES, Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import BORROWED, FOLLOW_LINKS
from portail.outputs.pages.views.shared import Lien, Machine, PageView, Picture, page_view
from portail.outputs.pictures import SHARED_SIZE
from portail.resources import rows_of
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import shared_of
from portail.text.typography import nombre, small

from . import catalogue as opendata
from .catalogue import DATA, catalogue, has_data
from .columns import Column, columns_of


class FichierDonnees(Struct, frozen=True):
    """A file: ``precision`` where it is a part of its set."""

    format: str
    url: str
    precision: str = ""


class JeuDonnees(Struct, frozen=True):
    """The files that tell the same contents."""

    titre: str
    ancre: str
    description: str
    nombre: str
    fichiers: tuple[FichierDonnees, ...]


class TableauDonnees(Struct, frozen=True):
    """The keys of the records of a kind, which are the columns of its table too."""

    titre: str
    colonnes: tuple[Column, ...]


# https://schema.org/DataCatalog, which data search engines read.

_WORDS: Mapping[str, Any] = rows_of("portail_donnees.donnees", "page")
# Of the page, for links to it.
TITLE: str = _WORDS["page"]["titre"]
_SHARED = Picture(shared_of(""), "", *SHARED_SIZE)
# Media types of formats, without parameters.
TYPES = {name: media.partition(";")[0] for name, media in opendata.FORMATS.values()}


def data_machine(sets: Iterable[JeuDonnees], about: str, site: Site) -> Machine:
    """What the page of open data tells machines: the catalogue and each of its sets of files."""
    config = site.config
    url = config.absolute(DATA)
    common = {
        "license": licence(opendata.LICENCE, site.vocabularies).url,
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "spatialCoverage": region(config),
    }
    node = {
        "@type": "DataCatalog",
        "@id": f"{url}#catalogue",
        "url": url,
        "name": _WORDS["machine"].format(nom=config.nom_complet),
        "description": about,
        **common,
        "publisher": publisher(config),
        "dataset": [_dataset(file_set, url, common, site) for file_set in sets],
    }
    return Machine(_SHARED, donnees=(kept(node),))


def _dataset(file_set: JeuDonnees, url: str, common: Node, site: Site) -> Node:
    config = site.config
    where = config.nom_complet
    return {
        "@type": "Dataset",
        "@id": f"{url}#{file_set.ancre}",
        "url": f"{url}#{file_set.ancre}",
        "name": f"{file_set.titre}\u00a0: {where}",
        "description": f"{file_set.description} Publié par {where}.",
        **common,
        "creator": publisher(config),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.precision or file_set.titre,
                "encodingFormat": TYPES[file.format],
                "contentUrl": config.absolute(file.url),
            }
            for file in file_set.fichiers
        ],
    }


# Files by the kind that they tell, or by their name when they mix kinds.
FileSets: TypeAlias = Mapping[Kind | str, JeuDonnees]

# The page of an instance that cites the data of others, if it has one.
_MENTIONS = "mentions-legales"


def plan_data(site: Site) -> Iterator[TemplatePage]:
    if file_sets(site):
        yield drawn(site, DATA, "donnees.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> PageView:
    config = site.config
    by_kind = file_sets(site)
    sets = tuple(by_kind.values())
    mentions = site.page(_MENTIONS)
    words = page_of(site, _WORDS["page"], DATA)
    files = chain.from_iterable(file_set.fichiers for file_set in sets)
    whole = next((file.url for file in files if file.format == "JSON" and not file.precision), "")
    return page_view(
        **words,
        machine=data_machine(sets, words["description"], site),
        jeux=sets,
        index=opendata.INDEX,
        catalogue=opendata.CATALOGUE,
        licence=Lien(*licence(opendata.LICENCE, site.vocabularies)),
        attribution=opendata.attribution(config, site.vocabularies),
        tableaux=tuple(_tables(by_kind, site)),
        mentions=mentions.url if mentions else "",
        emprunts=tuple(BORROWED.ask(site)),
        changements=by_kind[opendata.CHANGES].fichiers[0].url
        if opendata.CHANGES in by_kind
        else "",
        exemple=config.absolute(whole) if config.siteurl else "",
        suites=tuple(
            Lien(link.texte, link.url, _WORDS["suites"][link.url])
            for link in FOLLOW_LINKS.ask(site)
            if link.url in _WORDS["suites"]
        ),
    )


@per_site
def file_sets(site: Site) -> FileSets:
    """The files that tell the same contents, together, JSON first: it says everything."""
    by_kind: dict[Kind | str, list[opendata.Fichier]] = {}
    for file in opendata.catalogue(site):
        by_kind.setdefault(file.kind or file.nom, []).append(file)
    return {key: _file_set(files) for key, files in by_kind.items()}


@answer
def data_files(site: Site, name: str) -> tuple[FichierDonnees, ...]:
    file_set = file_sets(site).get(Kind(name))
    if file_set:
        return file_set.fichiers
    return ()


def _tables(by_kind: FileSets, site: Site) -> Iterator[TableauDonnees]:
    kinds = {kind: columns_of(site, kind.value) for kind in by_kind if isinstance(kind, Kind)}
    shared = frozenset.intersection(*map(frozenset, kinds.values()))
    first = next(iter(kinds.values()))
    yield TableauDonnees(_WORDS["partout"], tuple(column for column in first if column in shared))
    for kind, columns in kinds.items():
        particular = tuple(column for column in columns if column not in shared)
        if particular:
            yield TableauDonnees(by_kind[kind].titre, particular)


def _file_set(files: list[opendata.Fichier]) -> JeuDonnees:
    main, *_ = files
    name, _, _ = main.nom.partition(".")
    title = main.titre
    noun = "ligne" + "s" * (main.total > 1)
    description = main.description
    total = max(file.total for file in files)
    if main.kind:
        title = main.kind.info.pluriel.capitalize()
        noun = main.kind.info.counted(total)
        description = main.kind.info.opendata
    return JeuDonnees(
        title,
        name.capitalize(),
        description,
        f"{nombre(total)} {noun}",
        tuple(_file(file, title) for file in files),
    )


def _file(file: opendata.Fichier, title: str) -> FichierDonnees:
    precision = ""
    if file.titre != title:
        precision = small(file.titre)
    if file.cut:
        precision = "par période"
    return FichierDonnees(opendata.FORMATS[file.format][0], file.url, precision)


def follow_links(site: Site) -> Sequence[Lien]:
    if has_data(site):
        return (Lien(TITLE, DATA),)
    return ()


def map_links(site: Site) -> Iterator[Lien]:
    for kind in (*DATED, *PLACES):
        for file in data_files(site, kind.value):
            if file.url.endswith(".geojson"):
                yield Lien(f"{kind.info.rubrique}, {file.format}", file.url, file.precision)


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """The former address of the list of the parts of each kind."""
    for file in catalogue(site):
        if file.cut:
            yield f"{file.url.removesuffix('.json')}/index.json", file.url
