"""The list of each kind, and its archives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.model.kinds import Kind
from portail.outputs.pages import kit
from portail.outputs.pages.boite import toolbox_link
from portail.outputs.pages.cards import Cards, card_of
from portail.outputs.pages.catalogue import catalogue_links
from portail.outputs.pages.lists import indexes
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, last_change
from portail.outputs.pages.maps.atlas import Placed, directory_map
from portail.outputs.pages.views.shared import Lien, MapView, Vide
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import HOME, archives_of
from portail.text.typography import nombre, plain


def places_map(site: Site, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
    """Where the places that a page lists are, and the number of the point of each that has one."""
    placed = [
        Placed(ref, Lien(plain(card.titre), card.url), card.theme, commune)
        for ref in refs
        if (commune := site.items[ref].commune)
        for card in (card_of(site, ref),)
    ]
    return directory_map(placed, kit.kit_of(site).atlas)


_FORMS = {Kind.ARTICLE: "vedette", Kind.DOSSIER: "vedette"}
_NAMES = (Kind.LIEU, Kind.AUTEUR)
"""Kinds that are looked up by name: by letter as soon as there are many."""
_FOR_CLASSES = (Kind.EVENT, Kind.LIEU, Kind.RESSOURCE)
_FOR_PROJECTS = (Kind.LIEU, Kind.RESSOURCE, Kind.TERRITOIRE)
"""Kinds in which one looks for what a project needs: the toolbox gathers it."""
_DENSE = 8
"""Names of one line: so many times the cards of a page (192 for 24)."""
_HOME = Lien("Accueil", HOME)


@per_site
def kind_lists(site: Site, kind: Kind) -> tuple[Listing, ...]:
    """The list of a kind that holds something, and the archives of one that ends."""
    return tuple(_Lists(site).of(kind)) if kind.info.lead and site.of_kind(kind) else ()


class _Lists(Struct, frozen=True):
    """Makes the lists of a site."""

    site: Site

    def of(self, kind: Kind) -> Iterator[Listing]:
        """The list of a kind, then its archives."""
        items = self.site.of_kind(kind)
        past = [item for item in items if item.passe]
        first = self._first(kind, [item for item in items if not item.passe], past)
        yield first
        if past:
            yield self._archives(kind, past, first)

    def _first(self, kind: Kind, items: Sequence[Item], past: Sequence[Item]) -> Listing:
        info, size = kind.info, self.site.config.taille_page
        arranged = partial(self._arranged, kind)
        listing = Listing(
            url=info.listing,
            titre=info.rubrique,
            chapo=info.lead,
            kind=kind.value,
            nombre=f"{nombre(len(items))} {info.counted(len(items))}",
            groups=arranged(items).groups,
            rangement=arranged,
            fil=(_HOME,),
            rubrique=info.listing,
            taille=size,
            voisins=self._others(kind, past),
            vide=None if items else self._nothing(kind, past),
            presentations=kit.presentations(self.site) if kind is Kind.EVENT else (),
            change=None if info.coming else last_change(items),
            flux=kit.linked_feeds(self.site, info.listing),
            calendrier=kit.linked_calendar(self.site, info.listing) if kind is Kind.ANNONCE else "",
        )
        if kind is Kind.LIEU or (kind in _NAMES and len(items) > size):
            grouped = self._by_letter(items)
            return replace(
                listing,
                groups=grouped.groups,
                index=grouped.index,
                taille=size * _DENSE,
                rangement=self._by_letter,
                **(self._directory() if kind is Kind.LIEU else {}),
            )
        if kind is Kind.TERRITOIRE:
            groups = indexes.by_territory(items, self.site)
            index = indexes.kinds_index(groups)
            return replace(listing, groups=groups, index=index, taille=size * _DENSE)
        return listing

    def _arranged(self, kind: Kind, items: Sequence[Item]) -> Grouped:
        """All in one group."""
        form = "lignes" if kind.info.coming else _FORMS.get(kind, "cartes")
        cards = Cards(self.site, items)
        return Grouped([Group(kind.info.rubrique, cards, form, avenir=bool(kind.info.coming))])

    def _others(self, kind: Kind, past: Sequence[Item]) -> tuple[Lien, ...]:
        """What is over; neighbours; what can be borrowed, who can help."""
        return (
            *((Lien(kind.info.archives, archives_of(kind)),) if past else ()),
            *(kit.network_links(self.site) if kind is Kind.EVENT else ()),
            *(catalogue_links(self.site) if kind is Kind.RESSOURCE else ()),
            *(kit.class_links(self.site) if kind in _FOR_CLASSES else ()),
            *(toolbox_link(self.site) if kind in _FOR_PROJECTS else ()),
        )

    def _by_letter(self, items: Sequence[Item]) -> Grouped:
        """Names by letter; an index of the letters when there are many."""
        groups = indexes.by_letter(items, self.site)
        many = len(items) > self.site.config.taille_page
        return Grouped(groups, indexes.alphabet(groups) if many else ())

    def _directory(self) -> dict[str, Any]:
        """What only the lists of the directory have."""
        drawn = partial(places_map, self.site)
        buttons = kit.contribution(self.site, Kind.LIEU, "Ajouter un lieu")
        return {"template": "annuaire.html", "carte": drawn, "boutons": buttons}

    def _nothing(self, kind: Kind, past: Sequence[Item]) -> Vide:
        """An empty list: what was last in it, its archives, how to fill it."""
        info = kind.info
        last = card_of(self.site, past[0].ref)
        count = Lien(f"{info.archives} ({nombre(len(past))})", archives_of(kind))
        near = Lien(plain(last.titre), last.url, "".join(last.details[:1]).lower())
        calendar = kind is Kind.EVENT
        told = kit.kept_informed(kit.linked_feeds(self.site, info.listing), calendar=calendar)
        ways = (count, *told, *kit.contribution(self.site, kind))
        return Vide(info.empty, kit.WORDS["listes"]["dernier"], ways, near)

    def _archives(self, kind: Kind, past: Sequence[Item], first: Listing) -> Listing:
        info = kind.info
        over, coming = info.archives, info.coming
        years = kit.past_years(self.site) if kind is Kind.EVENT else ()
        return replace(
            first,
            url=archives_of(kind),
            titre=over,
            chapo=kit.WORDS["listes"]["archives"],
            nombre=f"{nombre(len(past))} {info.counted(len(past))}",
            groups=indexes.by_month(past, self.site),
            fil=(_HOME, Lien(info.rubrique, info.listing)),
            voisins=(Lien(coming, info.listing), *years),
            vide=None,
            calendrier="",
            presentations=(),
        )
