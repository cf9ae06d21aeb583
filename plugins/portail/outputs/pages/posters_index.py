"""Where town halls and libraries choose a poster."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Month, Week
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.papier import AffichesView, RangAffiches
from portail.outputs.pages.views.shared import Lien
from portail.site.posters import Poster
from portail.site.site import Site
from portail.site.urls import HOME, POSTERS, listing_of
from portail.text.normalise import sort_key

__all__ = ["plan_posters_index"]

_GROUPS = {
    "region": "Toute la région",
    "epci": "Intercommunalités",
    "commune": "Communes",
    "lieu": "Lieux",
}
_MOST = 300
"""With more posters than this, each place shows only the one to print today."""


def plan_posters_index(site: Site) -> Iterator[TemplatePage]:
    """The page, when there is an agenda; it may have nothing to offer."""
    if site.of_kind(Kind.EVENT):
        yield drawn(site, POSTERS, "affiches.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> AffichesView:
    agenda = Kind.EVENT.info
    return AffichesView(
        cadre=frame_of(site),
        titre="Affiches à imprimer",
        description="Le programme des sciences de votre commune, de votre intercommunalité ou de "
        "votre lieu, sur une feuille A4 en noir et blanc, prête à imprimer et à afficher.",
        url=POSTERS,
        fil=(Lien("Accueil", HOME), Lien(agenda.rubrique, agenda.listing)),
        rubrique=listing_of(Kind.EVENT),
        groupes=tuple(_groups(site)),
    )


def _groups(site: Site) -> Iterator[tuple[str, tuple[RangAffiches, ...]]]:
    by_scope = site.posters.by_scope
    every = sum(map(len, by_scope.values())) <= _MOST
    for sorte, title in _GROUPS.items():
        found = [
            some
            for url, some in by_scope.items()
            if some[0].scope.sorte == sorte and site.posters.proposed(url)
        ]
        found.sort(key=lambda some: (sort_key(some[0].scope.nom), some[0].scope.url))
        rows = tuple(_row(some, site, every=every) for some in found)
        if rows:
            yield title, rows


def _row(posters: tuple[Poster, ...], site: Site, *, every: bool) -> RangAffiches:
    scope = posters[0].scope
    name = site.config.region if scope.sorte == "region" else scope.nom
    links = (Lien(_short(one.period), one.url) for one in posters if every)
    return RangAffiches(Lien(name, site.posters.proposed(scope.url)), tuple(links))


def _short(period: Week | Month) -> str:
    """« 4 – 10 oct. », « octobre 2021 »."""
    return period.dates_courtes if isinstance(period, Week) else period.libelle
