"""Lists of each kind and theme, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.kit import Kit, capital
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views import Bloc, Card, Frame, Lien, ListingView, Pagination, ThemesView
from portail.site.site import Site
from portail.site.urls import HOME, THEMES, archives_of, file_of, page_of, theme_of
from portail.text.numbers import nombre

__all__ = ["plan_listings", "plan_themes"]

_LEADS = {
    Kind.ARTICLE: "Ce qui se découvre, se raconte et se discute dans la région.",
    Kind.EVENT: "Conférences, ateliers, expositions, sorties : ce qui a lieu, où et quand.",
    Kind.ANNONCE: "Emplois, appels, offres et recherches, jusqu’à leur échéance.",
    Kind.RESSOURCE: "Expositions à emprunter, malles, livres, vidéos et financements.",
    Kind.LIEU: "Les lieux à visiter et les structures avec qui monter un projet.",
    Kind.DOSSIER: "Plusieurs contenus réunis sur un même sujet.",
    Kind.COMMUNAUTE: "Celles et ceux que rassemblent un sujet ou un métier.",
    Kind.PROJET: "Ce que des structures construisent ensemble.",
    Kind.TERRITOIRE: "La culture scientifique vue de chaque territoire.",
    Kind.TEMPS_FORT: "Les rendez-vous qui reviennent chaque année.",
    Kind.AUTEUR: "Celles et ceux qui signent dans le portail.",
    Kind.NEWSLETTER: "Ce qui se passe en sciences dans la région, chaque semaine.",
    Kind.NEWSLETTER: "Les numéros de la lettre, du plus récent au plus ancien.",
}

_OVER = {
    Kind.EVENT: (
        "Événements passés",
        "Prochains événements",
        "Aucun rendez-vous à venir pour l’instant.",
    ),
    Kind.ANNONCE: ("Annonces terminées", "Annonces en cours", "Aucune annonce en cours."),
}
"""Kinds whose contents end: title of the archives, of the list, what an empty list says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """One list: where, its words, its cards in order, other views of it."""

    url: str
    titre: str
    chapo: str
    kind: str
    forme: str
    noms: tuple[str, str]
    cards: Sequence[Card]
    fil: tuple[Lien, ...]
    rubrique: str
    voisins: tuple[Lien, ...] = ()
    vide: str = ""
    theme: str = ""


def plan_listings(site: Site, frame: Frame, cards: Mapping[str, Card]) -> Iterator[TemplatePage]:
    """The list of every kind that holds something, and the archives of those that end."""
    for kind, lead in _LEADS.items():
        if site.of_kind(kind):
            for listing in _lists(kind, lead, site, cards):
                yield from _pages(listing, site, frame)


def _lists(kind: Kind, lead: str, site: Site, cards: Mapping[str, Card]) -> Iterator[_List]:
    items, info, home = site.of_kind(kind), kind.info, Lien("Accueil", HOME)
    past = [cards[item.ref] for item in items if item.passe]
    over, coming, empty = _OVER.get(kind, ("", "", ""))
    first = _List(
        url=info.listing,
        titre=info.rubrique,
        chapo=lead,
        kind=kind.value,
        forme="lignes" if kind in _OVER else "cartes",
        noms=(info.nom, info.pluriel),
        cards=[cards[item.ref] for item in items if not item.passe],
        fil=(home,),
        rubrique=info.listing,
        voisins=(Lien(over, archives_of(kind)),) if past else (),
        vide=empty,
    )
    yield first
    if past:
        yield replace(
            first,
            url=archives_of(kind),
            titre=over,
            chapo="Du plus récent au plus ancien.",
            cards=past,
            fil=(home, Lien(info.rubrique, info.listing)),
            voisins=(Lien(coming, info.listing),),
        )


def plan_themes(
    site: Site, frame: Frame, kit: Kit, cards: Mapping[str, Card]
) -> Iterator[TemplatePage]:
    """The page of all themes and the list of each that has content, in the vocabulary's order."""
    used = [code for code in kit.vocabularies["themes"] if code in site.indexes.by_theme]
    if not used:
        return
    home, rows = Lien("Accueil", HOME), []
    for code in used:
        cards_of = [cards[ref] for ref in site.indexes.by_theme[code]]
        label = capital(kit.label("themes", code))
        count = f"{nombre(len(cards_of))} contenu{'s' * (len(cards_of) > 1)}"
        rows.append((code, Lien(label, theme_of(code), count)))
        lead = f"Tout ce que le portail publie sur le thème « {label} »."
        listing = _List(
            url=theme_of(code),
            titre=label,
            chapo=lead,
            kind="themes",
            forme="cartes",
            noms=("contenu", "contenus"),
            cards=cards_of,
            theme=code,
            rubrique="",
            fil=(home, Lien("Thèmes", THEMES)),
        )
        yield from _pages(listing, site, frame)

    view = ThemesView(
        cadre=frame,
        titre="Thèmes",
        description="Les contenus du portail par thème.",
        url=THEMES,
        fil=(home,),
        themes=tuple(rows),
    )

    key = (frame.digest, digest_bytes(repr(rows).encode()))
    hint = SitemapHint()
    yield TemplatePage(file_of(THEMES), THEMES, "themes.html", key, lambda: view, sitemap=hint)


def _pages(listing: _List, site: Site, frame: Frame) -> Iterator[TemplatePage]:
    size = site.config.taille_page
    total = max(1, -(-len(listing.cards) // size))
    urls = tuple(page_of(listing.url, number) for number in range(1, total + 1))
    for number, url in enumerate(urls, start=1):
        shown = tuple(listing.cards[(number - 1) * size : number * size])
        pagination = Pagination(number, total, urls)
        count = len(listing.cards)
        seen = (listing.titre, count, listing.voisins, [card.digest for card in shown])
        key = (frame.digest, digest_bytes(repr(seen).encode()))
        yield TemplatePage(
            file_of(url),
            url,
            "listing.html",
            key,
            _viewer(listing, frame, url, shown, pagination),
            sitemap=SitemapHint(),
        )
    if total > 1:  # the folder of its pages: an address cut at any slash gives a page
        yield redirect_page(f"{listing.url}page/", listing.url, listing.titre, frame)


def _viewer(
    listing: _List, frame: Frame, url: str, shown: tuple[Card, ...], pagination: Pagination
) -> Callable[[], ListingView]:
    def view() -> ListingView:
        count, number = len(listing.cards), pagination.numero
        title = listing.titre if number == 1 else f"{listing.titre}, page {number}"
        return ListingView(
            cadre=frame,
            titre=title,
            description=listing.chapo,
            url=url,
            fil=listing.fil,
            rubrique=listing.rubrique,
            chapo=listing.chapo,
            kind=listing.kind,
            blocs=(Bloc(listing.titre, shown, forme=listing.forme),),
            nombre=f"{nombre(count)} {listing.noms[count > 1]}",
            pagination=pagination,
            voisins=listing.voisins,
            vide=listing.vide,
            theme=listing.theme,
        )

    return view
