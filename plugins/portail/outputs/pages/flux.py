"""The page that explains feeds and lists them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.feed_links import FORMAT_NAMES, linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.flux import FeuilleFlux, FluxListe, FluxView, GroupeFlux
from portail.outputs.pages.views.shared import Lien
from portail.site.feeds import LENGTH, Feed, Feeds
from portail.site.site import Site
from portail.site.urls import CALENDARS, DATA, FEED_SHEET, FEEDS, HOME, MY_LETTER, OPML
from portail.text.typography import typographie

__all__ = ["feed_groups", "plan_feeds"]

_GROUPS = (
    ("Le portail et ses rubriques", ("tout", "rubrique", "a-venir")),
    (Kind.NEWSLETTER.info.rubrique, ("lettre",)),
    ("Thèmes", ("theme",)),
    ("Territoires", ("territoire",)),
    ("Communautés", ("communaute",)),
    ("Dossiers", ("dossier",)),
    ("Lieux et structures", ("lieu",)),
    ("Auteurs et autrices", ("auteur",)),
)
"""Title of each part, and the groups of ``Feeds`` that it lists."""
_ALSO = {
    CALENDARS: "Calendriers : les dates de l’agenda dans votre téléphone",
    MY_LETTER: "Ma lettre : la lettre de la semaine, pour un territoire et des thèmes",
    DATA: "Données ouvertes : tous les contenus, à télécharger",
}
_OPEN = 12
"""Longer lists are folded."""


def feed_groups(feeds: Feeds) -> Iterator[tuple[str, tuple[Feed, ...]]]:
    """The title of each part that holds some feeds, and these."""
    known: dict[str, list[Feed]] = {}
    for one in feeds.every:
        known.setdefault(one.groupe, []).append(one)
    for title, names in _GROUPS:
        held = tuple(one for name in names for one in known.get(name, ()))
        if held:
            yield title, held


def plan_feeds(site: Site) -> Iterator[TemplatePage]:
    """``/flux/`` and the style sheet of feeds, when there is one."""
    if site.feeds.every:
        yield drawn(site, FEEDS, "flux.html", _show, sitemap=SitemapHint())
        yield drawn(site, FEED_SHEET, "flux.css", _sheet)


def _sheet(site: Site) -> FeuilleFlux:
    return FeuilleFlux()


def _show(site: Site) -> FluxView:
    frame = frame_of(site)
    urls = frame.urls
    return FluxView(
        cadre=frame,
        titre="Flux",
        description=f"Suivre les sciences {site.config.en_region} dans un lecteur de flux.",
        url=FEEDS,
        fil=(Lien("Accueil", HOME),),
        flux=linked_feeds(site, HOME),
        groupes=tuple(
            GroupeFlux(title, f"Groupe-{number}", *_told(held), len(held) > _OPEN)
            for number, (title, held) in enumerate(feed_groups(site.feeds), start=1)
        ),
        opml=OPML,
        longueur=LENGTH,
        aussi=tuple(Lien(text, url) for url, text in _ALSO.items() if url in urls),
    )


def _told(held: Sequence[Feed]) -> tuple[tuple[FluxListe, ...], bool]:
    """Feeds as they are listed, and whether some have several forms."""
    told = tuple(
        FluxListe(
            typographie(feed.nom),
            tuple(Lien(FORMAT_NAMES[one.format], one.url) for one in feed.adresses),
        )
        for feed in held
    )
    return told, any(len(one.formes) > 1 for one in told)
