"""The form of an article."""

from __future__ import annotations

from types import MappingProxyType

from portail.forms.common import (
    AGREEMENT,
    LEFT_OUT,
    MAIL,
    SOURCES,
    SUMMARY,
    THEMES,
    text_part,
    title,
)
from portail.forms.layout import Field, Layout, Part

__all__ = ["ARTICLE"]

_ESSENTIAL = Part(
    "essentiel",
    "L’essentiel",
    "Essentiel",
    (
        title("Ce que le texte raconte, en une ligne."),
        SUMMARY,
        Field("genre", "option", largeur="moyen"),
        THEMES,
    ),
)
_ABOUT = Part(
    "sujet",
    "Où cela se passe",
    "Où",
    (
        Field("lieu", "reference"),
        Field("commune", "commune", si="lieu=", largeur="moyen"),
    ),
)
_SOURCES = Part(
    "sources",
    "Sources et intérêts",
    "Sources",
    (
        SOURCES,
        Field("interets", "texte-long"),
        Field("relu_par", "references"),
    ),
)
_WHO = Part(
    "vous",
    "Qui propose",
    "Qui propose",
    (Field("auteurs", "references"), MAIL, AGREEMENT),
)

ARTICLE = Layout(
    (
        _ESSENTIAL,
        text_part("Des phrases courtes, un intertitre toutes les deux cents mots.", sources=False),
        _ABOUT,
        _SOURCES,
        _WHO,
    ),
    MappingProxyType({**LEFT_OUT}),
)
