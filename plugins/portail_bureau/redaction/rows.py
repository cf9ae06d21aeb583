"""Parts of the editors' desk: sections of tables, whose rows name a content and offer what mends it
(its form, its file, a letter); and the letters, addressed and begun for whoever sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from portail.config import SiteConfig
from portail.features.kinds.lieux.model import Lieu
from portail.forge import edit_url, file_url
from portail.model.entry import Entry
from portail.model.kinds import FORMS
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import EDITED, PROPOSE
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.addresses import address_parts
from portail.text.mail import personal_mailboxes
from portail.text.normalise import fold
from portail.text.typography import plain, signed


class LigneRedaction(Struct, frozen=True):
    """A row: what it is about, its other cells, what can be done (open a form or a file, write)."""

    nom: Lien
    cellules: tuple[tuple[Lien, ...], ...]
    actions: tuple[Lien, ...]


class TableRedaction(Struct, frozen=True):
    """A table; ``colonnes`` are the heads of its columns, without that of actions.

    The first ``montrees`` rows are seen at once, the others once unfolded; ``total`` also counts
    those beyond ``MOST``, which are left out.
    """

    nom: str
    colonnes: tuple[str, ...]
    lignes: tuple[LigneRedaction, ...]
    total: int
    montrees: int = 3


class SectionRedaction(Struct, frozen=True):
    """What editors have to look at under one heading; ``vide`` is shown when there is nothing."""

    ancre: str
    titre: str
    nombre: int
    phrase: str
    vide: str
    tables: tuple[TableRedaction, ...]
    notes: tuple[str, ...] = ()


# Its texts (``mots.yml``).
WORDS: Mapping[str, Any] = rows_of(__package__, "mots")
# How many days the desk looks ahead, today included.
DAYS = 14
# Rows in a table at most: nobody goes through more in one sitting.
MOST = 100


def page_link(item: Item, note: str = "") -> Lien:
    """The title of a content, to its page."""
    return Lien(item.name, item.url, note)


def file_link(path: str, config: SiteConfig, line: int = 0) -> Lien:
    """A link to a file on the forge; without a forge, its path and line, to open it elsewhere."""
    if not config.depot:
        return Lien(f"{path}:{line}" if line else path)
    if line:
        return Lien("Fichier", f"{file_url(config.depot, config.branche, path)}#L{line}")
    return Lien("Fichier", edit_url(config.depot, config.branche, path))


def form_of(entry: Entry, site: Site) -> str:
    """Site path of the form that opens filled with a content; ``""`` when its kind has none."""
    if form := PROPOSE.ask(site, entry.kind):
        return f"{form}?modifier={entry.slug}"
    return ""


def content_row(
    item: Item,
    site: Site,
    *cells: Lien | tuple[Lien, ...] | str,
    more: tuple[Lien, ...] = (),
    after: tuple[Lien, ...] = (),
    todo: str = "fiche",
) -> LigneRedaction:
    """The row of a content, which offers its filled form, then that of an editor, else its file,
    where they exist.

    ``todo``, a key of « faire » in ``WORDS``, says what the form is for; ``more`` comes before
    these two, ``after`` behind them.
    """
    entry = item.entry
    actions = [*more]
    if entry.kind in FORMS and not entry.brouillon and (form := form_of(entry, site)):
        actions.append(Lien(WORDS["faire"][todo], form))
    if edited := EDITED.ask(site, item):
        actions.append(Lien("Atelier", edited))
    elif not entry.sans_fichier:
        actions.append(file_link(str(entry.source), site.config))
    return plain_row(page_link(item), *cells, actions=(*actions, *after))


def plain_row(
    nom: Lien, *cells: Lien | tuple[Lien, ...] | str, actions: tuple[Lien, ...] = ()
) -> LigneRedaction:
    """The row of anything; a cell is a text, a link, or several links."""
    shown: list[tuple[Lien, ...]] = []
    for cell in cells:
        if isinstance(cell, str):
            cell = Lien(cell)
        shown.append((cell,) if isinstance(cell, Lien) else cell)
    return LigneRedaction(nom, tuple(shown), actions)


def section(
    anchor: str,
    *tables: tuple[Sequence[Any], Callable[[Any], LigneRedaction]],
    notes: Iterable[str] = (),
    total: int | None = None,
) -> SectionRedaction:
    """The section whose texts ``WORDS`` has under ``anchor``.

    Each table is given as its things and the function that makes a row of one; a table without any
    is left out. ``total`` is what the section counts, if not all these things.
    """
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


# Hosts of mail where anyone has a mailbox of their own.
_PRIVATE_MAIL = frozenset(
    "aol.com bbox.fr free.fr gmail.com gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com "
    "laposte.net live.com live.fr mail.com me.com mailo.com msn.com neuf.fr numericable.fr "
    "orange.fr outlook.com outlook.fr pm.me proton.me protonmail.com sfr.fr wanadoo.fr ymail.com "
    "yahoo.com yahoo.fr".split()
)


def structure_mail(lieu: Lieu) -> str:
    """The address to write to a structure; ``""`` for what may be a person's own mailbox.

    On such a host, an address is the structure's when it says an office (« accueil ») or a word of
    the structure's name.
    """
    address = (lieu.courriel or "").lower()
    name, _, host = address.partition("@")
    if host not in _PRIVATE_MAIL or not personal_mailboxes(address):
        return address
    words = [word for word in fold(plain(lieu.titre)).replace("'", " ").split() if len(word) > 3]
    if any(word in fold(name) for word in words):
        return address
    return ""


def title(item: Item) -> str:
    """The title of a content as plain text, for a message."""
    return signed(plain(item.entry.titre))


def letter(
    site: Site, address: str, subject: str, item: Item, lines: Iterable[str], end: str = ""
) -> str:
    """A ``mailto:`` link that opens a whole message about a content; ``end`` is below the
    signature."""
    signature = WORDS["signature"].format(nom=site.config.nom)
    body = ["Bonjour,", "", *lines, WORDS["merci"], signature]
    if end:
        body.append(end)
    return mailto(address, subject.format(titre=title(item)), "\n".join(body))


def opening(item: Item, site: Site, words: str) -> Iterator[str]:
    """The first lines of a letter: a sentence that names the portal and the content, the address
    of its page, an empty line."""
    yield words.format(nom=site.config.nom_complet, titre=title(item))
    yield from outside_address(item.url, site.config)


_THIS_MACHINE = ("localhost", "127.0.0.1")


def outside_address(url: str, config: SiteConfig) -> Iterator[str]:
    """The address of a page, unless others could not open it (no site, or one on this machine);
    then an empty line."""
    if url and config.siteurl and address_parts(config.siteurl).hostname not in _THIS_MACHINE:
        yield f"{config.siteurl}{url}"
    yield ""
