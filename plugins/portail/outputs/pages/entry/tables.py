"""Rows of boxes and of tables: facts, key figures."""

from __future__ import annotations

from collections.abc import Iterable

from portail.facts.base import Fact
from portail.model.parts import Chiffre
from portail.text.typography import capital

from ..views.shared import Fait, Lien
from ..words import WORDS

Table = tuple[str, tuple[Fait, ...]]


def faits(facts: Iterable[Fact]) -> tuple[Fait, ...]:
    """Rows of a box or of a table, without those that have no value."""
    return tuple(
        Fait(fact.label, tuple(Lien(*value) for value in fact.values))
        for fact in facts
        if fact.values
    )


def titled(title: str, rows: tuple[Fait, ...]) -> tuple[Table, ...]:
    if rows:
        return ((title, rows),)
    return ()


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
    return titled(WORDS["fiches"]["chiffres"], figures(chiffres))
