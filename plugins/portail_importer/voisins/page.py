"""``/reseau/``: what neighbours announce near the region in the weeks that come, by day.

It has no page here: its line leads to the neighbour's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from portail.agenda.programme import Lasting, RendezVous, lasting, maintained, upcoming
from portail.facts.base import in_words
from portail.features.services.agenda.lines import Line, bar_of, days_of, line_of
from portail.features.services.agenda.views import Duree, JourAgenda
from portail.model.kinds import DATED, Kind, info_of
from portail.outputs.base import SitemapHint, drawn
from portail.outputs.pages.frame import page_of, redirect_page
from portail.outputs.pages.views.shared import Lien, PageView, Vide
from portail.resources import rows_of
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import AGENDA, facet_of
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from ..moissonner.neighbours import Neighbour, neighbours
from .cards import REACH_KM, far_card, far_events, far_programme, has_network
from .filter import NETWORK, plan_filter

if TYPE_CHECKING:
    from portail.outputs.base import Artifact

_WORDS = rows_of(__package__, "mots")
_PAGE: Mapping[str, str] = _WORDS["page"]
_DAYS: Final = timedelta(days=27)
# Lines of each neighbour: its own agenda has the others.
_MOST: Final = 100
_BARS: Final = 12


class PortailVoisin(Struct, frozen=True):
    """A neighbour; ``copie``: as of which day it is known, ``alerte`` why not of today."""

    site: Lien
    nombre: str
    copie: str = ""
    alerte: str = ""


class ReseauView(PageView, frozen=True, kw_only=True):
    """What neighbours announce."""

    chapo: str
    portails: tuple[PortailVoisin, ...]
    jours: tuple[JourAgenda, ...]
    durees: tuple[Duree, ...]
    vide: Vide | None = None


def list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    """The link beside our own agenda."""
    return (Lien(_PAGE["nom_court"], NETWORK),) if kind.info.dated and has_network(site) else ()


def plan(site: Site) -> Iterator[Artifact]:
    """The page, and what the filter of the agenda reads, once a neighbour was read."""
    if not has_network(site):
        return
    yield drawn(site, NETWORK, "reseau.html", _show, sitemap=SitemapHint())
    former = {
        "portail": [neighbour.slug for neighbour in neighbours(site)],
        "format": site.vocabularies["formats"],
    }
    for cle, codes in former.items():
        for url in (facet_of(NETWORK, cle), *(facet_of(NETWORK, cle, code) for code in codes)):
            yield redirect_page(site, url, NETWORK, _PAGE["nom_court"])
    yield from plan_filter(site)


@per_site
def _lines(site: Site) -> Mapping[str, Sequence[Line]]:
    # The lines of each neighbour, in the order of time.
    today = site.day.date
    last = today + _DAYS
    found: dict[str, list[Line]] = defaultdict(list)
    for day, event in upcoming(far_programme(site), today, last):
        if day <= last and isinstance(event, RendezVous):
            line = line_of(event, day, far_card(site, event.ref))
            found[far_events(site)[event.ref].voisin.slug].append(line)
    return found


def _bars(site: Site) -> Sequence[Lasting]:
    # What lasts, the soonest end first.
    today = site.day.date
    last = today + _DAYS
    stays = (stay for stay in lasting(far_programme(site), today, last) if stay.du <= last)
    return sorted(stays, key=lambda stay: (not maintained(stay), stay.au, stay.du, stay.ref))


def _show(site: Site) -> ReseauView:
    today = site.day.date
    lines = sorted(
        (line for some in _lines(site).values() for line in some[:_MOST]),
        key=lambda line: (line.day, line.ligne.iso, line.ligne.carte.ref),
    )
    bars = _bars(site)
    names = in_words([neighbour.nom for neighbour in neighbours(site) if neighbour.fetched])
    above = (Lien(info_of(DATED).rubrique, AGENDA),) if site.dated else ()
    count = Counter(far_events(site)[stay.ref].voisin.slug for stay in bars)
    count.update({slug: len(some) for slug, some in _lines(site).items()})
    return ReseauView(
        **page_of(site, _PAGE, NETWORK, *above, noms=names, km=REACH_KM),
        rubrique=AGENDA,
        portails=tuple(_portal(one, count[one.slug]) for one in neighbours(site)),
        jours=tuple(days_of(lines, today)),
        durees=tuple(bar_of(stay, today, far_card(site, stay.ref)) for stay in bars[:_BARS]),
        vide=None if count else Vide(_WORDS["vide"], issues=above),
    )


def _portal(neighbour: Neighbour, count: int) -> PortailVoisin:
    day = neighbour.fetched and jour(neighbour.fetched, semaine=False)
    trouble = f"{capital(neighbour.trouble)}." if neighbour.trouble else ""
    return PortailVoisin(
        Lien(neighbour.nom, f"{neighbour.url}{AGENDA.removeprefix('/')}"),
        _WORDS["compte" if count else "rien"].format(nombre=nombre(count)),
        _WORDS["lu"].format(jour=day) if day else "",
        trouble or _WORDS["ancienne"] * neighbour.old,
    )
