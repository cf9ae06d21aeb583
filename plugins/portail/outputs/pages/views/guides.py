"""Guides for contributors and editors."""

from __future__ import annotations

from dataclasses import dataclass

from portail.body.facts import Heading
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.papier import PapierView
from portail.outputs.pages.views.shared import NavGroup
from portail.text.html import SafeHtml

__all__ = ["FicheStructureView", "GuideView"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView(PageView):
    """A guide; ``guides`` are all of them, by what they are for; ``large``: its tables are
    wide."""

    corps: SafeHtml
    sommaire: tuple[Heading, ...]
    guides: tuple[NavGroup, ...]
    large: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheStructureView(PapierView):
    """The sheet for structures. ``delai`` is how soon one is answered, in words; ``courriel`` the
    address of the editors."""

    delai: str
    courriel: str
