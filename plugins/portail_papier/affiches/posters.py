"""Posters of what is on, this week and month and the next, of each territory with enough to
come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from portail.agenda.programme import Lasting, RendezVous, maintained
from portail.agenda.weeks import Month, Week
from portail.geo.places import short_name
from portail.geo.territories import Geography
from portail.model.kinds import is_event
from portail.site.facets import TERRITORIES, Facet, Facets, Pair, Value
from portail.site.memo import answer, per_site
from portail.site.outlook import Ahead, Outlook
from portail.site.site import Site
from portail.site.urls import AGENDA

if TYPE_CHECKING:
    from portail.site.showings import Showing


POSTERS = "/affiches/"


def poster_of(url: str, period: Week | Month) -> str:
    """Site path of the poster of a week or a month, below the page whose events it tells:
    ``/agenda/epci/ca-du-boulonnais/affiche/2021-10/``."""
    return f"{url}affiche/{period.slug.replace('/', '-')}/"


Period: TypeAlias = Week | Month
Row: TypeAlias = tuple[date, RendezVous]

_WEEK = timedelta(days=7)
# Fewer events than this make a poor week: the month is proposed instead, and is alone where it is
# the week of a territory.
_FEW = 3
# Events to come, at least, of a territory that has posters.
LEAST = 5


class Scope(NamedTuple):
    """The territory of a poster: ``sorte`` is ``region``, ``departement`` or ``epci``; ``url`` is
    the site path of its agenda, below which its posters are."""

    sorte: str
    nom: str
    url: str


class Poster(NamedTuple):
    """A poster: its rendez-vous from ``du`` on, in the order of time, and the events that last;
    ``nombre`` of them take place (0 when all are cancelled)."""

    scope: Scope
    period: Period
    url: str
    du: date
    rows: tuple[Row, ...]
    lasting: tuple[Lasting, ...]
    nombre: int


class Posters:
    """The posters of a site, computed on first use."""

    def __init__(
        self,
        ahead: Ahead,
        facets: Facets,
        geography: Geography,
        showings: Mapping[str, Showing],
    ) -> None:
        self._ahead = ahead
        self._facets = facets
        self._geography = geography
        self._showings = showings

    @cached_property
    def by_scope(self) -> Mapping[str, tuple[Poster, ...]]:
        posters: dict[str, list[Poster]] = defaultdict(list)
        today = self._ahead.today
        week = Week.of(today)
        month = Month.of(today)
        for period in (week, week.next, month, month.next):
            first = max(today, period.first)
            rows: dict[Scope, list[Row]] = defaultdict(list)
            bars: dict[Scope, list[Lasting]] = defaultdict(list)
            for row in self._rows(first, period.last):
                for scope in self._scopes_of(row[1].ref):
                    rows[scope].append(row)
            for lasting in self._lasting(first, period.last):
                for scope in self._scopes_of(lasting.ref):
                    bars[scope].append(lasting)
            for scope in {**rows, **bars}:
                content = tuple(rows[scope]), tuple(bars[scope])
                near = isinstance(period, Week) and scope.sorte != "region"
                if self._events(Outlook(*content).refs) >= (_FEW if near else 1):
                    url = poster_of(scope.url, period)
                    count = self._events(_on(*content))
                    posters[scope.url].append(
                        Poster(
                            scope,
                            period,
                            url,
                            du=first,
                            rows=content[0],
                            lasting=content[1],
                            nombre=count,
                        )
                    )
        return {url: tuple(posters_of) for url, posters_of in sorted(posters.items())}

    @cached_property
    def without(self) -> tuple[str, ...]:
        """The agendas of territories that have no poster (site paths)."""
        pages = (
            self._ahead.page_of((facet.cle, value.code)) for facet, value in self._territories()
        )
        return tuple(page for page in pages if page and page not in self.by_scope)

    def proposed(self, url: str) -> str:
        """Site path of the poster to print today: of the week if it tells enough, else of the
        fullest month.
        """
        posters = self.by_scope.get(url, ())
        week = Week.of(self._ahead.today)
        for poster in posters:
            if poster.period == week and poster.nombre >= _FEW:
                return poster.url
        soon = self._ahead.today + _WEEK
        months = [poster for poster in posters if isinstance(poster.period, Month)]
        best = max(
            months, key=lambda poster: (poster.nombre, poster.period.last > soon), default=None
        )
        if best and best.nombre:
            return best.url
        return ""

    def instead(self, poster: Poster) -> Poster | None:
        """The poster of the month to print rather than that of a poor week."""
        if poster.nombre >= _FEW or isinstance(poster.period, Month):
            return None
        around = {Month.of(poster.period.first), Month.of(poster.period.last)}
        monthly = [month for month in self.by_scope[poster.scope.url] if month.period in around]
        best = max(monthly, key=lambda month: month.nombre, default=None)
        if best and best.nombre > poster.nombre:
            return best
        return None

    def _events(self, refs: set[str]) -> int:
        # How many of them are events, and not rooms that show something that travels.
        events = refs - self._showings.keys()
        return sum(map(is_event, events))

    def _rows(self, first: date, last: date) -> Iterator[Row]:
        # Rendez-vous of these days; one that began before them is given once, on the first day.
        for day, rendezvous in self._ahead.all.rows:
            if day > last:
                return
            if not isinstance(rendezvous, RendezVous):
                continue
            if day >= first:
                yield day, rendezvous
            elif any(occurrence.last_day >= first for occurrence in rendezvous.occurrences):
                yield first, rendezvous

    def _lasting(self, first: date, last: date) -> Iterator[Lasting]:
        dated = (row for _, row in self._ahead.all.rows if isinstance(row, Lasting))
        for lasting in dict.fromkeys((*self._ahead.all.lasting, *dated)):
            if lasting.du <= last and lasting.au >= first:
                yield lasting

    def _territories(self) -> Iterator[tuple[Facet, Value]]:
        return (pair for pair in self._ahead.pairs() if pair[0].cle in TERRITORIES)

    @cached_property
    def _scopes(self) -> Mapping[Pair, Scope]:
        scopes = {}
        for facet, value in self._territories():
            pair = facet.cle, value.code
            refs = self._ahead.of(pair).refs
            page = self._ahead.page_of(pair)
            if page and self._events(refs - self._facets.partout.keys()) >= LEAST:
                epci = None
                if facet.cle == "epci":
                    epci = self._geography.territoire(value.code)
                scopes[pair] = Scope(facet.cle, short_name(epci) if epci else value.label, page)
        return scopes

    def _scopes_of(self, ref: str) -> Iterator[Scope]:
        # Whose posters tell of a content; of what is everywhere, those of the region alone.
        yield Scope("region", self._geography.home.nom if self._geography.home else "", AGENDA)
        if ref not in self._facets.partout:
            pairs = self._facets.by_ref.get(ref, ())
            yield from (self._scopes[pair] for pair in pairs if pair in self._scopes)


def _on(rows: Sequence[Row], bars: Sequence[Lasting]) -> set[str]:
    return {rendezvous.ref for _, rendezvous in rows if rendezvous.maintained} | {
        bar.ref for bar in bars if maintained(bar)
    }


@per_site
def posters_of(site: Site) -> Posters:
    return Posters(site.ahead, site.facets, site.geography, site.showings)


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """Periods of territories without posters, to their agenda."""
    yield from ((f"{url}affiche/:periode/", url) for url in posters_of(site).without)


def former_pages(site: Site) -> Iterator[tuple[str, str]]:
    """Folders above posters, which lead to the one to print today, or to the agenda of a territory
    that has none."""
    posters = posters_of(site)
    for url, some in posters.by_scope.items():
        yield f"{url}affiche/", posters.proposed(url) or some[0].url
    yield from ((f"{url}affiche/", url) for url in posters.without)


@answer
def poster_of_agenda(site: Site, url: str) -> str:
    return posters_of(site).proposed(url)


@answer
def poster_of_period(site: Site, url: str, period: str) -> str:
    """Site path of the poster of a period (its slug) of the agenda at ``url``; ``""`` for none."""
    posters = posters_of(site).by_scope.get(url, ())
    return next((poster.url for poster in posters if poster.period.slug == period), "")


def poster_address(site: Site, agenda: str, period: str = "") -> str:
    """Address of the poster of a page of the agenda, or of one of its weeks or months; ``""`` for
    none."""
    if period:
        return poster_of_period(site, agenda, period)
    return poster_of_agenda(site, agenda)
