"""Rows of the desk: each leads to a page, a file, a form or a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Severity
from portail.facts.audience import publics
from portail.facts.base import sort, text_of
from portail.facts.place import address
from portail.facts.when import day_of
from portail.features.desk.redaction.desk import (
    DAYS,
    Broken,
    Stale,
    broken,
    label_of,
    lacks_of,
    unknown,
)
from portail.features.kinds.lieux.model import Lieu
from portail.features.pages.liens.records import Etat
from portail.features.pages.liens.sentences import STATES, link_fault, remedy_of, replacement
from portail.features.services.horaires.french import opening_lines
from portail.features.services.horaires.notation import read_opening_hours
from portail.forge import edit_url, file_url
from portail.model.entry import Entry
from portail.model.kinds import FORMS
from portail.model.resource import ResourceEntry
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import PROPOSE
from portail.outputs.pages.views.shared import Lien, PageView
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.mail import personal_mailboxes
from portail.text.normalise import fold
from portail.text.typography import euros, plain, signed


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


WORDS: Mapping[str, Any] = rows_of("desk.redaction", "mots")
MOST = 100
"""Rows of a table that are shown: nobody goes through more in one sitting."""


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
    shown = (
        cell if isinstance(cell, tuple) else (cell if isinstance(cell, Lien) else Lien(cell),)
        for cell in cells
    )
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
        anchor, words["titre"], count, phrase, empty, tuple(shown), tuple(notes)
    )


def dead_links(site: Site) -> SectionRedaction:
    """Addresses to mend, gravest first; how to make the file when there is none."""
    links = broken(site)
    never = unknown(site)
    wanted = [link for link in links if link.record.etat is not Etat.A_OUVRIR]
    to_open = [link for link in links if link.record.etat is Etat.A_OUVRIR]
    notes = [f"{WORDS['adresses'].format(nombre=never)} {WORDS['comment']}"]

    def link_row(link: Broken) -> LigneRedaction:
        address = Lien(link.lien.texte, link.lien.texte)
        record = link.record
        checked = WORDS["verifiee"].format(jour=jour(record.jour, semaine=False))
        state = Lien(f"{STATES[record.etat]}. {link_fault(record)}", note=checked)
        return row(link.item, site, address, state, tuple(_remedy(link)))

    notes = notes if never and site.part("liens") else []
    dead = section("Liens", (wanted, link_row), (to_open, link_row), notes=notes, total=len(wanted))
    if site.part("liens") is None:
        return replace(dead, vide=f"{WORDS['jamais_verifiees']} {WORDS['comment']}")
    return dead


def _remedy(link: Broken) -> Iterator[Lien]:
    yield Lien(remedy_of(link.lien.texte, link.record))
    instead = replacement(link.lien.texte, link.record)
    if instead:
        dead = link.record.etat is Etat.MORTE
        yield Lien("Copies sur archive.org" if dead else instead, instead)


_PRIVATE_MAIL = frozenset(
    "aol.com bbox.fr free.fr gmail.com gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com "
    "laposte.net live.com live.fr mail.com me.com mailo.com msn.com neuf.fr numericable.fr "
    "orange.fr outlook.com outlook.fr pm.me proton.me protonmail.com sfr.fr wanadoo.fr ymail.com "
    "yahoo.com yahoo.fr".split()
)
"""Hosts where people have their own mailboxes."""


def structure_mail(lieu: Lieu) -> str:
    """The public address of a structure; ``""`` on a host of personal mailboxes, unless it has the
    word of an office or one of the structure's name."""
    address = (lieu.courriel or "").lower()
    name, _, host = address.partition("@")
    if host not in _PRIVATE_MAIL or not personal_mailboxes(address):
        return address
    words = [word for word in fold(plain(lieu.titre)).replace("'", " ").split() if len(word) > 3]
    return address if any(word in fold(name) for word in words) else ""


def mail_about(sheet: Stale, site: Site) -> str:
    """The message on a sheet to its structure, or to its owner; ``""`` without an address."""
    entry = sheet.item.entry
    name = getattr(entry, "proprietaire", None)
    place = site.lieu(name)
    owner = place.entry if place else entry
    address = structure_mail(owner) if isinstance(owner, Lieu) else ""
    if not address:
        return ""
    title = signed(plain(entry.titre))
    subject = WORDS["sujet"].format(titre=title)
    return mailto(address, subject, "\n".join(_lines(sheet, title, site)))


