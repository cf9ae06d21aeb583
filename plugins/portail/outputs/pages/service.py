"""Home, site plan, 404: pages made of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portail.files import digest_bytes
from portail.model.annonce import Annonce
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.kit import Kit, capital
from portail.outputs.pages.views import (
    Bloc,
    Card,
    Frame,
    HomeView,
    Lien,
    NavGroup,
    NotFoundView,
    PlanView,
)
from portail.site.site import Item, Site
from portail.site.urls import HOME, NOT_FOUND, PLAN, THEMES, file_of, theme_of
from portail.text.inline import plain
from portail.text.numbers import nombre

__all__ = ["plan_service"]

_FEATURED, _SOON_DAYS = 5, 21
_HOME_BLOCS = (
    (Kind.EVENT, "L’agenda", 6, "lignes"),
    (Kind.ARTICLE, "Derniers articles", 6, "cartes"),
    (Kind.DOSSIER, "Dossiers", 2, "cartes"),
    (Kind.ANNONCE, "Annonces qui se terminent", 4, "lignes"),
    (Kind.RESSOURCE, "Ressources à emprunter ou à lire", 3, "cartes"),
    (Kind.LIEU, "Dans l’annuaire", 3, "cartes"),
)
_FIGURES = (Kind.EVENT, Kind.ARTICLE, Kind.LIEU, Kind.RESSOURCE)
_PLAN_LIMIT = 200
_LEAD = "Agenda, articles, annonces, ressources et annuaire des sciences"


def plan_service(
    site: Site, frame: Frame, kit: Kit, cards: Mapping[str, Card]
) -> Iterator[TemplatePage]:
    """The home page, the site plan and the 404 page."""
    yield _home(site, frame, cards)
    yield _plan(site, frame, kit)
    outs = (Lien("Accueil", HOME), *frame.menu, Lien("Plan du site", PLAN))

    def lost() -> NotFoundView:
        return NotFoundView(
            cadre=frame,
            titre="Page introuvable",
            noindex=True,
            url=NOT_FOUND,
            description="Cette adresse ne mène à aucune page.",
            issues=outs,
        )

    yield TemplatePage(file_of(NOT_FOUND), NOT_FOUND, "404.html", (frame.digest,), lost)


def _home(site: Site, frame: Frame, cards: Mapping[str, Card]) -> TemplatePage:
    featured = _featured(site)
    shown = {item.ref for item in featured}
    blocs = []
    for kind, title, limit, form in _HOME_BLOCS:
        items = [item for item in _live(site, kind) if item.ref not in shown][:limit]
        if items:
            found = tuple(cards[item.ref] for item in items)
            blocs.append(Bloc(title, found, kind.info.listing, form))
    view = HomeView(
        cadre=frame,
        titre=frame.nom,
        description=f"{_LEAD} en {frame.region}.",
        url=HOME,
        une=tuple(cards[item.ref] for item in featured),
        blocs=tuple(blocs),
        chiffres=tuple(_figures(site)),
    )
    seen = (
        [card.digest for card in view.une],
        [bloc.shown for bloc in blocs],
        view.chiffres,
    )
    key = (frame.digest, digest_bytes(repr(seen).encode()))
    return TemplatePage(file_of(HOME), HOME, "index.html", key, lambda: view, sitemap=SitemapHint())


def _figures(site: Site) -> Iterator[Lien]:
    for kind in _FIGURES:
        count = len(site.of_kind(kind))
        if count:
            yield Lien(kind.info.counted(count), kind.info.listing, nombre(count))


def _live(site: Site, kind: Kind) -> list[Item]:
    """Contents of a kind that are not over."""
    today = site.day.date
    items = [item for item in site.of_kind(kind) if not item.passe]
    if kind is Kind.ANNONCE:
        items = [
            item
            for item in items
            if isinstance(item.entry, Annonce)
            and item.entry.echeance
            and 0 <= (item.entry.echeance - today).days <= _SOON_DAYS
        ]
    return items


def _featured(site: Site) -> list[Item]:
    """What editors put forward, the soonest end first, completed by events to come and articles."""
    today = site.day.date
    chosen = [
        item
        for item in site.items.values()
        if item.entry.a_ne_pas_manquer
        and item.entry.a_ne_pas_manquer >= today
        and not item.passe
        and _goes_ahead(item)
    ]
    chosen.sort(key=lambda item: (item.entry.a_ne_pas_manquer or today, item.ref))
    pool: Sequence[Item] = [
        *_live(site, Kind.ARTICLE)[:2],
        *[item for item in _live(site, Kind.EVENT) if _goes_ahead(item)][:2],
        *_live(site, Kind.DOSSIER)[:1],
        *_live(site, Kind.ARTICLE)[2:5],
    ]
    seen = {item.ref for item in chosen}
    return [*chosen, *(item for item in pool if item.ref not in seen)][:_FEATURED]


def _goes_ahead(item: Item) -> bool:
    """Whether it is not an event that is cancelled or postponed."""
    shown = item.montree
    return shown is None or shown.etat not in ("annule", "reporte")


def _plan(site: Site, frame: Frame, kit: Kit) -> TemplatePage:
    view = PlanView(
        cadre=frame,
        titre="Plan du site",
        description="Toutes les pages du portail.",
        url=PLAN,
        fil=(Lien("Accueil", HOME),),
        groupes=tuple(_plan_groups(site, kit)),
    )
    key = (frame.digest, digest_bytes(repr(view.groupes).encode()))
    return TemplatePage(file_of(PLAN), PLAN, "plan.html", key, lambda: view, sitemap=SitemapHint())


def _plan_groups(site: Site, kit: Kit) -> Iterator[NavGroup]:
    """Themes, then each kind: its list, and its contents that are not over."""
    codes = [code for code in kit.vocabularies["themes"] if code in site.indexes.by_theme]
    if codes:
        themes = (Lien(capital(kit.label("themes", code)), theme_of(code)) for code in codes)
        yield NavGroup("Thèmes", (Lien("Tous les thèmes", THEMES), *themes))
    for kind in Kind:
        info, items = kind.info, site.of_kind(kind)
        if not items:
            continue
        all_of = (Lien(f"Tout voir : {info.rubrique}", info.listing),) if info.listing else ()
        links = (
            Lien(plain(item.entry.titre), item.url)
            for item in items[:_PLAN_LIMIT]
            if not item.passe
        )
        yield NavGroup(capital(info.pluriel), (*all_of, *links))
