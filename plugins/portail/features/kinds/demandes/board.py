"""Pages of what is asked in a category of announcements: what waits, then what was answered;
``/demandes/`` by département."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from portail.model.collections import DEMANDE, AnnouncementEntry
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.frame import ACCUEIL, contribution, words_of
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, by_key, listed, plan_lists
from portail.outputs.pages.slots import ANSWERS
from portail.outputs.pages.views.shared import Lien, NavGroup, Vide
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.normalise import slugify, sort_key
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
    annonces = site.untitled_of([Kind.ANNONCE])
    return (item for item in annonces if item.of(AnnouncementEntry).categorie == category)


class Board(NamedTuple):
    """The page of a category of announcements by which one asks, and the ways to it."""

    category: str
    url: str
    # ``page`` (``titre``, ``chapo``), ``demander``, ``ouvertes``, ``repondues``, ``par``, ``rien``.
    words: Mapping[str, Any]
    # Kinds whose lists lead to it.
    kinds: tuple[Kind, ...]
    # What waits, in groups.
    grouped: Callable[[Site, Sequence[Item]], Iterable[Group]]

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

    def listings(self, site: Site) -> Iterator[Listing]:
        """Its list, when something was asked."""
        if not self.links(site):
            return
        items = [*waiting(site, self.category)]
        count = len(items)
        open_groups = self.grouped(site, items) if items else ()
        page = words_of(site, self.words["page"])
        many = self.words["ouvertes"]["plusieurs" if count > 1 else "une"]
        yield Listing(
            url=self.url,
            titre=page["titre"],
            chapo=page["chapo"],
            kind=Kind.ANNONCE.value,
            nombre=f"{nombre(count)} {many}" if count else "",
            grouped=Grouped((*open_groups, *self._answered(site))),
            fil=(ACCUEIL, Lien(_LIST.rubrique, _LIST.listing)),
            rubrique=_LIST.listing,
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


def _by_departement(site: Site, items: Sequence[Item]) -> Iterator[Group]:
    # Where it is asked for, in the order of names; last, a region or elsewhere.
    def name_of(item: Item) -> str:
        departement = site.departement_of(item)
        if departement:
            return departement.nom
        return ""

    by_name = by_key(items, name_of)
    for name in sorted(by_name, key=lambda name: (not name, sort_key(name))):
        title = name or _WORDS["ailleurs"]
        yield Group(title, asked(by_name[name]), "lignes", f"Dans-{slugify(title)}", avenir=True)


_WORDS = rows_of("kinds.demandes", "mots")
# Who lends tools passes by their list.
BOARD = Board(
    DEMANDE, "/demandes/", _WORDS, (Kind.ANNONCE, Kind.RESSOURCE), grouped=_by_departement
)
links = BOARD.links
list_links = BOARD.list_links
plan_groups = BOARD.plan_groups


def plan_demandes(site: Site) -> Iterator[TemplatePage]:
    return plan_lists(_lists, site)


@listed
def _lists(site: Site) -> Iterator[Listing]:
    return BOARD.listings(site)
