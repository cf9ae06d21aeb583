"""``/reseau/``: the weeks that come, on our portal and on its neighbours, by day.

A neighbour's event has no page here: its line leads to the neighbour's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from portail.agenda.programme import Lasting, lasting, maintained, upcoming
from portail.agenda.weeks import Week
from portail.facts.base import in_words
from portail.features.services.agenda.lines import Line, bar_of, days_of, line_of
from portail.features.services.agenda.views import Duree, JourAgenda
from portail.features.services.fonds.atlas import atlas_of
from portail.features.services.fonds.board import Numbered
from portail.geo.places import Commune
from portail.model.kinds import DATED, info_of
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.frame import page_of, redirect_page
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien, MapView, PageView, Vide
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import AGENDA, HOME, facet_of, week_of
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from .cards import far_card, far_events, far_programme, near_card
from .filter import plan_filter
from .map import network_map, plan_ground
from .network import NETWORK, PAGE, WORDS, has_network, neighbours

if TYPE_CHECKING:
    from portail.outputs.base import Artifact


class PortailReseau(Struct, frozen=True):
    """One of the portals; ``copie``: as of which day it is known, ``alerte`` why not of today."""

    site: Lien
    nombre: str
    copie: str = ""
    alerte: str = ""


class SemaineReseau(Struct, frozen=True):
    """A week: its days that have something; ``restes`` are the agendas that have more of it."""

    titre: str
    dates: str
    ancre: str
    jours: tuple[JourAgenda, ...]
    restes: tuple[Lien, ...] = ()


class ReseauView(PageView, frozen=True, kw_only=True):
    """The agenda of several portals."""

    chapo: str
    portails: tuple[PortailReseau, ...]
    semaines: tuple[SemaineReseau, ...]
    durees: tuple[Duree, ...]
    carte: MapView | None = None
    vide: Vide | None = None


_WEEKS = 4
# Lines of a week; the agendas of the portals have the others.
_MOST = 100
_BARS = 12


class Row(NamedTuple):
    """Something that is on, for one portal (``""``: ours)."""

    portail: str
    commune: Commune | None
    line: Line


class Bar(NamedTuple):
    """Something that lasts."""

    portail: str
    stay: Lasting
    duree: Duree


def plan_network(site: Site) -> Iterator[TemplatePage]:
    if not has_network(site):
        return
    yield drawn(site, NETWORK, "reseau.html", _show, sitemap=SitemapHint())
    former = {
        "portail": [neighbour.slug for neighbour in neighbours(site)],
        "format": site.vocabularies["formats"],
    }
    for cle, codes in former.items():
        for url in (facet_of(NETWORK, cle), *(facet_of(NETWORK, cle, code) for code in codes)):
            yield redirect_page(site, url, NETWORK, PAGE["nom_court"])


@per_site
def _rows(site: Site) -> tuple[Row, ...]:
    # All that is on in the weeks that come, each thing told once, in the order of time.
    last = _weeks(site.day.date)[-1].last
    far = upcoming(far_programme(site), site.day.date, last)
    all_rows = [
        Row(entry.portail, entry.commune, line_of(event, day, entry.card))
        for rows, tell in ((site.ahead.all.rows, _own), (far, _far))
        for day, event in rows
        if day <= last and not isinstance(event, Lasting)
        for entry in (tell(site, event.ref),)
    ]

    def order(row: Row) -> tuple[date, str, str, str]:
        ligne = row.line.ligne
        return row.line.day, ligne.iso, row.portail, ligne.carte.ref

    return tuple(sorted(all_rows, key=order))


@per_site
def _bars(site: Site) -> tuple[Bar, ...]:
    # What lasts and is on, or begins in the weeks that come: the soonest end first.
    today = site.day.date
    last = _weeks(today)[-1].last
    far = lasting(far_programme(site), today, last)
    bars = [
        Bar(entry.portail, stay, bar_of(stay, today, entry.bar))
        for rows, tell in ((site.ahead.all.lasting, _own), (far, _far))
        for stay in rows
        if stay.du <= last
        for entry in (tell(site, stay.ref),)
    ]
    return tuple(
        sorted(bars, key=lambda bar: (not maintained(bar.stay), *bar.stay[1::-1], bar.stay.ref))
    )


def _weeks(today: date) -> tuple[Week, ...]:
    first = Week.of(today).first
    return tuple(Week.of(first + timedelta(weeks=rank)) for rank in range(_WEEKS))


class _NetworkEvent(NamedTuple):
    """What is on: its card in lines, in bars."""

    portail: str
    commune: Commune | None
    card: Card
    bar: Card


def _own(site: Site, ref: str) -> _NetworkEvent:
    return _NetworkEvent("", site.on(ref).commune, *(card_of(site, ref),) * 2)


def _far(site: Site, key: str) -> _NetworkEvent:
    voisin, event = far_events(site)[key]
    commune = site.geography.by_code(event.place.code)
    return _NetworkEvent(voisin.slug, commune, far_card(site, key), near_card(site, key))


def _show(site: Site) -> ReseauView:
    today = site.day.date
    rows = _rows(site)
    bars = _bars(site)
    weeks = [
        _week(site, week, [row for row in rows if Week.of(row.line.day) == week])
        for week in _weeks(today)
    ]
    count = Counter(row.portail for row in rows) + Counter(bar.portail for bar in bars)
    names = [neighbour.nom for neighbour in neighbours(site) if neighbour.fetched]
    above = _agenda(site, info_of(DATED).rubrique)
    return ReseauView(
        **page_of(site, PAGE, NETWORK, *above, noms=in_words(names)),
        rubrique=AGENDA,
        portails=tuple(_portals(site, count)),
        semaines=tuple(week for week in weeks if week.jours),
        durees=tuple(bar.duree for bar in bars[:_BARS]),
        carte=network_map(WORDS["carte"], _points(rows), atlas_of(site), WORDS["legende"]),
        vide=None if count else Vide(WORDS["vide"], issues=_agenda(site, "Tout l’agenda")),
    )


def _agenda(site: Site, words: str) -> tuple[Lien, ...]:
    # The way to our own agenda, if there is one.
    return (Lien(words, AGENDA),) if site.dated else ()


def _portals(site: Site, count: Mapping[str, int]) -> Iterator[PortailReseau]:
    # Ours, then the neighbours, each with the day of what is known of it.
    name = site.config.nom
    (own, *_) = (*_agenda(site, name), Lien(name, HOME))
    yield PortailReseau(own, _number(count[""]))
    for neighbour in neighbours(site):
        alert = (
            f"{capital(neighbour.trouble)}."
            if neighbour.trouble
            else WORDS["ancienne"] * neighbour.old
        )
        source = (
            f"d’après {neighbour.nom}, le {jour(neighbour.fetched, semaine=False)}"
            if neighbour.fetched
            else ""
        )
        yield PortailReseau(
            Lien(neighbour.nom, neighbour.url), _number(count[neighbour.slug]), source, alert
        )


def _week(site: Site, week: Week, rows: Sequence[Row]) -> SemaineReseau:
    # A week, its lines cut to as many as a page shows, and where the others are.
    shown = _fair(rows)
    left = Counter(row.portail for row in rows) - Counter(row.portail for row in shown)
    homes = {
        neighbour.slug: (neighbour.nom, f"{neighbour.url.rstrip('/')}{AGENDA}")
        for neighbour in neighbours(site)
    }
    homes[""] = site.config.nom, week_of(week)
    return SemaineReseau(
        week.libelle,
        week.dates,
        week.slug,
        tuple(days_of([row.line for row in shown], site.day.date)),
        tuple(
            Lien(f"{homes[slug][0]} : {nombre(more)} de plus", homes[slug][1])
            for slug, more in left.items()
        ),
    )


def _fair(rows: Sequence[Row]) -> list[Row]:
    # As many as a page shows, in order: the first of each portal on each day, then the second…
    ranks: Counter[tuple[str, date]] = Counter()
    ranked = []
    for rank, row in enumerate(rows):
        key = row.portail, row.line.day
        ranked.append((ranks[key], rank))
        ranks[key] += 1
    return [rows[rank] for rank in sorted(rank for _, rank in sorted(ranked)[:_MOST])]


def _points(rows: Iterable[Row]) -> list[Numbered]:
    by_commune: dict[Commune, list[Row]] = defaultdict(list)
    for row in rows:
        if row.commune:
            by_commune[row.commune].append(row)
    return [
        Numbered(
            commune,
            len(some) if len(some) > 1 else 0,
            Lien(commune.nom, f"#Jour-{some[0].line.day}", f"{nombre(len(some))} rendez-vous"),
            etat="voisin" if all(row.portail for row in some) else "",
        )
        for commune, some in by_commune.items()
    ]


def _number(count: int) -> str:
    return f"{nombre(count)} rendez-vous" if count else "aucun rendez-vous"


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_network(site)
    yield from plan_ground(site)
    yield from plan_filter(site)
