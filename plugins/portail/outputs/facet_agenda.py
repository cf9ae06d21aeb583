"""Filter data of the agenda (``/agenda/facettes.json``), and what neighbours announce around.

The format is told in ``docs/technique/facettes.md``. Every text is the one that pages show.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby, pairwise

from portail.agenda.programme import Lasting, RendezVous, lasting, upcoming
from portail.neighbours.far import Neighbour
from portail.outputs.facet_lieux import Row, Table, Texts, data_text
from portail.outputs.far import far_programme, near_card, near_events, pairs_of
from portail.outputs.pages.agenda.lines import bar_of, in_lines, line_of
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.site.coming import Outlook
from portail.site.facets import Value
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import typographie


def agenda_text(site: Site) -> Iterator[str]:
    """What is on from the day of the build on, what is reserved to some too."""
    on = site.ahead.every
    found = groupby(site.ahead.pairs(), key=lambda pair: pair[0].cle)
    facets = [(cle, [value for _, value in pairs]) for cle, pairs in found]
    table = Table(site.config.base, facets)
    times = _Times(table, on, site.day.date, partial(card_of, site))
    rows = {}
    for ref in times.refs:
        card, pairs = in_lines(card_of(site, ref)), site.facets.by_ref.get(ref, ())
        rows[ref] = table.row(card, card.details[1:], site.on(ref).commune, pairs)
    made = table.document(
        times.told(rows),
        jour=site.day.date.isoformat(),
        vacances=[
            [one.nom, one.du.isoformat(), one.au.isoformat()]
            for one in site.holidays.own
            if one.au >= site.day.date
        ],
        moments=times.moments.values,
        etiquettes=times.labels.values,
    )
    return data_text(made)


def network_text(site: Site) -> Iterator[str]:
    """What neighbours announce near our communes, in the same columns; each row ends with the rank
    of its portal among ``portails``: its name, the day of what is known of it."""
    near, today = near_events(site), site.day.date
    facets: dict[str, dict[str, Value]] = {}
    for one in near.values():
        for cle, code in pairs_of(one.event):
            facets.setdefault(cle, {})[code] = Value(code, "")
    table, portals = Table("", [(cle, [*some.values()]) for cle, some in facets.items()]), Texts()
    times = _Times(table, _outlook(site, near), today, partial(near_card, site))
    rows = {}
    for ref in times.refs:
        card, event = in_lines(near_card(site, ref)), near[ref].event
        commune = site.geography.by_code(event.place.code)
        rows[ref] = table.row(card, card.details[1:], commune, pairs_of(event))
    told = zip(times.refs, times.told(rows), strict=True)
    made = table.document(
        ([*row, portals.rank(_copy(near[ref].voisin))] for ref, row in told),
        jour=today.isoformat(),
        moments=times.moments.values,
        etiquettes=times.labels.values,
        portails=portals.values,
    )
    return data_text(made)


def _outlook(site: Site, near: Collection[str]) -> Outlook:
    programme, today, until = far_programme(site), site.day.date, site.ahead.window
    return Outlook(
        tuple(row for row in upcoming(programme, today, until) if row[1].ref in near),
        tuple(one for one in lasting(programme, today, until) if one.ref in near),
    )


def _copy(voisin: Neighbour) -> list[str]:
    return [voisin.nom, jour(voisin.fetched, semaine=False) if voisin.fetched else ""]


class _Times:
    """When events are on, in days from that of the build, and how lines say it."""

    def __init__(self, table: Table, on: Outlook, today: date, card: Callable[[str], Card]) -> None:
        self._today, self._on, self._card, self._table = today, on, card, table
        self.refs = sorted({row[1].ref for row in on.rows} | {one.ref for one in on.lasting})
        self.moments, self.labels = Texts(), Texts()

    def told(self, rows: Mapping[str, Row]) -> list[Row]:
        """Rows by reference, each with its rendez-vous, then with what lasts."""
        made: dict[str, Row] = {ref: [*rows[ref], [], []] for ref in self.refs}
        for ref, slot in self._slots():
            made[ref][-2].append(slot)
        for ref, span in self._spans():
            made[ref][-1].append(span)
        return [*made.values()]

    def _slots(self) -> Iterator[tuple[str, Row]]:
        """Rendez-vous: moment, labels, first day, how many more, then the days from one to the
        next of those that are said alike."""
        alike: dict[tuple[str, int, int, int], list[int]] = {}
        for day, one in self._on.rows:
            if isinstance(one, Lasting):
                continue
            line = line_of(one, day, self._card(one.ref))
            first, more = self._span(one, day.toordinal())
            clock = line.ligne.iso[10:]
            moment = self._moment(clock, line.ligne.heure, line.ligne.suite)
            said = (one.ref, moment, self._label(line.ligne.etiquettes), more)
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
            line = line_of(one, day, card).ligne
            bar = bar_of(one, self._today, card)
            yield (
                one.ref,
                [
                    self._since(one.du.toordinal()),
                    self._since(one.au.toordinal()),
                    self._table.text(bar.dates),
                    self._moment("", line.heure, line.suite),
                    self._label(line.etiquettes),
                    self._label([label for label in card.etiquettes if label.forte]),
                    [self._table.text(detail) for detail in card.details[1:]],
                ],
            )

    def _span(self, one: RendezVous, day: int) -> tuple[int, int]:
        """First day and how many more of what is told on ``day``; what began before still runs."""
        shown = one.occurrences[0]
        first, last = shown.premier_jour.toordinal(), shown.dernier_jour.toordinal()
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
