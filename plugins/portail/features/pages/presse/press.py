"""What the press page rests on: figures that are true, who answers journalists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from portail.features.services.fiches.base import Answer, asked
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.site import Site

PRESS = "/presse/"
PRESS_FIGURES = f"{PRESS}chiffres.csv"

WORDS: Mapping[str, str] = rows_of("pages.presse", "mots")


class Figure(NamedTuple):
    """A figure of a content; its year, its source when they are known."""

    sujet: str
    chiffre: str
    valeur: str
    annee: str
    source: str
    page: str


def figures(site: Site) -> list[Figure]:
    return [Figure(*row) for row in asked(site, __name__, "chiffres")]


def called(site: Site) -> list[Answer]:
    """References of those to call, each with whether it answers journalists."""
    return asked(site, __name__, "paroles")


def press_link(site: Site) -> tuple[Lien, ...]:
    if figures(site) or any(answers for _, answers in called(site)):
        return (Lien(WORDS["titre"], PRESS),)
    return ()
