"""Pages of what is asked in a category of announcements: what waits, then what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from portail.model.collections import DEMANDE, AnnouncementEntry
from portail.model.kinds import Kind
from portail.outputs.pages.cards import asked
from portail.outputs.pages.frame import contribution, words_of
from portail.outputs.pages.lists.paging import Group, Listing
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
    return tuple(item.ref for item in _of(site, category) if not item.is_over)


@answer
def answered_refs(site: Site, category: str) -> tuple[str, ...]:
    return tuple(item.ref for item in _of(site, category) if item.is_answered)


def waiting(site: Site, category: str) -> Iterator[Item]:
    return (site.items[ref] for ref in open_refs(site, category))


def _of(site: Site, category: str) -> Iterator[Item]:
    annonces = site.of_kind(Kind.ANNONCE)
    return (item for item in annonces if item.of(AnnouncementEntry).categorie == category)


class Board(NamedTuple):
    """The page of a category of announcements by which one asks, and the ways to it."""

    category: str
    url: str
    # ``page`` (``titre``, ``chapo``), ``demander``, ``ouvertes``, ``repondues``, ``par``, ``rien``.
    words: Mapping[str, Any]
    # Kinds whose lists lead to it.
    kinds: tuple[Kind, ...]

    @property
    def title(self) -> str:
        return str(self.words["page"]["titre"])

    def links(self, site: Site) -> tuple[Lien, ...]:
        refs = open_refs(site, self.category) or answered_refs(site, self.category)
        if refs:
            return (Lien(self.title, self.url),)
        return ()

    def list_links(self, site: Site, kind: Kind) -> tuple[Lien, ...]:
        if kind in self.kinds:
            return self.links(site)
        return ()

    def plan_groups(self, site: Site, kind: Kind | None) -> Iterator[NavGroup]:
        if kind is Kind.ANNONCE and (links := self.links(site)):
            yield NavGroup(self.title, links)

    def listing(self, site: Site, open_groups: Sequence[Group]) -> Listing:
        """Its list: ``open_groups`` hold what waits, then comes what was answered."""
        count = len(open_refs(site, self.category))
        page = words_of(site, self.words["page"])
        many = self.words["ouvertes"]["plusieurs" if count > 1 else "une"]
        return Listing(
            url=self.url,
            titre=page["titre"],
            chapo=page["chapo"],
            kind=Kind.ANNONCE.value,
            nombre=f"{nombre(count)} {many}" if count else "",
            groups=(*open_groups, *self._answered(site)),
            fil=(Lien("Accueil", HOME), Lien(_LIST.rubrique, _LIST.listing)),
            rubrique=_LIST.listing,
            taille=site.config.taille_page,
            vide=None if count else Vide(self.words["rien"]),
            boutons=tuple(self._forms(site)),
            template="demandes.html",
        )

    def _forms(self, site: Site) -> Iterator[Lien]:
        for link in contribution(site, Kind.ANNONCE, self.words["demander"]):
            yield replace(link, url=f"{link.url}?categorie={self.category}")

    def _answered(self, site: Site) -> Iterator[Group]:
        # What was answered, by what.
        items = [site.items[ref] for ref in answered_refs(site, self.category)]
        if items:
            answers = (", ".join(link.texte for link in ANSWERS.ask(site, item)) for item in items)
            notes = [self.words["par"].format(noms=names) if names else "" for names in answers]
            yield Group(self.words["repondues"], asked(items), "simples", "Repondues", notes)


def demands(site: Site) -> Iterator[Item]:
    return waiting(site, DEMANDE)
