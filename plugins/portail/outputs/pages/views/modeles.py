"""What the form of a proposal draws its preview from: lines and a page that say nothing, given to
the very macros of the site. Scripts put words in place of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

from portail.model.issue import Line
from portail.outputs.pages.views.cards import Card
from portail.outputs.pages.views.reading import Lecture
from portail.outputs.pages.views.shared import Etiquette, Fait, Feuille, Lien

__all__ = ["MODELES", "Modeles"]

_LEAF = Feuille(date(2021, 9, 30), fin=date(2021, 10, 1))
_LABEL = (Etiquette("État", "etat", True),)


@dataclass(frozen=True, slots=True)
class Modeles:
    """``carte`` is drawn as an agenda line, ``ancien`` as the details of what has moved, ``breve``
    as a line of the letter, ``page`` as the page of a content: what its macros read of an
    ``EntryView``; ``reporte`` is the leaf without a day."""

    carte: Card
    ancien: Card
    breve: Line
    page: object
    reporte: Feuille


def _page() -> SimpleNamespace:
    entry: Mapping[str, object] = {"titre": "Titre", "resume": "Résumé", "horaires": None}
    return SimpleNamespace(
        kind="events",
        url="/",
        entry=SimpleNamespace(**entry, langue="fr"),
        surtitre="Genre",
        etiquettes=_LABEL,
        feuille=_LEAF,
        suite=(),
        carte=None,
        quand=None,
        faits=(Fait("Libellé", (Lien("Valeur"),)),),
        incomplete=False,
        lecture=Lecture(),
        boutons=(),
        calendrier="",
        embarquer="",
        corps="Texte",
    )


_CARD = Card(
    ref="",
    url="/",
    kind="events",
    surtitre="Genre",
    titre="Titre",
    resume="Résumé",
    theme="",
    feuille=_LEAF,
    details=("Détail",),
    etiquettes=_LABEL,
    image=None,
    digest="",
)

MODELES = Modeles(
    _CARD,
    replace(_CARD, ancien="Ancien", details=("Nouveau", "Détail")),
    Line(
        ref="",
        url="",
        titre="Titre",
        nature="",
        texte="",
        details="Détails",
        jour=_LEAF.jour,
        etiquette="État",
    ),
    _page(),
    Feuille(_LEAF.jour, "reporte"),
)
"""The only one: it changes with the theme alone."""
