"""Site plan, search, 404: pages that lead to the others."""

from __future__ import annotations

from collections.abc import Iterator

from portail.forms.layout import FORMS
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.empreintes import LOST
from portail.outputs.newsletter.releases import has_letter
from portail.outputs.pages.agenda_words import agenda_links
from portail.outputs.pages.boite import toolbox_link
from portail.outputs.pages.carte import map_links
from portail.outputs.pages.catalogue import catalogue_links, month_links
from portail.outputs.pages.facet_words import list_words
from portail.outputs.pages.frame import FOLLOW, frame_of
from portail.outputs.pages.indexes import index_links
from portail.outputs.pages.letters import shelves
from portail.outputs.pages.opensearch import plan_opensearch
from portail.outputs.pages.recherche import plan_search_page
from portail.outputs.pages.subscribing import LETTER
from portail.outputs.pages.views.frame import Frame, PageView
from portail.outputs.pages.views.lists import NotFoundView, PlanView
from portail.outputs.pages.views.shared import Lien, NavGroup
from portail.site.lists import LISTS, TOOLS, NarrowedList
from portail.site.narrowed import narrowed
from portail.site.site import Site
from portail.site.urls import (
    COMMUNES_PAGE,
    CONTRIBUTE,
    HOME,
    LEAVE,
    LETTERS,
    MANIFEST,
    NEAR,
    NOT_FOUND,
    PLAN,
    SUBJECTS,
    THEMES,
    empreinte_of,
    form_of,
    letters_of,
    theme_of,
)
from portail.text.inline import plain
from portail.text.typography import capital

__all__ = ["plan_service", "ways_out"]

_PLAN_LIMIT = 200


def plan_service(site: Site) -> Iterator[TemplatePage]:
    """The site plan, the search, the 404 page, what phones and browsers ask."""
    yield drawn(site, PLAN, "plan.html", _plan, sitemap=SitemapHint())
    yield from plan_search_page(site)
    yield drawn(site, NOT_FOUND, "404.html", _lost)
    yield drawn(site, MANIFEST, "manifest.webmanifest", _manifest)
    yield from plan_opensearch(site)


def _lost(site: Site) -> NotFoundView:
    frame = frame_of(site)
    return NotFoundView(
        cadre=frame,
        titre="Page introuvable",
        noindex=True,
        url=NOT_FOUND,
        description="Cette adresse ne mène à aucune page.",
        issues=ways_out(frame),
        plan=PLAN,
        empreinte=empreinte_of(*LOST),
    )


def ways_out(frame: Frame) -> tuple[Lien, ...]:
    """Where to go from a page that is not there."""
    search = (Lien("Recherche", frame.recherche),) if frame.recherche else ()
    return (Lien("Accueil", HOME), *frame.menu, *search, Lien("Plan du site", PLAN))


def _manifest(site: Site) -> PageView:
    """What a phone asks of a site put on its home screen."""
    frame = frame_of(site)
    description = f"Agenda, articles et annuaire des sciences {frame.en_region}."
    return PageView(cadre=frame, titre=frame.nom, description=description, url=MANIFEST)


def _plan(site: Site) -> PlanView:
    frame = frame_of(site)
    return PlanView(
        cadre=frame,
        titre="Plan du site",
        description="Toutes les pages du portail.",
        url=PLAN,
        fil=(Lien("Accueil", HOME),),
        groupes=(*_plan_groups(site), *_ways(frame)),
    )


def _plan_groups(site: Site) -> Iterator[NavGroup]:
    """Indexes, themes, the agenda, then each kind: its list, and its contents that are not over;
    where one proposes some."""
    indexes = tuple(one for one in index_links(site) if one.url in (SUBJECTS, COMMUNES_PAGE, NEAR))
    if indexes:
        yield NavGroup("Index alphabétiques", indexes)
    if toolbox := toolbox_link(site):
        yield NavGroup("Monter un projet", toolbox)
    terms = [
        one for one in site.vocabularies["themes"].values() if one.code in site.indexes.by_theme
    ]
    if terms:
        themes = (Lien(capital(one.label), theme_of(one.code)) for one in terms)
        yield NavGroup("Thèmes", (Lien("Tous les thèmes", THEMES), *themes))
    if site.of_kind(Kind.EVENT):
        yield NavGroup("Agenda", (*agenda_links(site), *map_links(site)))
    for kind in Kind:
        info, items = kind.info, site.of_kind(kind)
        if kind is Kind.NEWSLETTER and has_letter(site):
            yield NavGroup(LETTER, tuple(_letters(site)))
        if kind is Kind.NEWSLETTER or not items:
            continue
        all_of = [Lien(f"Tout voir : {info.rubrique}", info.listing)] if info.listing else []
        for liste in LISTS:
            if liste.url == info.listing:
                all_of += _narrowed(site, liste)
        links = (
            Lien(plain(item.entry.titre), item.url)
            for item in items[:_PLAN_LIMIT]
            if not item.passe
        )
        yield NavGroup(info.plusieurs, (*all_of, *links))
        if kind is Kind.RESSOURCE and catalogue_links(site):
            ways = (*catalogue_links(site), *month_links(site))
            yield NavGroup("Catalogue", (*ways, *_narrowed(site, TOOLS)))
    forms = tuple(_form(kind) for kind in FORMS)
    yield NavGroup("Contribuer", (Lien("Que proposer", CONTRIBUTE), *forms))


def _form(kind: Kind) -> Lien:
    return Lien(f"Proposer {kind.info.un}", form_of(kind))


def _narrowed(site: Site, liste: NarrowedList) -> Iterator[Lien]:
    """The values by which a list is narrowed."""
    found = narrowed(site, liste)
    for facet, value in found.pairs() if found else ():
        words = list_words(liste, facet, value, site.geography, site.config.region)
        yield Lien(words.titre, liste.page_of((facet.cle, value.code)))


def _letters(site: Site) -> Iterator[Lien]:
    """The letter: its editions, its last issues, how one leaves."""
    yield Lien("Tous les numéros", LETTERS)
    every = shelves(site)
    yield from (Lien(f"Édition : {one.nom}", letters_of(one.code)) for one in every[1:])
    yield from (Lien(one.issue.sujet, one.url) for one in every[0].envoyes[:_PLAN_LIMIT])
    yield Lien("Se désabonner", LEAVE)


def _ways(frame: Frame) -> Iterator[NavGroup]:
    """What one follows and takes away, as the foot of pages tells it."""
    yield from (group for group in frame.pied if group.titre == FOLLOW)
