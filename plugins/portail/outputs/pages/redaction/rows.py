"""Rows of the desk: each leads to a page, a file, a form or a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Severity
from portail.facts.audience import publics
from portail.facts.base import sort, text_of
from portail.facts.price import address
from portail.facts.when import day_of
from portail.forge import edit_url, file_url
from portail.forms.layout import FORMS
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Etat
from portail.model.ressource import Ressource
from portail.outputs.guides import message_of
from portail.outputs.pages.entry.lieux import hours_lines
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien
from portail.site.desk import Broken, Stale, broken, label_of, lacks_of, unknown
from portail.site.item import Item
from portail.site.rules.publication import STATES, remedy_of, replacement, trouble_of
from portail.site.site import Site
from portail.site.urls import form_of
from portail.text.dates import jour
from portail.text.mail import personal_mailboxes
from portail.text.normalise import fold
from portail.text.typography import euros, plain

# The editors' desk of previews: tables, each row of which leads to a page and to its file.


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


# Section of the desk about addresses of other sites, as ``portail liens`` left them.

_COLUMNS = ("Contenu", "Adresse", "Constat", "Que faire")
_HOW = "Lancez « portail liens » : la commande demande une à une les adresses citées, sans presser \
les sites, et cette page les montre au prochain aperçu."


def dead_links(site: Site) -> SectionRedaction:
    """Addresses to mend, gravest first; how to make the file when there is none."""
    found = broken(site)
    wanted = [one for one in found if one.releve.etat is not Etat.A_OUVRIR]
    others = [one for one in found if one.releve.etat is Etat.A_OUVRIR]
    never = unknown(site)
    if site.liens is None:
        empty = f"Les adresses des autres sites n’ont pas encore été vérifiées. {_HOW}"
    else:
        empty = "Toutes les adresses vérifiées répondent."
    notes = [f"Adresses jamais vérifiées : {never}. {_HOW}"] if never and site.liens else []
    return SectionRedaction(
        "Liens",
        "Liens morts",
        len(wanted),
        "Une adresse qui ne répond pas un jour est à revoir ; elle est morte au second jour.",
        empty,
        (*_table(wanted, "À reprendre", site), *_table(others, "À ouvrir soi-même", site)),
        tuple(notes),
    )


def _table(found: list[Broken], nom: str, site: Site) -> tuple[TableRedaction, ...]:
    rows = [
        row(page_link(one.item), Lien(one.lien.texte, one.lien.texte), _state(one),
            tuple(_remedy(one)), does=doings(one.item, site.config))
        for one in found[:MOST]
    ]  # fmt: skip
    return table(_COLUMNS, rows, len(found), nom)


def _state(one: Broken) -> tuple[Lien, ...]:
    """What was found, and the day of the check."""
    record = one.releve
    told = f"{STATES[record.etat]}. {trouble_of(record)}"
    return (Lien(told, note=f"vérifiée le {jour(record.jour, semaine=False)}"),)


def _remedy(one: Broken) -> Iterator[Lien]:
    yield Lien(remedy_of(one.lien.texte, one.releve))
    instead = replacement(one.lien.texte, one.releve)
    if instead:
        dead = one.releve.etat is Etat.MORTE
        yield Lien("Copies sur archive.org" if dead else instead, instead)


# The message, ready to be sent, that asks a structure whether its sheet is still right.

_PRIVATE_MAIL = frozenset(
    "aol.com bbox.fr free.fr gmail.com gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com "
    "laposte.net live.com live.fr mail.com me.com mailo.com msn.com neuf.fr numericable.fr "
    "orange.fr outlook.com outlook.fr pm.me proton.me protonmail.com sfr.fr wanadoo.fr ymail.com "
    "yahoo.com yahoo.fr".split()
)
"""Hosts where people have their own mailboxes."""

_ASKED = (
    "Tout est-il exact ? Un « oui » en réponse suffit : nous noterons le jour. Sinon, répondez "
    "avec ce qui a changé, ou corrigez vous-même la fiche, sans compte à créer."
)


def structure_mail(lieu: Lieu) -> str:
    """The public address of a structure; empty when it may be a person's own: on a host of personal
    mailboxes, without the word of an office nor one of the structure's name."""
    address = (lieu.courriel or "").lower()
    name, _, host = address.partition("@")
    if host not in _PRIVATE_MAIL or not personal_mailboxes(address):
        return address
    words = [one for one in fold(plain(lieu.titre)).replace("'", " ").split() if len(one) > 3]
    return address if any(one in fold(name) for one in words) else ""


