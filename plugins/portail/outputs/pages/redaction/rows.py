"""Rows of the desk: each leads to the page of a content, to its file, to its form."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from portail.config import SiteConfig
from portail.forge import edit_url, file_url
from portail.forms.layout import FORMS
from portail.outputs.pages.views.redaction import LigneRedaction, TableRedaction
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.urls import form_of
from portail.text.inline import plain

__all__ = ["MOST", "doings", "file_link", "mailto", "page_link", "row", "table"]

MOST = 100
"""Rows of a table that are shown: nobody goes through more in one sitting."""


def page_link(item: Item, note: str = "") -> Lien:
    """The title of a content, to its page."""
    return Lien(plain(item.entry.titre), item.url, note)


def file_link(path: str, config: SiteConfig, line: int = 0) -> Lien:
    """A file, on the forge when there is one: its name is enough to open it elsewhere."""
    if not config.depot:
        return Lien(f"{path}:{line}" if line else path)
    if line:
        return Lien("Fichier", f"{file_url(config.depot, config.branche, path)}#L{line}")
    return Lien("Fichier", edit_url(config.depot, config.branche, path))


def doings(item: Item, config: SiteConfig) -> tuple[Lien, ...]:
    """What mends a content: its form, filled, if its kind has one; its file."""
    entry = item.entry
    form: tuple[Lien, ...] = ()
    if entry.kind in FORMS and not entry.brouillon:
        form = (Lien("Formulaire", f"{form_of(entry.kind)}?modifier={entry.slug}"),)
    return form if entry.sans_fichier else (*form, file_link(str(entry.source), config))


def row(nom: Lien, *cells: Lien | tuple[Lien, ...] | str, does: Iterable[Lien]) -> LigneRedaction:
    """A row; a cell is a text, a link, or several."""
    told = (
        one if isinstance(one, tuple) else (one if isinstance(one, Lien) else Lien(one),)
        for one in cells
    )
    return LigneRedaction(nom, tuple(told), tuple(does))


def table(
    columns: tuple[str, ...], rows: list[LigneRedaction], total: int, nom: str = ""
) -> tuple[TableRedaction, ...]:
    """The table of these rows, none without rows; ``total`` counts what is left out too."""
    return (TableRedaction(nom, columns, tuple(rows), total),) if rows else ()


def mailto(to: str, subject: str, body: str) -> str:
    """A mailto: address (RFC 6068): lines end with CR LF, everything is escaped."""
    lines = body.replace("\n", "\r\n")
    address = quote(to, safe="@")
    return f"mailto:{address}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
