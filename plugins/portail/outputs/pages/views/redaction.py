"""The editors' desk of previews: tables, each row of which leads to a page and to its file."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = ["LigneRedaction", "RedactionView", "SectionRedaction", "TableRedaction"]


@dataclass(frozen=True, slots=True)
class LigneRedaction:
    """A row: what it is about (``nom``, a link to its page if it has one), the other cells, then
    what one does: file, form, mail."""

    nom: Lien
    cellules: tuple[tuple[Lien, ...], ...]
    actions: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class TableRedaction:
    """Rows under the names of their columns, the one of actions left out; ``total`` counts those
    that are not shown too, ``nom`` says what they are (empty: the title of the section does)."""

    nom: str
    colonnes: tuple[str, ...]
    lignes: tuple[LigneRedaction, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SectionRedaction:
    """What is to be looked at under one head: how much, in a sentence, then the tables; ``vide``
    is said where there is nothing, ``notes`` after the tables."""

    ancre: str
    titre: str
    nombre: int
    phrase: str
    vide: str
    tables: tuple[TableRedaction, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionView(PageView):
    """The desk: its sections, in the order in which one looks at them."""

    sections: tuple[SectionRedaction, ...]
