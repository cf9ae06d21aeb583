"""The page that explains calendars and lists them all."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.calendriers import CalendriersView, GroupeCalendriers
from portail.outputs.pages.views.shared import Lien
from portail.site.calendars import Calendar
from portail.site.site import Site
from portail.site.urls import CALENDARS, HOME, listing_of
from portail.text.typography import typographie

__all__ = ["plan_calendars"]

_GROUPS = (
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
_OPEN = 12
"""Longer lists are folded."""


def plan_calendars(site: Site) -> Iterator[TemplatePage]:
    """``/calendriers/``, when there is a calendar."""
    if site.calendars.every:
        yield drawn(site, CALENDARS, "calendriers.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> CalendriersView:
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
    for number, (title, names) in enumerate(_GROUPS, start=1):
        links = tuple(
            Lien(typographie(one.nom), one.url) for name in names for one in known.get(name, ())
        )
        if links:
            yield GroupeCalendriers(title, f"Groupe-{number}", links, len(links) > _OPEN)
