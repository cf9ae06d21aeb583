"""Rows of the desk: each leads to a page, a file, a form or a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from portail.config import SiteConfig
from portail.features.kinds.lieux.model import Lieu
from portail.forge import edit_url, file_url
from portail.model.entry import Entry
from portail.model.kinds import FORMS
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import PROPOSE
from portail.outputs.pages.views.shared import Lien, PageView
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.mail import personal_mailboxes
from portail.text.normalise import fold
from portail.text.typography import plain, signed


class LigneRedaction(Struct, frozen=True):
    """A row: what it is about, the other cells, what one does (file, form, mail)."""

    nom: Lien
    cellules: tuple[tuple[Lien, ...], ...]
    actions: tuple[Lien, ...]


class TableRedaction(Struct, frozen=True):
    """Rows under their columns, but that of actions: the first ``montrees`` are seen at once, the
    others under a fold; ``total`` counts those not written too."""

    nom: str
    colonnes: tuple[str, ...]
    lignes: tuple[LigneRedaction, ...]
    total: int
    montrees: int = 3


class SectionRedaction(Struct, frozen=True):
    """What is to be looked at under one head; ``vide`` is said where there is nothing."""

    ancre: str
    titre: str
    nombre: int
    phrase: str
    vide: str
    tables: tuple[TableRedaction, ...]
    notes: tuple[str, ...] = ()


class RedactionView(PageView, frozen=True, kw_only=True):
    """The desk: its sections, in the order in which one looks at them."""

    sections: tuple[SectionRedaction, ...]


WORDS: Mapping[str, Any] = rows_of(__package__, "mots")
# Days ahead, today included.
DAYS = 14
# Rows of a table that are shown: nobody goes through more in one sitting.
MOST = 100


def page_link(item: Item, note: str = "") -> Lien:
    """The title of a content, to its page."""
    return Lien(item.name, item.url, note)


def file_link(path: str, config: SiteConfig, line: int = 0) -> Lien:
    """A file, on the forge when there is one: its name is enough to open it elsewhere."""
    if not config.depot:
        return Lien(f"{path}:{line}" if line else path)
    if line:
        return Lien("Fichier", f"{file_url(config.depot, config.branche, path)}#L{line}")
    return Lien("Fichier", edit_url(config.depot, config.branche, path))


def form_of(entry: Entry, site: Site) -> str:
    """Site path of the form of a content, filled with it; ``""`` where there is no form."""
    form = PROPOSE.ask(site, entry.kind)
    return form and f"{form}?modifier={entry.slug}"


def row(
    item: Item,
    site: Site,
    *cells: Lien | tuple[Lien, ...] | str,
    more: tuple[Lien, ...] = (),
    after: tuple[Lien, ...] = (),
    todo: str = "fiche",
) -> LigneRedaction:
    """The row of a content, with what mends it: its form, filled, if its kind has one, under the
    words of what is to be done (``todo``, a key of « faire »); its file."""
    entry = item.entry
    does = [*more]
    if entry.kind in FORMS and not entry.brouillon:
        words = WORDS["faire"][todo]
        does += (Lien(words, address) for address in (form_of(entry, site),) if address)
    if not entry.sans_fichier:
        does.append(file_link(str(entry.source), site.config))
    return line(page_link(item), *cells, does=(*does, *after))


def line(
    nom: Lien, *cells: Lien | tuple[Lien, ...] | str, does: tuple[Lien, ...] = ()
) -> LigneRedaction:
    """A row; a cell is a text, a link, or several."""
    shown: list[tuple[Lien, ...]] = []
    for cell in cells:
        if isinstance(cell, str):
            cell = Lien(cell)
        shown.append((cell,) if isinstance(cell, Lien) else cell)
    return LigneRedaction(nom, tuple(shown), does)


def section(
    anchor: str,
    *tables: tuple[Sequence[Any], Callable[[Any], LigneRedaction]],
    notes: Iterable[str] = (),
    total: int | None = None,
) -> SectionRedaction:
    """A section in its words; each of its tables is what it tells and how a row is made of it;
    ``total`` counts contents where rows do not."""
    words = WORDS["sections"][anchor]
    shown = (
        TableRedaction(nom, tuple(columns), tuple(map(make, rows[:MOST])), len(rows))
        for (nom, *columns), (rows, make) in zip(words["tables"], tables, strict=True)
        if rows
    )
    phrase, empty = (words[key].format(jours=DAYS) for key in ("phrase", "vide"))
    count = sum(len(rows) for rows, _ in tables) if total is None else total
    return SectionRedaction(
        anchor,
        words["titre"],
        count,
        phrase=phrase,
        vide=empty,
        tables=tuple(shown),
        notes=tuple(notes),
    )


# Hosts where people have their own mailboxes.
_PRIVATE_MAIL = frozenset(
    "aol.com bbox.fr free.fr gmail.com gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com "
    "laposte.net live.com live.fr mail.com me.com mailo.com msn.com neuf.fr numericable.fr "
    "orange.fr outlook.com outlook.fr pm.me proton.me protonmail.com sfr.fr wanadoo.fr ymail.com "
    "yahoo.com yahoo.fr".split()
)


def structure_mail(lieu: Lieu) -> str:
    """The public address of a structure; ``""`` on a host of personal mailboxes, unless it has the
    word of an office or one of the structure's name."""
    address = (lieu.courriel or "").lower()
    name, _, host = address.partition("@")
    if host not in _PRIVATE_MAIL or not personal_mailboxes(address):
        return address
    words = [word for word in fold(plain(lieu.titre)).replace("'", " ").split() if len(word) > 3]
    if any(word in fold(name) for word in words):
        return address
    return ""


def title(item: Item) -> str:
    """The title of a content, in the text of a message."""
    return signed(plain(item.entry.titre))


def letter(
    site: Site, address: str, subject: str, item: Item, lines: Iterable[str], end: str = ""
) -> str:
    """The message to an address on a content, ready to be sent; ``end`` is below the signature."""
    signature = WORDS["signature"].format(nom=site.config.nom)
    body = ["Bonjour,", "", *lines, WORDS["merci"], signature]
    if end:
        body.append(end)
    return mailto(address, subject.format(titre=title(item)), "\n".join(body))


def about(item: Item, site: Site, words: str) -> Iterator[str]:
    """The sentence that begins such a message, and the address of the page of the content."""
    yield words.format(nom=site.config.nom_complet, titre=title(item))
    yield from outside_address(item.url, site.config)


_THIS_MACHINE = ("localhost", "127.0.0.1")


def outside_address(url: str, config: SiteConfig) -> Iterator[str]:
    """A line for the address of a page of the site, where there is one that others can open."""
    if url and config.siteurl and urlsplit(config.siteurl).hostname not in _THIS_MACHINE:
        yield f"{config.siteurl}{url}"
    yield ""
