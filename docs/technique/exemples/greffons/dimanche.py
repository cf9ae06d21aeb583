"""An output: ``/lieux-du-dimanche.json``, the places that are open on Sundays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from portail.greffons import (
    Artifact,
    Feature,
    Kind,
    Lieu,
    Output,
    Site,
    read_opening_hours,
    text_file,
)

ADRESSE = "/lieux-du-dimanche.json"
DIMANCHE = 6


def lieux_du_dimanche(site: Site) -> Iterable[Artifact]:
    """The plan: one file."""
    yield text_file(site, ADRESSE, ecrire)


def ecrire(site: Site) -> Iterator[str]:
    """The text of the file, a function of the site alone."""
    rows = [
        {
            "nom": item.entry.titre,
            "adresse": site.config.absolute(item.url),
            "horaires": item.of(Lieu).horaires_ouverture,
        }
        for item in site.of_kind(Kind.LIEU)
        if DIMANCHE in read_opening_hours(item.of(Lieu).horaires_ouverture or "off").semaine
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


feature = Feature(
    "dimanche", "Lieux ouverts le dimanche", outputs=(Output("dimanche", lieux_du_dimanche),)
)
