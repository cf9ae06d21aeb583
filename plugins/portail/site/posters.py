"""Posters of what is on, this week and month and the next: of the region, and of each EPCI, commune
or lieu where enough is told, its fullest month standing for all if no period tells enough.

What is cancelled counts as told: who kept the address of a poster learns it there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from portail.agenda.programme import Lasting, RendezVous, maintained
from portail.agenda.weeks import Month, Week
from portail.geo.places import Commune, short_name
from portail.geo.territories import Geography
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.coming import Ahead, agenda_of
from portail.site.urls import listing_of, poster_of, posters_of_commune
from portail.text.normalise import slugify

if TYPE_CHECKING:
    from portail.site.item import Item
    from portail.site.showings import Showing

Period: TypeAlias = Week | Month
Row: TypeAlias = tuple[date, RendezVous]

_AGENDA = listing_of(Kind.EVENT)
_WEEK = timedelta(days=7)
_FEW = 3
"""Fewer events than this make a poor week: the month is proposed instead."""


class Scope(NamedTuple):
    """Whose events a poster tells: ``sorte`` is ``region``, ``epci``, ``commune`` or ``lieu``.

    Its posters are below ``url``; its events are on line at ``page`` (site paths).
    """

    sorte: str
    nom: str
    url: str
    page: str


class Poster(NamedTuple):
    """A poster: what it tells from ``du`` on, in the order of time, and what lasts; ``nombre``
    events take place, none when all that it tells is called off."""

    scope: Scope
    period: Period
    url: str
    du: date
    rows: tuple[Row, ...]
    lasting: tuple[Lasting, ...]
    nombre: int


ByScope: TypeAlias = Mapping[str, tuple[Poster, ...]]


class Posters:
    """The posters of a site, found when first asked for."""

    def __init__(
        self,
        ahead: Ahead,
        items: Mapping[str, Item],
        geography: Geography,
        showings: Mapping[str, Showing] = MappingProxyType({}),
        seuil: int = 1,
    ) -> None:
        self._ahead, self._items, self._geography = ahead, items, geography
        self._showings, self._seuil = showings, seuil
        name = geography.home.nom if geography.home else ""
        self._home = Scope("region", name, _AGENDA, _AGENDA)
        self._slugs: dict[str, str] = {}

    @property
    def by_scope(self) -> ByScope:
        """Posters by the ``url`` of their scope: weeks, then months, in the order of time."""
        return self._parted[0]

    @property
    def few(self) -> ByScope:
        """Those that are not made, where too few events take place."""
        return self._parted[1]

    @property
    def poor(self) -> ByScope:
        """Weeks and months that tell too few events, where others are told."""
        return self._parted[2]

    def proposed(self, url: str) -> str:
        """Site path of the poster to print today: of the week if it tells enough, else of the
        month that tells most (not one that ends, if another tells as much); ``""`` for none, or
        where nothing takes place."""
        known = self.by_scope.get(url, ())
        week = Week.of(self._ahead.today)
        for one in known:
            if one.period == week and one.nombre >= _FEW:
                return one.url
        soon = self._ahead.today + _WEEK
        months = [one for one in known if isinstance(one.period, Month)]
        best = max(months, key=lambda one: (one.nombre, one.period.last > soon), default=None)
        return best.url if best and best.nombre else ""

    def instead(self, poster: Poster) -> Poster | None:
        """The poster of the month to print rather than that of a poor week."""
        if poster.nombre >= _FEW or isinstance(poster.period, Month):
            return None
        around = {Month.of(poster.period.first), Month.of(poster.period.last)}
        known = [one for one in self.by_scope[poster.scope.url] if one.period in around]
        best = max(known, key=lambda one: one.nombre, default=None)
        return best if best and best.nombre > poster.nombre else None

    @cached_property
    def _parted(self) -> tuple[ByScope, ByScope, ByScope]:
        """What is in ``by_scope``, in ``few``, in ``poor``."""
        every = self._found()
        kept = {url: self._kept(posters) for url, posters in every.items()}
        made = {url: posters for url, posters in kept.items() if posters}
        few = {url: posters for url, posters in every.items() if not kept[url]}
        left = {url: tuple(one for one in every[url] if one not in kept[url]) for url in made}
        return made, few, {url: posters for url, posters in left.items() if posters}

    def _kept(self, posters: tuple[Poster, ...]) -> tuple[Poster, ...]:
        """Those of a scope that are made."""
        if posters[0].scope.sorte == "region":
            return posters
        told = [
            {one.ref for _, one in some.rows} | {one.ref for one in some.lasting}
            for some in posters
        ]
        if self._events(set().union(*told)) < self._seuil:
            return ()
        counts = [self._events(refs) for refs in told]
        enough = [count >= self._seuil for count in counts]
        months = [rank for rank, one in enumerate(posters) if isinstance(one.period, Month)]
        if months and not any(enough[rank] for rank in months):
            enough[max(months, key=lambda rank: counts[rank])] = True
        return tuple(one for one, kept in zip(posters, enough, strict=True) if kept)

    def _found(self) -> ByScope:
        today = self._ahead.today
        week, month = Week.of(today), Month.of(today)
        scopes: dict[str, Scope] = {}
        found: dict[str, list[Poster]] = defaultdict(list)
        for period in (week, week.next, month, month.next):
            first = max(today, period.first)
            rows: dict[Scope, list[Row]] = defaultdict(list)
            bars: dict[Scope, list[Lasting]] = defaultdict(list)
            for row in self._rows(first, period.last):
                for scope in self._scopes(row[1].ref):
                    rows[scope].append(row)
            for one in self._lasting(first, period.last):
                for scope in self._scopes(one.ref):
                    bars[scope].append(one)
            for scope in {**rows, **bars}:
                scopes[scope.url] = scope
                told = tuple(rows[scope]), tuple(bars[scope])
                if self._events({one.ref for _, one in told[0]} | {one.ref for one in told[1]}):
                    url, count = poster_of(scope.url, period), self._events(_on(*told))
                    found[scope.url].append(Poster(scope, period, url, first, *told, count))
        return {url: tuple(some) for url, some in sorted(found.items())}

    def _events(self, refs: set[str]) -> int:
        """How many of them are events, and not rooms that show something that travels."""
        told = refs - self._showings.keys()
        return sum(self._items[ref].entry.kind is Kind.EVENT for ref in told)

    def _rows(self, first: date, last: date) -> Iterator[Row]:
        """Rendez-vous of these days, each told once; what has begun before comes first."""
        for day, one in self._ahead.all.rows:
            if day > last:
                return
            if not isinstance(one, RendezVous):
                continue
            if day >= first:
                yield day, one
            elif any(each.dernier_jour >= first for each in one.occurrences):
                yield first, one

    def _lasting(self, first: date, last: date) -> Iterator[Lasting]:
        """What lasts and is on in these days."""
        told = (one for _, one in self._ahead.all.rows if isinstance(one, Lasting))
        for one in dict.fromkeys((*self._ahead.all.lasting, *told)):
            if one.du <= last and one.au >= first:
                yield one

    def _scopes(self, ref: str) -> Iterator[Scope]:
        """Whose posters tell of a content, from wide to near."""
        yield self._home
        showing = self._showings.get(ref)
        item = showing.item if showing else self._items[ref]
        if not showing and not isinstance(item.entry, Event):
            return
        commune = item.commune
        if commune:
            epci = self._geography.epci(commune.epci or "")
            if epci:
                page = agenda_of(("epci", self._geography.slug(epci)))
                yield Scope("epci", short_name(epci), page, page)
            yield self._commune(commune)
        name = showing.lieu if showing else getattr(item.entry, "lieu", None) or ""
        lieu = self._items.get(name if "/" in name else f"{Kind.LIEU.value}/{name}")
        if lieu:
            yield Scope("lieu", lieu.name, lieu.url, lieu.url)

    def _commune(self, commune: Commune) -> Scope:
        """A commune, with its département when its name says another one, or several."""
        alone = self._geography.commune(commune.nom) == commune
        name = commune.nom if alone else f"{commune.nom} ({commune.departement})"
        slug = slugify(name)
        if self._slugs.setdefault(slug, commune.code) != commune.code:
            slug = f"{slug}-{commune.code.lower()}"
        url, page = posters_of_commune(slug, name)
        return Scope("commune", name, url, page)


def _on(rows: Sequence[Row], bars: Sequence[Lasting]) -> set[str]:
    """What takes place."""
    return {one.ref for _, one in rows if one.maintenu} | {
        one.ref for one in bars if maintained(one)
    }