def _lines(sheet: Stale, title: str, site: Site) -> Iterator[str]:
    config = site.config
    item = sheet.item
    entry = item.entry
    yield "Bonjour,"
    yield ""
    yield WORDS["bonjour"].format(nom=config.nom_complet, titre=title)
    yield from outside_address(item.url, config)
    checked = "vérifiée" if isinstance(entry, Lieu) else "mise à jour"
    words = WORDS["depuis" if sheet.depuis else "jamais"]
    yield WORDS["etat"].format(depuis=words.format(faite=checked, jour=day_of(sheet.depuis)))
    yield ""
    yield from (f"- {label} : {value}" for label, value in _facts(item, site) if value)
    lacks = [label_of(entry.kind, wanted) for wanted in lacks_of(entry, site)]
    if lacks:
        yield from ("", WORDS["cherche"], "")
        yield from (f"- {label}" for label in lacks)
    yield from ("", WORDS["demande"])
    yield from outside_address(form_of(entry, site), config)
    yield from (WORDS["merci"], WORDS["signature"].format(nom=config.nom))
    if config.courriel:
        yield config.courriel


_THIS_MACHINE = ("localhost", "127.0.0.1")


def outside_address(url: str, config: SiteConfig) -> Iterator[str]:
    """A line for the address of a page of the site, where there is one that others can open."""
    if url and config.siteurl and urlsplit(config.siteurl).hostname not in _THIS_MACHINE:
        yield f"{config.siteurl}{url}"
    yield ""


def _facts(item: Item, site: Site) -> Iterator[tuple[str, str]]:
    entry = item.entry
    if isinstance(entry, Lieu):
        yield "Adresse", address(item, site).postal
        yield "Téléphone", entry.telephone or ""
        yield "Courriel", entry.courriel or ""
        yield "Site", entry.site or ""
        if hours := entry.horaires_ouverture:
            yield "Horaires", " ; ".join(opening_lines(read_opening_hours(hours)))
        yield "Tarifs", ", ".join(f"{fare.libelle} {euros(fare.prix)}" for fare in entry.tarifs)
        yield "Publics", text_of(publics(item, site).values)
        yield "Propose aux autres", site.vocabularies.labels("offres", entry.offre)
    elif isinstance(entry, ResourceEntry):
        yield "Type", text_of(sort(item, site).values)
        yield "Publics", text_of(publics(item, site).values)
        yield WORDS["fiche"]["acces"], (entry.acces.url if entry.acces else "") or ""
        if entry.pret:
            yield "Exemplaires", str(entry.pret.exemplaires)
            yield WORDS["fiche"]["pret"], entry.pret.tarif or ""
            yield "Transport", entry.pret.transport or ""


TWIN_EVENTS = "A513"
"""Events that are likely one: told among the doubles."""
_ELSEWHERE = frozenset({TWIN_EVENTS, "C209"})
"""Codes that another section tells."""


def warning_rows(site: Site) -> SectionRedaction:
    """Warnings, then advice, in the order of the report."""
    warnings = [
        diagnostic
        for diagnostic in site.report
        if diagnostic.severity is not Severity.ERREUR and diagnostic.code not in _ELSEWHERE
    ]
    warnings.sort(key=lambda diagnostic: diagnostic.severity.rank)
    by_path = items_by_path(site)
    return section("Avertissements", (warnings, lambda diagnostic: _row(diagnostic, by_path, site)))


def items_by_path(site: Site) -> Mapping[PurePosixPath, Item]:
    """Published contents by their file."""
    return {item.entry.source: item for item in site.items.values()}


def _row(
    diagnostic: Diagnostic, by_path: Mapping[PurePosixPath, Item], site: Site
) -> LigneRedaction:
    item = by_path.get(diagnostic.position.path)
    path = str(diagnostic.position.path)
    return line(
        page_link(item) if item else Lien(path),
        Lien(diagnostic.code),
        Lien(diagnostic.message, note=diagnostic.hint),
        does=(file_link(path, site.config, diagnostic.position.line),),
    )
