"""The page of what is asked in a category of announcements: what waits, then what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from portail.model.articles import Annonce
from portail.model.kinds import Kind
from portail.outputs.pages.cards import asked
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.paging import Group, Listing
from portail.outputs.pages.proposing import contribution
from portail.outputs.pages.slots import ANSWERS
from portail.outputs.pages.views.shared import Lien, NavGroup, Vide
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import HOME
from portail.text.typography import nombre

_LIST = Kind.ANNONCE.info


@answer
def open_refs(site: Site, category: str) -> tuple[str, ...]:
    """References of what waits for an answer, the soonest deadline first."""
    return tuple(item.ref for item in _of(site, category) if not item.passe)


@answer
def answered_refs(site: Site, category: str) -> tuple[str, ...]:
    """References of what was answered, the latest deadline first."""
    return tuple(item.ref for item in _of(site, category) if item.repondu)


def _of(site: Site, category: str) -> Iterator[Item]:
    annonces = site.of_kind(Kind.ANNONCE)
    return (item for item in annonces if item.of(Annonce).categorie == category)


def asking_links(site: Site, category: str, page: Lien) -> tuple[Lien, ...]:
    """The link to the page, when something is or was asked."""
    return (page,) if open_refs(site, category) or answered_refs(site, category) else ()


def asking_groups(site: Site, category: str, page: Lien, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan, after announcements."""
    if kind is Kind.ANNONCE and (links := asking_links(site, category, page)):
        yield NavGroup(page.texte, links)


def asking_list(
    site: Site, category: str, url: str, words: Mapping[str, Any], waiting: Sequence[Group]
) -> Listing:
    """The list at ``url``: ``waiting``, then what was answered, each with its answers. ``words``
    are ``page`` (``titre``, ``chapo``), ``demander``, ``ouvertes``, ``repondues``, ``par``,
    ``rien``."""
    count = len(open_refs(site, category))
    page = words_of(site, words["page"])
    many = words["ouvertes"]["plusieurs" if count > 1 else "une"]
    return Listing(
        url=url,
        titre=page["titre"],
        chapo=page["chapo"],
        kind=Kind.ANNONCE.value,
        nombre=f"{nombre(count)} {many}" if count else "",
        groups=(*waiting, *_answered(site, category, words["repondues"], words["par"])),
        fil=(Lien("Accueil", HOME), Lien(_LIST.rubrique, _LIST.listing)),
        rubrique=_LIST.listing,
        taille=site.config.taille_page,
        vide=None if count else Vide(words["rien"]),
        boutons=tuple(_asking(site, category, words["demander"])),
        template="demandes.html",
    )


def _asking(site: Site, category: str, text: str) -> Iterator[Lien]:
    """The form, open on the category."""
    for link in contribution(site, Kind.ANNONCE, text):
        yield replace(link, url=f"{link.url}?categorie={category}")


def _answered(site: Site, category: str, title: str, wording: str) -> Iterator[Group]:
    """What was answered, under a title; ``wording`` says by what (``{noms}``)."""
    items = [site.items[ref] for ref in answered_refs(site, category)]
    if items:
        answers = (", ".join(link.texte for link in ANSWERS.ask(site, item)) for item in items)
        notes = [wording.format(noms=names) if names else "" for names in answers]
        yield Group(title, asked(items), "simples", "Repondues", notes)
