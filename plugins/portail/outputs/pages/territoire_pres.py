"""Who and what could come to a territory that has few actors; what is on nearest, when nothing is
on in it. Distances are from its point, as the crow flies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from portail.agenda.loans import availability
from portail.facts.when import day_of
from portail.geo.coordinates import LatLon
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.model.territoire import Territoire
from portail.outputs.pages.ends import ends_of
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.views.territoire import PresView
from portail.site.around import Around, is_helper, nearest, nearest_by_lender, point_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import code_of, known_by_page
from portail.site.tools import is_tool
from portail.site.urls import CATALOGUE, listing_of
from portail.text.inline import plain
from portail.text.typography import capital

__all__ = ["nearby_help", "nothing_on"]

_FEW = 3
"""Helpers of a territory from which it asks nobody from elsewhere."""
_ACTEURS, _OUTILS, _REACH = 4, 4, 150.0
"""How many are told, and within how many kilometres."""


def nearby_help(item: Item, site: Site) -> PresView | None:
    """Who could come, with what they offer, and what can be borrowed, when it can, the nearest
    first; ``None`` for a territory that has helpers of its own, or that is nowhere."""
    entry, (helpers, tools) = item.entry, _helping(site)
    assert isinstance(entry, Territoire)
    if entry.type == "region" or not (helpers or tools):
        return None
    code = code_of(entry)
    away = [one for one in helpers if not _inside(one, code)]
    point = _point(item, site) if len(helpers) - len(away) < _FEW else None
    if point is None:
        return None
    lent = [one for one in tools if not _inside(one, code)]
    found = PresView(
        tuple(_acteur(one, site) for one in nearest(point, away, _ACTEURS, _REACH)),
        tuple(_outil(one, site) for one in nearest_by_lender(point, lent, _OUTILS, _REACH)),
        listing_of(Kind.LIEU),
        CATALOGUE,
    )
    return found if found.acteurs or found.outils else None


def nothing_on(item: Item, site: Site, told: bool) -> Vide | None:
    """What stands for the agenda of a territory where nothing is on: the nearest rendez-vous;
    ``told`` when the page says elsewhere how it counts kilometres."""
    events = _coming(site)
    point = _point(item, site) if events else None
    if point is None:
        return None
    for one in nearest(point, events, 1):
        where = one.item.commune.nom if one.item.commune else ""
        shown = one.item.prochaine
        day = day_of(shown.premier_jour) if shown else ""
        far = one.loin if told or not one.km else f"{one.loin} à vol d’oiseau"
        note = ", ".join(filter(None, (day, where, far)))
        link = Lien(plain(one.item.entry.titre), one.item.url, note)
        agenda = Lien("Tout l’agenda", listing_of(Kind.EVENT))
        return Vide(
            "Aucun rendez-vous annoncé ici pour l’instant.",
            "Le plus proche :",
            (agenda,),
            link,
            ends_of(one.item, site).fin,
        )
    return None


def _point(item: Item, site: Site) -> LatLon | None:
    entry = item.entry
    assert isinstance(entry, Territoire)
    known = known_by_page(entry, site.geography)
    return point_of(site, known, entry.siege or "") if known else None


@per_site
def _helping(site: Site) -> tuple[Sequence[Item], Sequence[Item]]:
    """Who could come, and the tools that can be borrowed: those that are free the soonest first."""
    helpers = tuple(one for one in site.of_kind(Kind.LIEU) if is_helper(one))
    tools = filter(is_tool, site.of_kind(Kind.RESSOURCE))
    return helpers, sorted(tools, key=lambda one: _free_day(one.entry, site.day.date))


@per_site
def _coming(site: Site) -> Sequence[Item]:
    """Events that go ahead and are somewhere."""
    events = site.of_kind(Kind.EVENT)
    return tuple(one for one in events if one.prochaine and one.prochaine.maintenue and one.commune)


def _inside(item: Item, code: str) -> bool:
    return any(held == code for held, _ in item.territoires)


def _acteur(one: Around, site: Site) -> Lien:
    """« Centre d’exemple — à 12 km · Arques · Animation, prêt d’outils »."""
    entry, offers = one.item.entry, site.vocabularies["offres"]
    assert isinstance(entry, Lieu)
    told = capital(", ".join(offers[code].label for code in entry.offre if code in offers))
    where = one.item.commune.nom if one.item.commune else ""
    note = " · ".join(filter(None, (one.loin, where, told)))
    return Lien(plain(entry.titre), one.item.url, note)


def _outil(one: Around, site: Site) -> Lien:
    """« Malle d’exemple — à 12 km · Arques · Libre aujourd’hui »."""
    entry = one.item.entry
    assert isinstance(entry, Ressource)
    where = one.item.commune.nom if one.item.commune else ""
    note = " · ".join(filter(None, (one.loin, where, _free(entry, site.day.date))))
    return Lien(plain(entry.titre), one.item.url, note)


def _free(entry: Ressource, today: date) -> str:
    """When a copy is free; nothing for a tool that tells no loan: nobody knows."""
    if not entry.itinerance:
        return ""
    day = _free_day(entry, today)
    return "Libre en ce moment" if day == today else f"Libre à partir du {day_of(day)}"


def _free_day(entry: Entry, today: date) -> date:
    """The first day when a copy is free, as far as one knows."""
    assert isinstance(entry, Ressource)
    copies = entry.exemplaires
    known = availability(entry.itinerance, copies, today)
    return today if known.libres or known.au is None else known.au + timedelta(days=1)
