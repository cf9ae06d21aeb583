"""Tables of rows below a title, which pages show after their text."""

from __future__ import annotations

from collections.abc import Iterable

from portail.model.parts import Chiffre
from portail.outputs.pages.page_context import WORDS
from portail.outputs.pages.views.shared import Fait, Lien
from portail.text.typography import capital

Table = tuple[str, tuple[Fait, ...]]


def titled(title: str, rows: tuple[Fait, ...]) -> tuple[Table, ...]:
    """A table under its title; none without rows."""
    return ((title, rows),) if rows else ()


def figures(chiffres: Iterable[Chiffre]) -> tuple[Fait, ...]:
    """Key figures, each with its year and its source."""
    rows = []
    for figure in chiffres:
        year = str(figure.annee or "")
        is_dated = year in (figure.source or "")
        origin = ", ".join(filter(None, ("" if is_dated else year, figure.source)))
        rows.append(Fait(capital(figure.libelle), (Lien(figure.valeur, note=origin),)))
    return tuple(rows)


def key_figures(chiffres: Iterable[Chiffre]) -> tuple[Table, ...]:
    """The same under their title."""
    return titled(WORDS["fiches"]["chiffres"], figures(chiffres))
