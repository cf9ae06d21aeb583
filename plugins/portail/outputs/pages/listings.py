"""The list of each kind, its archives, themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.agenda_views import plan_agenda
from portail.outputs.pages.annuaire import DirectoryMap
from portail.outputs.pages.boite import toolbox_link
from portail.outputs.pages.cards import all_cards
from portail.outputs.pages.catalogue import catalogue_links
from portail.outputs.pages.donnees import FileSets, file_sets
from portail.outputs.pages.feed_links import kept_informed, linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.groups import (
    alphabet,
    by_kind,
    by_letter,
    by_month,
    by_territory,
    kinds_index,
)
from portail.outputs.pages.kit import Kit, capital, contribution, kit_of
from portail.outputs.pages.narrowed_lists import plan_narrowed
from portail.outputs.pages.paging import (
    Group,
    Grouped,
    Listing,
    last_change,
    plan_pages,
)
from portail.outputs.pages.periods import past_years, presentations
from portail.outputs.pages.views import (
    Card,
    FluxLie,
    Frame,
    Lien,
    ThemesView,
    Vide,
)
from portail.outputs.pages.wheel import plan_wheel
from portail.site.embeds import embedding_of
from portail.site.lists import LISTS
from portail.site.narrowed import page_of_value
from portail.site.site import Item, Site
from portail.site.urls import CATALOGUE, HOME, THEMES, archives_of, file_of, theme_of
from portail.text.inline import plain
from portail.text.numbers import nombre

__all__ = ["ARCHIVES", "plan_listing", "plan_themes"]

_LEADS = {
    Kind.ARTICLE: "Ce qui se découvre, se raconte et se discute dans la région.",
    Kind.EVENT: "Conférences, ateliers, expositions, sorties : ce qui a lieu, où et quand.",
    Kind.ANNONCE: "Emplois, appels, offres et recherches, jusqu’à leur échéance.",
    Kind.RESSOURCE: "Expositions à emprunter, malles, livres, vidéos et financements.",
    Kind.LIEU: "Les lieux à visiter et les structures avec qui monter un projet.",
    Kind.DOSSIER: "Plusieurs contenus réunis sur un même sujet.",
    Kind.COMMUNAUTE: "Celles et ceux que rassemblent un sujet ou un métier.",
    Kind.PROJET: "Ce que des structures construisent ensemble.",
    Kind.TERRITOIRE: "Qui fait vivre les sciences, et ce qui s’y passe, territoire par territoire.",
    Kind.TEMPS_FORT: "Les rendez-vous qui reviennent chaque année.",
    Kind.AUTEUR: "Celles et ceux qui signent dans le portail.",
}

ARCHIVES = {Kind.EVENT: "Événements passés", Kind.ANNONCE: "Annonces terminées"}
"""Kinds whose contents end, and the title of what is over."""

_OVER = {
    Kind.EVENT: (
        "Prochains événements",
        "Aucun rendez-vous à venir pour l’instant.",
        "Proposer un événement",
    ),
    Kind.ANNONCE: (
        "Annonces en cours",
        "Aucune annonce en cours.",
        "Proposer une annonce",
    ),
}
"""Title of what is not over, what an empty list says, and asks."""

_FORMS = {Kind.ARTICLE: "vedette", Kind.DOSSIER: "vedette"}
_NAMES = (Kind.LIEU, Kind.AUTEUR)
"""Kinds that are looked up by name: by letter as soon as there are many."""
_FOR_PROJECTS = (Kind.LIEU, Kind.RESSOURCE, Kind.TERRITOIRE)
"""Kinds in which one looks for what a project needs: the toolbox gathers it."""
_DENSE = 8
"""Names of one line: so many times the cards of a page (192 for 24)."""
_HOME = Lien("Accueil", HOME)


def plan_listing(site: Site, name: str) -> Iterator[TemplatePage]:
    """The list of a kind that holds something, and the archives of one that ends."""
    kind = Kind(name)
    if kind not in _LEADS or not site.of_kind(kind):
        return
    frame, cards = frame_of(site), all_cards(site)
    narrowed_lists = {one.url: one for one in LISTS}
    for listing in _Lists(site, frame, kit_of(site), cards, file_sets(site)).of(kind):
        if listing.url == Kind.EVENT.info.listing:
            yield from plan_agenda(listing, site, frame, cards)
        elif kind is Kind.TEMPS_FORT:
            yield from plan_wheel(listing, site, frame)
        elif liste := narrowed_lists.get(listing.url):
            yield from plan_narrowed(listing, liste, site, frame, cards)
        else:
            yield from plan_pages(listing, frame)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Makes the lists of a site."""

    site: Site
    frame: Frame
    kit: Kit
    cards: Mapping[str, Card]
    data: FileSets

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
        found = tuple(self.cards[item.ref] for item in items)
        form = "lignes" if kind in _OVER else _FORMS.get(kind, "cartes")
        data = self.data.get(kind)
        listing = Listing(
            url=info.listing,
            titre=info.rubrique,
            chapo=_LEADS[kind],
            kind=kind.value,
            nombre=f"{nombre(len(items))} {info.counted(len(items))}",
            groups=[Group(info.rubrique, found, form, avenir=kind in _OVER)],
            fil=(_HOME,),
            rubrique=info.listing,
            taille=size,
            voisins=self._others(kind, past),
            vide=None if items else self._nothing(kind, past),
            presentations=presentations(self.site) if kind is Kind.EVENT else (),
            change=None if kind in _OVER else last_change(items),
            flux=linked_feeds(self.site, info.listing),
            donnees=data.fichiers if data else (),
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
            groups = by_territory(items, self.cards, self.site)
            index = kinds_index(groups)
            return replace(listing, groups=groups, index=index, taille=size * _DENSE)
        return listing

    def _others(self, kind: Kind, past: Sequence[Item]) -> tuple[Lien, ...]:
        """What is over; what can be borrowed, who can help."""
        return (
            *((Lien(ARCHIVES[kind], archives_of(kind)),) if past else ()),
            *(catalogue_links(self.site) if kind is Kind.RESSOURCE else ()),
            *(toolbox_link(self.site) if kind in _FOR_PROJECTS else ()),
        )

    def _by_letter(self, items: Sequence[Item]) -> Grouped:
        """Names by letter; an index of the letters when there are many."""
        groups = by_letter(items, self.cards, self.site)
        many = len(items) > self.site.config.taille_page
        return Grouped(groups, alphabet(groups) if many else ())

    def _directory(self) -> dict[str, Any]:
        """What only the lists of the directory have."""
        drawn = DirectoryMap(self.site, self.cards, self.kit)
        buttons = contribution("Ajouter un lieu", Kind.LIEU)
        return {"template": "annuaire.html", "carte": drawn, "boutons": buttons}

    def _nothing(self, kind: Kind, past: Sequence[Item]) -> Vide:
        """An empty list: what was last in it, its archives, how to fill it."""
        over, (_, empty, ask) = ARCHIVES[kind], _OVER[kind]
        last = self.cards[past[0].ref]
        count = Lien(f"{over} ({nombre(len(past))})", archives_of(kind))
        near = Lien(plain(last.titre), last.url, "".join(last.details[:1]).lower())
        calendar = kind is Kind.EVENT
        told = kept_informed(linked_feeds(self.site, kind.info.listing), calendar=calendar)
        ways = (count, *told, *contribution(ask, kind))
        return Vide(empty, "Dernière date :", ways, near)

    def _archives(self, kind: Kind, past: Sequence[Item], first: Listing) -> Listing:
        over, coming = ARCHIVES[kind], _OVER[kind][0]
        info = kind.info
        years = past_years(self.site) if kind is Kind.EVENT else ()
        return replace(
            first,
            url=archives_of(kind),
            titre=over,
            chapo="Du plus récent au plus ancien.",
            nombre=f"{nombre(len(past))} {info.counted(len(past))}",
            groups=by_month(past, self.cards),
            fil=(_HOME, Lien(info.rubrique, info.listing)),
            voisins=(Lien(coming, info.listing), *years),
            vide=None,
            presentations=(),
            donnees=(),
        )


def plan_themes(site: Site) -> Iterator[TemplatePage]:
    """The page of all themes and the list of each that has content, in the vocabulary's order."""
    frame, kit, cards = frame_of(site), kit_of(site), all_cards(site)
    used = [code for code in kit.vocabularies["themes"] if code in site.indexes.by_theme]
    if not used:
        return
    rows = []
    for code in used:
        items = [site.items[ref] for ref in site.indexes.by_theme[code]]
        label, groups = capital(kit.label("themes", code)), by_kind(items, cards)
        count = f"{nombre(len(items))} contenu{'s' * (len(items) > 1)}"
        rows.append((code, Lien(label, theme_of(code), f"{count} : {_kinds(items)}")))
        pair = ("theme", code)
        ways = {
            "L’agenda de ce thème": site.ahead.page_of(pair),
            "Les outils à emprunter": page_of_value(site, CATALOGUE, pair),
        }
        listing = Listing(
            url=theme_of(code),
            titre=label,
            voisins=tuple(Lien(text, url) for text, url in ways.items() if url),
            chapo=f"Tout ce que le portail publie sur le thème « {label} ».",
            kind="themes",
            nombre=count,
            groups=groups,
            index=kinds_index(groups),
            theme=code,
            rubrique="",
            fil=(_HOME, Lien("Thèmes", THEMES)),
            calendrier=site.calendars.url_of(theme_of(code)),
            embarquer=embedding_of(site, theme_of(code)),
            flux=linked_feeds(site, theme_of(code)),
            taille=2 * site.config.taille_page,
            change=last_change(items),
        )
        yield from plan_pages(listing, frame)
    yield _themes(rows, frame, linked_feeds(site, THEMES))


def _kinds(items: Sequence[Item]) -> str:
    """« 12 articles, 1 dossier »."""
    counts = Counter(item.entry.kind for item in items)
    return ", ".join(f"{nombre(n)} {kind.info.counted(n)}" for kind, n in sorted(counts.items()))


def _themes(
    rows: Sequence[tuple[str, Lien]], frame: Frame, flux: tuple[FluxLie, ...]
) -> TemplatePage:
    view = ThemesView(
        cadre=frame,
        titre="Thèmes",
        description="Les contenus du portail par thème.",
        url=THEMES,
        fil=(_HOME,),
        flux=flux,
        themes=tuple(rows),
    )
    key = (frame.digest, digest_bytes(repr((rows, flux)).encode()))
    hint = SitemapHint()
    return TemplatePage(file_of(THEMES), THEMES, "themes.html", key, lambda: view, sitemap=hint)
