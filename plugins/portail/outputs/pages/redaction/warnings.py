"""Section of the desk about what the check says and does not refuse."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from portail.diagnostics import Diagnostic, Severity
from portail.outputs.guides.documents import message_of
from portail.outputs.pages.redaction.rows import MOST, file_link, page_link, row, table
from portail.outputs.pages.views.redaction import LigneRedaction, SectionRedaction
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["TWIN_EVENTS", "items_by_path", "warnings_told"]

TWIN_EVENTS = "A513"
"""Events that are likely one: told among the doubles."""
_ELSEWHERE = frozenset({TWIN_EVENTS, "C209"})
"""Codes that another section tells."""


def warnings_told(site: Site, guides: bool) -> SectionRedaction:
    """Warnings, then advice, in the order of the report; each leads to what ``guides`` say of it,
    if they are part of the site."""
    told = [
        one
        for one in site.report
        if one.severity is not Severity.ERREUR and one.code not in _ELSEWHERE
    ]
    told.sort(key=lambda one: one.severity.rank)
    known = items_by_path(site)
    rows = [_row(one, known, guides, site) for one in told[:MOST]]
    return SectionRedaction(
        "Avertissements",
        "Avertissements et conseils",
        len(told),
        "Ce que la vérification signale sans rien empêcher. « portail check » les donne tous.",
        "La vérification n’a rien à redire.",
        table(("Contenu", "Code", "Message"), rows, len(told)),
    )


def items_by_path(site: Site) -> Mapping[PurePosixPath, Item]:
    """Published contents by their file."""
    return {item.entry.source: item for item in site.items.values()}


def _row(
    one: Diagnostic, known: Mapping[PurePosixPath, Item], guides: bool, site: Site
) -> LigneRedaction:
    item, path = known.get(one.position.path), str(one.position.path)
    return row(
        page_link(item) if item else Lien(path),
        Lien(one.code, message_of(one.code) if guides else ""),
        Lien(one.message, note=one.hint),
        does=(file_link(path, site.config, one.position.line),),
    )
