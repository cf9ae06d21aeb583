"""JSON-LD of open data (https://schema.org/DataCatalog), which data search engines read."""

from __future__ import annotations

from collections.abc import Iterable

from portail.facts.base import licence
from portail.outputs.opendata.catalogue import LICENCE
from portail.outputs.opendata.formats import FORMATS
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.machine.nodes import Node, kept, publisher, region
from portail.outputs.pages.views.donnees import JeuDonnees
from portail.outputs.pages.views.machine import Machine
from portail.outputs.pages.views.shared import Picture
from portail.site.urls import DATA

__all__ = ["data_machine"]

_SHARED = Picture("/theme/partage/portail.png", "", 1200, 630)
_TYPES = {name: media.partition(";")[0] for name, media in FORMATS.values()}


def data_machine(sets: Iterable[JeuDonnees], about: str, kit: Kit) -> Machine:
    """What the page of open data tells machines: the catalogue and each of its sets of files."""
    config = kit.config
    url = config.absolute(DATA)
    common = {
        "license": licence(LICENCE, kit.vocabularies).url,
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "spatialCoverage": region(config),
    }
    node = {
        "@type": "DataCatalog",
        "@id": f"{url}#catalogue",
        "url": url,
        "name": f"Données de {config.nom} {config.en_region}",
        "description": about,
        **common,
        "publisher": publisher(config),
        "dataset": [_dataset(one, url, common, kit) for one in sets],
    }
    return Machine(_SHARED, donnees=(kept(node),))


def _dataset(one: JeuDonnees, url: str, common: Node, kit: Kit) -> Node:
    config = kit.config
    where = f"{config.nom} {config.en_region}"
    return {
        "@type": "Dataset",
        "@id": f"{url}#{one.ancre}",
        "url": f"{url}#{one.ancre}",
        "name": f"{one.titre}\u00a0: {where}",
        "description": f"{one.description} Publié par {where}.",
        **common,
        "creator": publisher(config),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.precision or one.titre,
                "encodingFormat": _TYPES[file.format],
                "contentUrl": config.absolute(file.url),
            }
            for file in one.fichiers
        ],
    }
