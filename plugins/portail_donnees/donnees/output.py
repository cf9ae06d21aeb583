"""Output « opendata »: ``/api/v1/``, the contents as files for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from portail.facts.base import licence
from portail.features.services.fiches.records import record_of, row_of, summary_of
from portail.features.services.referencement.nodes import Node, kept
from portail.model.kinds import PLACES, Kind, ranked
from portail.outputs.base import Derived, TextFile, text_file
from portail.site.item import Item
from portail.site.memo import answer, per_site, published
from portail.site.site import Site

from .catalogue import (
    CATALOGUE,
    DATA,
    FORMATS,
    INDEX,
    LICENCE,
    Fichier,
    api_of,
    catalogue,
    days_of,
)
from .columns import WORDS, table_text
from .documents import (
    document,
    head_of,
    part_url,
    parts_list,
    plan_exports,
    record_url,
    to_json,
)
from .page import TYPES, JeuDonnees, file_sets, plan_data
from .periods import parts

if TYPE_CHECKING:
    from portail.outputs.base import Artifact

# ``/api/v1/catalogue.jsonld``: the catalogue of open data (DCAT-AP 3, https://semiceu.github.io/),
# which data.gouv.fr and other catalogues take by themselves. Its context is written out: whoever
# reads it asks nobody else.

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_LINKS = (
    "dcat:accessURL dcat:downloadURL dcat:landingPage dcat:mediaType dcat:theme dct:format "
    "dct:language dct:license foaf:homepage vcard:hasEmail"
)
_TEXTS = "dct:title dct:description skos:prefLabel"
_DAYS = "dct:modified dcat:startDate dcat:endDate"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@type": "@id"} for name in _LINKS.split()},
    **{name: {"@language": "fr"} for name in _TEXTS.split()},
    **{name: {"@type": "xsd:date"} for name in _DAYS.split()},
}


def catalogue_text(site: Site) -> Iterator[str]:
    """The catalogue, and a dataset for each kind."""
    config = site.config
    page = config.absolute(DATA)
    region = site.geography.home
    common = {
        "dct:publisher": {
            "@id": f"{config.absolute('/')}#editeur",
            "@type": "foaf:Organization",
            "foaf:name": config.nom,
            "foaf:homepage": config.absolute("/"),
        },
        "dct:language": f"{_EU}language/FRA",
        "dct:license": _licence(site),
        "dct:spatial": {
            "@type": "dct:Location",
            "dct:identifier": region.code,
            "skos:prefLabel": region.nom,
        }
        if region
        else {"@id": f"{_EU}country/FRA", "@type": "dct:Location"},
    }
    node = {
        "@context": _CONTEXT,
        "@id": f"{page}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": WORDS["fichiers"]["tete"].format(nom=config.nom_complet),
        "dct:description": WORDS["fichiers"]["portee"].format(en_region=config.en_region),
        "foaf:homepage": page,
        **common,
        "dcat:dataset": [
            _dataset(kind, file_set, common, site) for kind, file_set in file_sets(site).items()
        ],
    }
    yield f"{to_json(node)}\n"


def _licence(site: Site) -> str:
    return licence(LICENCE, site.vocabularies).url.removesuffix("deed.fr")


def _dataset(kind: Kind | str, file_set: JeuDonnees, common: Node, site: Site) -> Node:
    config = site.config
    page = config.absolute(f"{DATA}#{file_set.ancre}")
    first, last, changed = days_of(site, kind) if isinstance(kind, Kind) else (None, None, None)
    contact = {
        "@type": "vcard:Organization",
        "vcard:fn": config.nom,
        "vcard:hasEmail": f"mailto:{config.courriel}",
    }
    return kept(
        {
            "@id": page,
            "@type": "dcat:Dataset",
            "dct:identifier": page,
            "dct:title": f"{file_set.titre}\u00a0: {config.nom_complet}",
            "dct:description": file_set.description,
            "dcat:landingPage": page,
            "dcat:theme": f"{_EU}data-theme/EDUC",
            "dcat:contactPoint": contact if config.courriel else {},
            "dct:modified": str(changed or ""),
            "dct:temporal": first
            and {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": str(first),
                "dcat:endDate": str(last),
            },
            **common,
            "dcat:distribution": [
                {
                    "@id": config.absolute(file.url),
                    "@type": "dcat:Distribution",
                    "dct:title": file.precision or f"{file_set.titre}, {file.format}",
                    "dcat:accessURL": page,
                    "dcat:downloadURL": config.absolute(file.url),
                    "dcat:mediaType": f"{_IANA}{TYPES[file.format]}",
                    "dct:format": f"{_EU}file-type/{file.format.upper()}",
                    "dct:license": _licence(site),
                }
                for file in file_set.fichiers
            ],
        }
    )


# What a structure takes to its own site, in this order.
TAKEN = ranked(lambda info: info.grows)
# Its name, below the page of a structure.
FILE = "tout.json"


@per_site
def _ranks(site: Site) -> Mapping[str, int]:
    refs = chain.from_iterable(published(site, kind) for kind in TAKEN)
    return {item.ref: rank for rank, item in enumerate(refs)}


@answer
def _named(site: Site, ref: str) -> tuple[str, ...]:
    # What names a structure in its fields, kind after kind, in the order of references: a new day
    # moves nothing, and its documents are made again only for another list.
    ranks = _ranks(site)
    named = {*site.indexes.by_target.get(ref, ()), *site.indexes.apart.get(ref, ())}
    return tuple(sorted(named & ranks.keys(), key=ranks.__getitem__))


def contents_of(site: Site, ref: str) -> list[Item]:
    """What names the structure ``ref`` in its fields, kind after kind."""
    return [site.items[entry_ref] for entry_ref in _named(site, ref)]


def whole_text(site: Site, ref: str) -> Iterator[str]:
    refs = [ref, *_named(site, ref)]
    return document({**head_of(site), "total": len(refs)}, (record_of(site, ref) for ref in refs))


def _summaries(site: Site, ref: str) -> Iterator[str]:
    # What each is, and the file that has its record: few edits rewrite anything here.
    refs = [ref, *_named(site, ref)]
    head = {**head_of(site), "index": site.config.absolute(INDEX), "total": len(refs)}
    return document(
        head,
        (
            {**summary_of(site, it), "fichier": site.config.absolute(record_url(site, it))}
            for it in refs
        ),
    )


def events_text(site: Site, ref: str) -> Iterator[str]:
    """The table of the events of a structure, with the columns of ``evenements.csv``."""
    events = [item.ref for item in contents_of(site, ref) if item.entry.kind.info.dated]
    yield from table_text(site, Kind.EVENT.value, events)


def structures(site: Site) -> Sequence[str]:
    least = max(2, site.config.seuil_listes)
    places = chain.from_iterable(published(site, kind) for kind in PLACES)
    return [item.ref for item in places if len(_named(site, item.ref)) >= least]


def plan_open_data(site: Site) -> Iterator[TextFile | Derived]:
    """JSON files of each kind that holds something, and the list of all files; a new day rewrites
    none.
    """
    files = catalogue(site)
    if not files:
        return
    for file in files:
        if file.kind and file.cut:
            yield from _parts(file.kind, site)
            yield parts_list(file, file.kind, site)
        elif file.kind and file.url == api_of(file.kind):
            refs = tuple(item.ref for item in published(site, file.kind))
            yield text_file(site, file.url, _records, refs)
    yield text_file(site, INDEX, _index)
    yield text_file(site, CATALOGUE, catalogue_text)
    for ref in structures(site):
        yield text_file(site, f"{site.items[ref].url}{FILE}", _summaries, ref)


def _parts(kind: Kind, site: Site) -> Iterator[TextFile]:
    for part in parts(site, kind.value):
        yield text_file(site, part_url(kind, part), _records, part.refs)


def _records(site: Site, refs: Sequence[str]) -> Iterator[str]:
    rows = (row_of(site, ref) for ref in refs)
    return document({**head_of(site), "total": len(refs)}, rows)


def _index(site: Site) -> Iterator[str]:
    config = site.config
    words = WORDS["fichiers"]
    head = {
        **head_of(site),
        "titre": words["tete"].format(nom=config.nom),
        "description": words["portee"].format(en_region=config.en_region),
        "editeur": config.nom,
        "langue": "fr",
        "documentation": config.absolute(DATA),
    }
    return document(head, (_file_row(file, site) for file in catalogue(site)), "fichiers")


def _file_row(file: Fichier, site: Site) -> Mapping[str, Any]:
    # A file, like a ``dcat:Distribution`` (https://www.w3.org/TR/vocab-dcat-3/), with the day of
    # the last change of what it tells, if something is dated.
    absolute = site.config.absolute
    row = {
        "nom": file.nom,
        "titre": file.titre,
        "description": file.description,
        "adresse": absolute(file.url),
        "format": FORMATS[file.format][0],
        "type": FORMATS[file.format][1],
        "total": file.total,
    }
    if file.kind and (changed := days_of(site, file.kind)[2]):
        row["modifie"] = changed.isoformat()
    return row


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_exports(site)
    yield from plan_open_data(site)
    yield from plan_data(site)
