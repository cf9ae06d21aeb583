"""The form of an annonce."""

from __future__ import annotations

from types import MappingProxyType

from portail.forms.common import AGREEMENT, LEFT_OUT, MAIL, SUMMARY, THEMES, text_part, title
from portail.forms.layout import Field, Fold, Layout, Part

__all__ = ["ANNONCE"]

_JOB, _STAY = "categorie=emploi", "categorie=emploi,stage,volontariat"

_ESSENTIAL = Part(
    "essentiel",
    "L’essentiel",
    "Essentiel",
    (
        title("Ce que vous proposez ou cherchez, en une ligne."),
        SUMMARY,
        Field("categorie", "option", largeur="moyen"),
        Field("contrat", "option", si=_JOB, largeur="moyen"),
        Field("duree", "texte", si=_STAY, largeur="moyen"),
        Field("remuneration", "texte", si=_STAY, largeur="moyen"),
    ),
)
_UNTIL = Part(
    "quand",
    "Jusqu’à quand",
    "Jusqu’à quand",
    (Field("echeance", "jour", largeur="moyen"),),
)
_WHERE = Part(
    "ou",
    "Où",
    "Où",
    (
        Field("lieu", "reference"),
        Field("commune", "commune", si="lieu=", largeur="moyen"),
    ),
)
_ANSWER = Part(
    "contact",
    "Où répondre",
    "Où répondre",
    (
        Field("contact.url", "texte"),
        Field("contact.courriel", "texte", largeur="moyen"),
        Field("contact.telephone", "texte", largeur="moyen"),
    ),
)
_WHO = Part(
    "vous",
    "Qui propose",
    "Qui propose",
    (
        Field("organisme", "reference"),
        MAIL,
        Fold("avec", "Auteurs", (Field("auteurs", "references"),)),
        AGREEMENT,
    ),
)

ANNONCE = Layout(
    (
        _ESSENTIAL,
        _UNTIL,
        _WHERE,
        _ANSWER,
        text_part("Ce qu’il faut savoir pour répondre.", THEMES),
        _WHO,
    ),
    MappingProxyType({**LEFT_OUT}),
)
