"""The message, ready to be sent, that asks a structure whether its sheet is still right."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from portail.config import SiteConfig
from portail.facts.audience import publics
from portail.facts.base import sort, text_of
from portail.facts.when import day_of
from portail.facts.where import address
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.lieu_horaires import hours_lines
from portail.outputs.pages.redaction.rows import mailto
from portail.site.desk.lacks import label_of, lacks_of
from portail.site.desk.stale import Stale
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import form_of
from portail.text.inline import plain
from portail.text.mailboxes import personal_mailboxes
from portail.text.normalise import fold
from portail.text.numbers import euros

__all__ = ["mail_about", "structure_mail"]

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
