"""``/api/v1/catalogue.jsonld``: the catalogue of open data (DCAT-AP 3, https://semiceu.github.io/),
which data.gouv.fr and other catalogues take by themselves. Its context is written out: whoever
reads it asks nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.facts.base import licence
from portail.features.services.moteurs.nodes import Node, kept
from portail.model.kinds import Kind
from portail.site.site import Site

from .addresses import DATA
from .catalogue import LICENCE, days_of
from .columns import WORDS
from .documents import to_json
from .page import TYPES, JeuDonnees, file_sets

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
            "dct:modified": _iso(changed),
            "dct:temporal": kept(
                {
                    "@type": "dct:PeriodOfTime",
                    "dcat:startDate": _iso(first),
                    "dcat:endDate": _iso(last),
                }
            )
            if first
            else {},
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


def _iso(day: date | None) -> str:
    if day:
        return day.isoformat()
    return ""
