"""Service pages: ``content/pages/``."""

from __future__ import annotations

from typing import ClassVar

from portail.model.entry import Entry
from portail.model.kinds import Kind

__all__ = ["Page"]


class Page(Entry):
    """A page of the site itself, at the root of its addresses."""

    kind: ClassVar[Kind] = Kind.PAGE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)
    texte_obligatoire: ClassVar[bool] = True