def mail_about(one: Stale, site: Site, kit: Kit) -> str:
    """The ``mailto:`` of the message on a sheet to the structure that it is of, or that owns it;
    empty when no address of it is known."""
    entry = one.item.entry
    owner = entry if isinstance(entry, Lieu) else _owner(one.item, site)
    address = structure_mail(owner) if owner else ""
    if not address:
        return ""
    title = plain(entry.titre)
    subject = f"Votre fiche « {title} » est-elle à jour ?"
    return mailto(address, subject, "\n".join(_lines(one, title, site, kit)))


def _owner(item: Item, site: Site) -> Lieu | None:
    name = getattr(item.entry, "proprietaire", None)
    found = site.find(name, Kind.LIEU) if name else None
    return found.entry if found and isinstance(found.entry, Lieu) else None


def _lines(one: Stale, title: str, site: Site, kit: Kit) -> Iterator[str]:
    config, item = site.config, one.item
    entry = item.entry
    yield "Bonjour,"
    yield ""
    yield f"Le {config.nom} {config.en_region} présente « {title} » aux habitants de la région."
    yield from _address(f"{config.siteurl}{item.url}", config)
    checked = "vérifiée" if isinstance(entry, Lieu) else "mise à jour"
    since = f"n’a pas été {checked} depuis le {day_of(one.depuis)}" if one.depuis else ""
    yield f"Cette fiche {since or f'n’a pas encore été {checked}'}. Voici ce qu’elle dit :"
    yield ""
    yield from (f"- {label} : {value}" for label, value in _known(item, site, kit) if value)
    lacks = [label_of(entry.kind, wanted) for wanted in lacks_of(entry, kit.vocabularies)]
    if lacks:
        yield ""
        yield "Et ce que nos lecteurs y cherchent encore :"
        yield ""
        yield from (f"- {label}" for label in lacks)
    yield ""
    yield _ASKED
    yield from _address(f"{config.siteurl}{form_of(entry.kind)}?modifier={entry.slug}", config)
    yield "Merci, et à bientôt,"
    yield f"La rédaction du {config.nom}"
    if config.courriel:
        yield config.courriel


def _address(url: str, config: SiteConfig) -> Iterator[str]:
    """A line of its own for an address, where the site has one that others can open."""
    if config.siteurl and urlsplit(config.siteurl).hostname not in ("localhost", "127.0.0.1"):
        yield url
    yield ""


def _known(item: Item, site: Site, kit: Kit) -> Iterator[tuple[str, str]]:
    """What the sheet says of what changes most."""
    entry = item.entry
    if isinstance(entry, Lieu):
        yield "Adresse", address(item, site).postal
        yield "Téléphone", entry.telephone or ""
        yield "Courriel", entry.courriel or ""
        yield "Site", entry.site or ""
        yield "Horaires", " ; ".join(hours_lines(entry))
        yield "Tarifs", ", ".join(f"{one.libelle} {euros(one.prix)}" for one in entry.tarifs)
        yield "Publics", text_of(publics(item, site).values)
        yield "Propose aux autres", kit.labels("offres", entry.offre)
    elif isinstance(entry, Ressource):
        yield "Type", text_of(sort(item, site).values)
        yield "Publics", text_of(publics(item, site).values)
        yield "Où la trouver", (entry.acces.url if entry.acces else "") or ""
        if entry.pret:
            yield "Exemplaires", str(entry.pret.exemplaires)
            yield "Tarif du prêt", entry.pret.tarif or ""
            yield "Transport", entry.pret.transport or ""


# Section of the desk about what the check says and does not refuse.

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
