"""The pages that list feeds and calendars, with how to subscribe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import FORMAT_NAMES, linked_feeds
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien
from portail.site.calendars import Calendar
from portail.site.facets import EVENT_FACETS
from portail.site.feeds import LENGTH, Feed, Feeds
from portail.site.site import Site
from portail.site.urls import CALENDARS, DATA, FEED_SHEET, FEEDS, HOME, MY_LETTER, OPML, listing_of
from portail.text.typography import typographie

# The page of feeds.


@dataclass(frozen=True, slots=True)
class FeuilleFlux:
    """The style sheet of feeds shows nothing but the theme's own."""


@dataclass(frozen=True, slots=True)
class FluxListe:
    """A feed in the list: its name, a link to each of its forms (« RSS », « Atom », « JSON »)."""

    nom: str
    formes: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class GroupeFlux:
    """Feeds of one sort: title, anchor; ``formats`` when some have several forms, which are then
    named. A long list is ``plie``."""

    titre: str
    ancre: str
    flux: tuple[FluxListe, ...]
    formats: bool
    plie: bool

    @property
    def nombre(self) -> int:
        """How many it lists."""
        return len(self.flux)


@dataclass(frozen=True, slots=True, kw_only=True)
class FluxView(PageView):
    """What following a feed is, and every feed; ``opml`` is the file that holds them all,
    ``longueur`` how many contents a feed tells, ``aussi`` other ways to follow or take away."""

    groupes: tuple[GroupeFlux, ...]
    opml: str
    longueur: int
    aussi: tuple[Lien, ...] = ()


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


# The page of calendars.


@dataclass(frozen=True, slots=True)
class GroupeCalendriers:
    """Calendars of one sort: title, anchor; the address of each link is that of its file. A long
    list is ``plie``."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    plie: bool

    @property
    def nombre(self) -> int:
        """How many it lists."""
        return len(self.liens)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendriersView(PageView):
    """What subscribing is, and every calendar; ``calendrier`` is that of the whole agenda."""

    groupes: tuple[GroupeCalendriers, ...]


# The page that explains calendars and lists them all.

_CALENDAR_PARTS = (
    ("Départements", ("departement",)),
    ("Intercommunalités", ("epci",)),
    ("Thèmes", ("theme",)),
    ("Publics", ("public",)),
    ("Formats", ("format",)),
    ("Gratuit, en ligne, accessible", ("gratuit", "en-ligne", "groupes", "accessible")),
    ("Lieux et structures", ("lieu",)),
    ("Temps forts", ("temps-fort",)),
    ("Communautés", ("communaute",)),
    ("Villages, festivals et parcours", ("evenement",)),
)
"""Title of each part, and the groups of ``Calendars`` that it lists."""


def plan_calendars(site: Site) -> Iterator[TemplatePage]:
    """``/calendriers/``, when there is a calendar."""
    if site.calendars.every:
        yield drawn(site, CALENDARS, "calendriers.html", _show_calendriers, sitemap=SitemapHint())


def _show_calendriers(site: Site) -> CalendriersView:
    return CalendriersView(
        cadre=frame_of(site),
        titre="Calendriers",
        description=f"Les sciences {site.config.en_region} dans votre agenda, à jour.",
        url=CALENDARS,
        fil=(Lien("Accueil", HOME),),
        groupes=tuple(_groups(site)),
        calendrier=site.calendars.url_of(listing_of(Kind.EVENT)),
    )


def _groups(site: Site) -> Iterator[GroupeCalendriers]:
    """Calendars that hold something; the page of a lieu tells of its own, empty or not."""
    known: dict[str, list[Calendar]] = {}
    for one in site.calendars.every:
        if one.refs:
            known.setdefault(one.groupe, []).append(one)
    named = {name for _, names in _CALENDAR_PARTS for name in names}
    others = ((one.titre, (one.cle,)) for one in EVENT_FACETS if one.cle not in named)
    for number, (title, names) in enumerate((*_CALENDAR_PARTS, *others), start=1):
        links = tuple(
            Lien(typographie(one.nom), one.url) for name in names for one in known.get(name, ())
        )
        if links:
            yield GroupeCalendriers(title, f"Groupe-{number}", links, len(links) > _OPEN)
