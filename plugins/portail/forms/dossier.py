"""The form of a dossier: contents on one subject."""

from __future__ import annotations

from types import MappingProxyType

from portail.forms.common import AGREEMENT, LEFT_OUT, MAIL, SUMMARY, THEMES, text_part, title
from portail.forms.layout import Field, Fold, Layout, Part, Rows
from portail.model.kinds import Kind

__all__ = ["DOSSIER"]

_HELD = (Kind.ARTICLE, Kind.EVENT, Kind.RESSOURCE, Kind.LIEU, Kind.DOSSIER)

_ESSENTIAL = Part(
    "essentiel",
    "L’essentiel",
    "Essentiel",
    (title("Le sujet, en une ligne."), SUMMARY, THEMES),
)
_CONTENTS = Part(
    "contenus",
    "Les contenus",
    "Contenus",
    (
        Rows(
            "elements",
            "contenu",
            "Ajouter un contenu",
            (
                Field(
                    "ref",
                    "reference",
                    libelle="Contenu",
                    aide="Commencez à écrire son titre.",
                    dossiers=tuple(kind.value for kind in _HELD),
                ),
                Field("note", "texte"),
            ),
            premiere=True,
        ),
        Fold(
            "regle",
            "Ou réunir de lui-même tout ce qui…",
            (
                Field("regle.theme", "option", libelle="A ce thème", aide="", largeur="moyen"),
                Field("regle.mot_cle", "texte", libelle="A ce mot-clé", largeur="moyen"),
                Field("regle.territoire", "reference", libelle="Parle de ce territoire", aide=""),
            ),
        ),
    ),
)
_WHO = Part(
    "vous",
    "Qui propose",
    "Qui propose",
    (Field("auteurs", "references"), MAIL, AGREEMENT),
)

DOSSIER = Layout(
    (_ESSENTIAL, _CONTENTS, text_part("L’introduction : pourquoi les lire ensemble."), _WHO),
    MappingProxyType({**LEFT_OUT}),
)
