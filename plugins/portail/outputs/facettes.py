"""Output « facettes »: the data by which scripts narrow lists, and the communes of the region. The
format is told in ``docs/technique/facettes.md``. Every text is the one that pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby, pairwise
from typing import Any

from portail.agenda.programme import Dated, Lasting, RendezVous
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.outputs.base import TextFile, text_file
from portail.outputs.facet_lieux import VERSION, Row, Table, Texts, data_text, plan_lieux
from portail.outputs.pages.agenda.lines import bar_of, in_lines, said_of
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.lists.facettes import offered
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.site.coming import Outlook
from portail.site.facets import Value
from portail.site.indexes import LISTS, NarrowedList
from portail.site.lists import list_at, lists
from portail.site.memo import own_answer
from portail.site.narrowed import narrowed
from portail.site.site import Site
from portail.site.territories import is_whole
from portail.site.urls import AGENDA, COMMUNES, data_of
from portail.text.typography import typographie

_KEPT: Mapping[Kind, str] = {Kind.RESSOURCE: Kind.RESSOURCE.info.over.capitalize()}
"""What is said of what is over and stays."""
_WITH_DETAILS = frozenset({"gratuit", "pret"})


def narrows(site: Site, liste: NarrowedList) -> bool:
    """Whether a list offers facets."""
    found = narrowed(site, liste)
    return bool(found and found.shown)


def plan_lists(site: Site) -> Iterator[TextFile]:
    """The data of every list of a kind that offers facets, but the directory, whose rows are
    lighter (``outputs.facet_lieux``)."""
    for liste in LISTS:
        if liste.kind is not Kind.LIEU and narrows(site, liste):
            yield text_file(site, data_of(liste.url), _list, liste.url)


@own_answer
def _held(site: Site, url: str) -> tuple[Sequence[tuple[str, Sequence[Value]]], Mapping[str, Any]]:
    """The facets that a list offers, with their values; those of each of its contents."""
    found = narrowed(site, list_at(site, url))
    assert found is not None
    facets = [(facet.cle, values) for facet, values in offered(found, site.geography)]
    return facets, {item.ref: found.facets.by_ref[item.ref] for item in found.items}


class ListData:
    """The data of the list at ``url``, which offers facets, in the making."""

    def __init__(self, site: Site, url: str) -> None:
        self.liste = list_at(site, url)
        facets, self.pairs = _held(site, url)
        self.table = Table(site.config.base, facets)
        self._labels = Texts()

    def labels(self, card: Card) -> int:
        """The rank of those above its title; what does not always hold says until when it does."""
        return self._labels.rank(
            [
                [typographie(label.texte), label.code, int(label.forte)]
                + ([label.fin.isoformat()] if label.fin else [])
                for label in card.etiquettes
                if label.code not in _WITH_DETAILS
            ]
        )

    def text(self, rows: Iterable[Row], **more: Any) -> Iterator[str]:
        """The file of these rows."""
        liste = self.liste
        lines = [*rows]
        closed = {"clos": _KEPT[liste.kind]} if liste.kind in _KEPT else {}
        names = [liste.nom, liste.pluriel, liste.none_of_it]
        made = self.table.document(
            lines, noms=names, etiquettes=self._labels.values, **closed, **more
        )
        return data_text(made)


def _list(site: Site, url: str) -> Iterator[str]:
    data = ListData(site, url)
    rows = []
    for ref, pairs in data.pairs.items():
        card = card_of(site, ref)
        row = data.table.row(card, card.details[card.tus :], None, pairs)
        end = [card.fin.isoformat()] if card.fin else []
        rows.append([*row, data.labels(card), *end])
    return data.text(rows)


_PER_DEGREE = 100


def plan_facettes(site: Site) -> Iterator[TextFile]:
    """``facettes.json`` of the lists that facets narrow, of the agenda, of places; the communes of
    the region, when it is known."""
    events = site.of_kind(Kind.EVENT)
    yield from plan_lists(site)
    yield from plan_lieux(site, around=bool(events and site.geography.home))
    if near_is_asked(site):
        yield text_file(site, COMMUNES, _communes)
    if events:
        yield text_file(site, data_of(AGENDA), agenda_text)


def near_is_asked(site: Site) -> bool:
    """Whether a list of the region asks « près de chez moi »."""
    if site.geography.home is None:
        return False
    if site.of_kind(Kind.EVENT) or any(plan_lieux(site, around=False)):
        return True
    return any(liste.near and narrows(site, liste) for liste in lists(site))


def _communes(site: Site) -> Iterator[str]:
    home = site.geography.home
    assert home is not None
    yield from communes_text(site.geography, site.geography.communes_of(home))


def communes_text(geography: Geography, communes: Iterable[Commune]) -> Iterator[str]:
    """Postcodes, names between bars (towns first, the most populous), département when it is not
    the two figures that postcodes begin by (Corse, overseas); then, name after name, steps of
    latitude and longitude in hundredths of a degree. The ranks of towns among these names, the most
    populous first."""
    towns = {one.code: rank for rank, one in enumerate(geography.towns)}

    def order(one: Commune) -> tuple[Any, ...]:
        size = towns.get(one.code, len(towns))
        return one.departement, one.codes_postaux, size, one.nom, one.code

    ordered = sorted((one for one in communes if one.lat is not None), key=order)
    rows = []
    lats = [0]
    lons = [0]
    for (dep, posts), some in groupby(
        ordered, key=lambda one: (one.departement, one.codes_postaux)
    ):
        here = list(some)
        told = not posts or posts[0][:2] != dep
        names = "|".join(one.nom for one in here)
        rows.append([" ".join(posts), names, *([dep] if told else [])])
        lats += (round(_PER_DEGREE * one.lat) for one in here if one.lat is not None)
        lons += (round(_PER_DEGREE * one.lon) for one in here if one.lon is not None)
    steps = ([b - a for a, b in pairwise(some)] for some in (lats, lons))
    ranked = sorted(
        (towns[one.code], rank) for rank, one in enumerate(ordered) if one.code in towns
    )
    cities = [rank for _, rank in ranked]
    return data_text({"version": VERSION, "pas": list(steps), "lignes": rows, "villes": cities})


def agenda_text(site: Site) -> Iterator[str]:
    """What is on from the day of the build on, what is reserved to some too."""
    on = site.ahead.every
    found = groupby(site.ahead.pairs(), key=lambda pair: pair[0].cle)
    facets = [(cle, [value for _, value in pairs]) for cle, pairs in found]
    table = Table(site.config.base, facets)
    times = Times(table, on, site.day.date, partial(card_of, site))
    rows = {}
    for ref in times.refs:
        card = in_lines(card_of(site, ref))
        pairs = site.facets.by_ref.get(ref, ())
        rows[ref] = table.row(card, card.details[1:], site.on(ref).commune, pairs)
    lines = times.told(rows)
    own = _sessions(site, times)
    made = table.document(
        lines,
        jour=site.day.date.isoformat(),
        vacances=[
            [one.nom, one.du.isoformat(), one.au.isoformat()]
            for one in site.holidays.own
            if one.au >= site.day.date
        ],
        moments=times.moments.values,
        etiquettes=times.labels.values,
        **own,
        **_everywhere(site, times.refs),
        **_thumbnails(site, times.refs),
    )
    return data_text(made)


def _sessions(site: Site, times: Times) -> dict[str, Any]:
    """By switch that not all sessions bear, the times of those that do: rank of the row, times as a
    row tells them."""
    ranks = {ref: rank for rank, ref in enumerate(times.refs)}
    found: dict[str, list[Row]] = {}
    for pair in site.facets.seances:
        own: dict[int, list[Row]] = {}
        for ref, slot in times.slots(site.ahead.of(pair).rows):
            own.setdefault(ranks[ref], []).append(slot)
        if own:
            found[pair[0]] = [[rank, *slots] for rank, slots in own.items()]
    return {"seances": found} if found else {}


def _everywhere(site: Site, refs: Sequence[str]) -> dict[str, Any]:
    """Ranks of the rows of what one takes part in from anywhere, each with the départements that it
    covers: none for the whole region."""
    found = []
    for rank, ref in enumerate(refs):
        item = site.on(ref)
        if item.partout:
            known = site.geography.departement
            whole = is_whole(item.zone, site.geography)
            held = () if whole else (code for code, _ in item.territoires if known(code))
            found.append([rank, [*held]])
    return {"partout": found} if found else {}


def _thumbnails(site: Site, refs: Sequence[str]) -> dict[str, Any]:
    """Ranks of the rows that have a picture, each with the address of its smallest size, its width
    and height in pixels, then, if it is shown around a point, its classes."""
    found = []
    for rank, ref in enumerate(refs):
        image = card_of(site, ref).image
        if image:
            url = image.variantes[0].url if image.variantes else image.url
            framing = [image.cadrage] if image.cadrage else []
            found.append([rank, site.config.base + url, image.largeur, image.hauteur, *framing])
    return {"images": found} if found else {}


_AFTER = "~"
"""Before the clock of a night: it shows it on the day after the one under which the night stands,
after all other hours."""


class Times:
    """When events are on, in days from that of the build, and how lines say it."""

    def __init__(self, table: Table, on: Outlook, today: date, card: Callable[[str], Card]) -> None:
        self._today = today
        self._on = on
        self._card = card
        self._table = table
        self.refs = sorted(on.refs)
        self.moments = Texts()
        self.labels = Texts()

    def told(self, rows: Mapping[str, Row]) -> list[Row]:
        """Rows by reference, each with its rendez-vous, then with what lasts."""
        made: dict[str, Row] = {ref: [*rows[ref], [], []] for ref in self.refs}
        for ref, slot in self.slots(self._on.rows):
            made[ref][-2].append(slot)
        for ref, span in self._spans():
            made[ref][-1].append(span)
        return [*made.values()]

    def slots(self, rows: Iterable[Dated]) -> Iterator[tuple[str, Row]]:
        """Rendez-vous, by reference: moment, labels, first day, how many more, then the days from
        one to the next of those that are said alike."""
        alike: dict[tuple[str, int, int, int], list[int]] = {}
        for day, one in rows:
            if isinstance(one, Lasting):
                continue
            card = self._card(one.ref)
            line, (first, more) = said_of(one, day, card, card), self._span(one, day.toordinal())
            clock = f"{_AFTER * one.occurrences[0].nuit}{line.iso[10:]}"
            moment = self._moment(clock, line.heure, line.suite)
            said = (one.ref, moment, self._label(line.etiquettes), more)
            alike.setdefault(said, []).append(first)
        for (ref, moment, label, more), days in alike.items():
            days.sort()
            steps = (after - before for before, after in pairwise(days))
            yield ref, [moment, label, more, days[0], *steps]

    def _spans(self) -> Iterator[tuple[str, Row]]:
        """What lasts: first day, last one, its days in words, moment and labels of its line on the
        first day, labels and lines of its bar."""
        rows = self._on.rows
        later = [(day, one) for day, one in rows if isinstance(one, Lasting)]
        now = [(max(one.du, self._today), one) for one in self._on.lasting]
        for day, one in (*now, *later):
            card = self._card(one.ref)
            line = said_of(one, day, card, card)
            bar = bar_of(one, self._today, card)
            row = [
                self._since(one.du.toordinal()),
                self._since(one.au.toordinal()),
                self._table.text(bar.dates),
                self._moment("", line.heure, line.suite),
                self._label(line.etiquettes),
                self._label([label for label in card.etiquettes if label.forte]),
                [self._table.text(detail) for detail in card.details[1:]],
            ]
            yield one.ref, row

    def _span(self, one: RendezVous, day: int) -> tuple[int, int]:
        """First day and how many more of what is told on ``day``; what began before still runs."""
        shown = one.occurrences[0]
        first = shown.premier_jour.toordinal()
        last = shown.dernier_jour.toordinal()
        if first != day and not (first < day == self._today.toordinal()):
            first = last = day
        return self._since(first), last - first

    def _since(self, day: int) -> int:
        return day - self._today.toordinal()

    def _moment(self, clock: str, hour: str, rest: str) -> int:
        return self.moments.rank([clock, typographie(hour), typographie(rest)])

    def _label(self, labels: Iterable[Etiquette]) -> int:
        told = [[typographie(one.texte), one.code, int(one.forte)] for one in labels]
        return self.labels.rank(told)
