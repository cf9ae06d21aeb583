"""The filters of the agenda: the facets of its panel and its ready-made choices, and the data by
which scripts filter (``facettes/lists.py`` says the format): what is on, and how lines say it."""

from __future__ import annotations

# A first file holds what is on from today until it has rows enough, the others, what follows
# (`/agenda/facettes/2021-11-01.json`), cut at months, or each five days where much is on, with the
# values that their rows have: an edit writes few again, and a phone reads those that it needs. What
# runs from one into the next is in both. The agenda adds:
#
# `jour` (from which days of rows are counted: that of the build, or the first of the file);
# `moments` (`[end of the ISO 8601 date, « 14 h », « – 16 h »]`; an hour that is not known is `""`;
# that of a night, which stands under its eve, begins by `~`; a fourth value is the text of that
# line in place of its row's), `partout` (`[rank of the row, départements]` of each event without
# place: no département is the whole region), `autres` (ranks of the rows that are no event),
# `images` (`[rank of the row, address of its smallest picture, width, height, its classes if small
# sizes show it around a point]`), `etiquettes` (lists of `[text, code, 1 if it changes something]`)
#
# in the first file alone, `suite` (the first days of the others), `vacances` (`[name, first day,
# last day]` of the school holidays of the region's zone);
#
# `seances`, of a switch that not all sessions of an event bear (`seances-douces`), by its key:
# `[rank of the row, times…]`, the only times that are shown where it is chosen;
#
# and to each row, its times: `[moment, labels, days more, first day, steps to the next ones…]`;
# then what lasts: `[first day, last day, days in words, moment and labels of its line, labels of
# its bar, lines of its bar]`.
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import chain, groupby, pairwise
from typing import NamedTuple, TypeAlias

from portail.agenda.cuts import cut
from portail.agenda.programme import Dated, Lasting, RendezVous
from portail.agenda.weeks import Week
from portail.features.services.facettes.lists import Choices, Row, Table, Texts, labels_of
from portail.features.services.facettes.pages import facette_of, named_values
from portail.model.kinds import PLACES, is_called_event
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Card, FacettesView, FacetteView, ValeurView
from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.site.facets import Facet, Pair, Value
from portail.site.memo import answer, own_answer, per_site
from portail.site.outlook import Outlook
from portail.site.site import Site
from portail.site.territories import is_whole
from portail.site.urls import AGENDA, COMMUNES, DIRECTORY, WEEK_END, data_of
from portail.text.typography import typeset

from .views import bar_of, details_on, in_lines, said_of


def plan_filter(site: Site) -> Iterator[TextFile]:
    """The files, when there are events."""
    if site.has_dates:
        for start in ("", *_later(site)):
            yield text_file(site, _file_of(start), agenda_text, start)


def _file_of(start: str) -> str:
    url = data_of(AGENDA)
    if start:
        return f"{url.removesuffix('.json')}/{start}.json"
    return url


@answer
def _later(site: Site) -> tuple[str, ...]:
    return tuple(start for start in _files(site) if start)


# First and last day.
_Days: TypeAlias = tuple[date, date]


@per_site
def _every(site: Site) -> Outlook:
    # Rendez-vous, and apart all that lasts.
    rows, stays = site.ahead.every
    later = (stay for _, stay in rows if isinstance(stay, Lasting))
    return Outlook(tuple(row for row in rows if not isinstance(row[1], Lasting)), (*stays, *later))


@per_site
def _files(site: Site) -> Mapping[str, _Days]:
    # The days of each file: the first, ``""``, then the others by their first day.
    today = site.day.date
    rows, stays = _every(site)
    days: dict[date, set[str]] = defaultdict(set)
    for day, meeting in rows:
        days[day].add(meeting.ref)
    for stay in stays:
        days[max(stay.du, today)].add(stay.ref)
    starts = cut(days)
    ends = [*(start - timedelta(days=1) for start in starts), date.max]
    names = ["", *map(str, starts)]
    return dict(zip(names, zip([today, *starts], ends, strict=True), strict=True))


def _last(row: Dated) -> date:
    # The last day of what begins on that of a row.
    day, meeting = row
    if isinstance(meeting, Lasting):
        return meeting.au
    return max(day, meeting.occurrences[0].last_day)


def _within(outlook: Outlook, days: _Days) -> Outlook:
    # What is on during some days.
    first, last = days
    rows, stays = outlook
    return Outlook(
        tuple(row for row in rows if row[0] <= last and _last(row) >= first),
        tuple(stay for stay in stays if stay.du <= last and stay.au >= first),
    )


class _Held(NamedTuple):
    """What a file tells: its first day, that of the year of the build, what is on, the values of
    facets, those of each content, by switch the sessions that bear it."""

    first: date
    year: date
    on: Outlook
    facets: Choices
    by_ref: Mapping[str, tuple[Pair, ...]]
    sessions: Mapping[str, tuple[Dated, ...]]


@own_answer
def _held(site: Site, start: str) -> _Held:
    days = _files(site)[start]
    on = _within(_every(site), days)
    by_ref = {ref: tuple(site.facets.by_ref.get(ref, ())) for ref in sorted(on.refs)}
    offered = [*site.ahead.pairs()]
    if start:
        used = set(chain.from_iterable(by_ref.values()))
        offered = [pair for pair in offered if (pair[0].cle, pair[1].code) in used]
    groups = groupby(offered, key=lambda pair: pair[0].cle)
    facets = [(cle, [value for _, value in pairs]) for cle, pairs in groups]
    sessions = {pair[0]: _within(site.ahead.of(pair), days).rows for pair in site.facets.seances}
    return _Held(days[0], site.day.date.replace(month=1, day=1), on, facets, by_ref, sessions)


def agenda_text(site: Site, start: str) -> Iterator[str]:
    held = _held(site, start)
    table = Table(site.config.base, held.facets)
    times = Times(table, held, partial(card_of, site))
    rows = {}
    for ref in times.refs:
        card = card_of(site, ref)
        commune = site.on(ref).commune
        rows[ref] = table.row(in_lines(card), card.on(())[1:], commune, held.by_ref[ref])
    lines = times.completed(rows)
    first = {}
    if not start:
        first = {"suite": _later(site), "vacances": _holidays(site)}
    told = {
        "seances": _sessions(held, times),
        "partout": _everywhere(site, times.refs),
        "images": _thumbnails(site, times.refs),
    }
    return table.document(
        lines,
        jour=held.first.isoformat(),
        moments=times.moments.values,
        etiquettes=times.labels.values,
        **first,
        **{name: some for name, some in told.items() if some},
        autres=[rank for rank, ref in enumerate(times.refs) if not is_called_event(ref)],
    )


def _holidays(site: Site) -> list[Row]:
    return [
        [holiday.nom, holiday.du.isoformat(), holiday.au.isoformat()]
        for holiday in site.holidays.own
        if holiday.au >= site.day.date
    ]


def _sessions(held: _Held, times: Times) -> dict[str, list[Row]]:
    # By switch that not all sessions bear, the times of those that do: rank of the row, times as a
    # row tells them.
    ranks = {ref: rank for rank, ref in enumerate(times.refs)}
    by_switch: dict[str, list[Row]] = {}
    for cle, some in held.sessions.items():
        rows: dict[int, list[Row]] = {}
        for ref, slot in times.slots(some):
            rows.setdefault(ranks[ref], []).append(slot)
        if rows:
            by_switch[cle] = [[rank, *slots] for rank, slots in rows.items()]
    return by_switch


def _everywhere(site: Site, refs: Sequence[str]) -> list[Row]:
    # Ranks of the rows of what one takes part in from anywhere, each with the départements that it
    # covers: none for the whole region.
    rows = []
    for rank, ref in enumerate(refs):
        item = site.on(ref)
        if item.partout:
            departement_of = site.geography.departement
            whole = is_whole(item.zone, site.geography)
            codes = () if whole else (code for code, _ in item.territoires if departement_of(code))
            rows.append([rank, [*codes]])
    return rows


def _thumbnails(site: Site, refs: Sequence[str]) -> list[Row]:
    # Ranks of the rows that have a picture, each with the address of its smallest size, its width
    # and height in pixels, then, if it is shown around a point, its classes.
    rows = []
    for rank, ref in enumerate(refs):
        image = card_of(site, ref).image
        if image:
            url = image.variantes[0].url if image.variantes else image.url
            framing = []
            if image.cadrage:
                framing = [image.cadrage]
            rows.append([rank, site.config.base + url, image.largeur, image.hauteur, *framing])
    return rows


# Before the clock of a night: it shows it on the day after the one under which the night stands,
# after all other hours.
_AFTER = "~"


class Times:
    """When events are on, in days from the first of a file, and how lines say it."""

    def __init__(self, table: Table, held: _Held, card: Callable[[str], Card]) -> None:
        self._first = held.first
        self._year = held.year
        self._on = held.on
        self._card = card
        self._table = table
        self.refs = sorted(held.on.refs)
        self.moments = Texts()
        self.labels = Texts()

    def completed(self, rows: Mapping[str, Row]) -> list[Row]:
        """Rows by reference, each with its rendez-vous, then with what lasts."""
        by_ref: dict[str, Row] = {ref: [*rows[ref], [], []] for ref in self.refs}
        for ref, slot in self.slots(self._on.rows):
            by_ref[ref][-2].append(slot)
        for ref, span in self._spans():
            by_ref[ref][-1].append(span)
        return [*by_ref.values()]

    def slots(self, rows: Iterable[Dated]) -> Iterator[tuple[str, Row]]:
        """Rendez-vous, by reference: moment, labels, first day, how many more, then the days from
        one to the next of those that are said alike."""
        alike: dict[tuple[str, int, int, int], list[int]] = {}
        for day, meeting in rows:
            if isinstance(meeting, Lasting):
                continue
            card = self._card(meeting.ref)
            line = said_of(meeting, day, card, card)
            first, more = self._span(meeting, day.toordinal())
            clock = f"{_AFTER * meeting.occurrences[0].is_night}{line.iso[10:]}"
            moment = self._moment(clock, line.heure, line.suite, *self._own(meeting, card))
            key = (meeting.ref, moment, self._label(line.etiquettes), more)
            alike.setdefault(key, []).append(first)
        for (ref, moment, label, more), days in alike.items():
            days.sort()
            steps = (after - before for before, after in pairwise(days))
            yield ref, [moment, label, more, days[0], *steps]

    def _spans(self) -> Iterator[tuple[str, Row]]:
        # What lasts: first day, last one, its days in words, moment and labels of its line on the
        # first day, labels and lines of its bar.
        for stay in self._on.lasting:
            day = max(stay.du, self._first)
            card = self._card(stay.ref)
            line = said_of(stay, day, card, card)
            bar = bar_of(stay, self._year, card)
            row = [
                self._since(stay.du.toordinal()),
                self._since(stay.au.toordinal()),
                self._table.text(bar.dates),
                self._moment("", line.heure, line.suite, *self._own(stay, card)),
                self._label(line.etiquettes),
                self._label([label for label in card.etiquettes if label.forte]),
                [self._table.text(detail) for detail in card.details[1:]],
            ]
            yield stay.ref, row

    def _span(self, meeting: RendezVous, day: int) -> tuple[int, int]:
        # First day and how many more of what is told on ``day``; what began before still runs.
        shown = meeting.occurrences[0]
        first = shown.first_day.toordinal()
        last = shown.last_day.toordinal()
        if first != day and not (first < day == self._first.toordinal()):
            first = last = day
        return self._since(first), last - first

    def _since(self, day: int) -> int:
        return day - self._first.toordinal()

    def _own(self, meeting: RendezVous | Lasting, card: Card) -> Iterator[int]:
        if card.jours:
            yield self._table.below(card, details_on(meeting, card)[1:])

    def _moment(self, clock: str, hour: str, rest: str, *details: int) -> int:
        return self.moments.rank([clock, typeset(hour), typeset(rest), *details])

    def _label(self, labels: Iterable[Etiquette]) -> int:
        return self.labels.rank(labels_of(labels))


# What a script reckons at the reader's date.
_WHEN = {
    "aujourdhui": "Aujourd’hui",
    "week-end": "Ce week-end",
    "semaine": "Cette semaine",
    "mois": "Ce mois-ci",
    "vacances": "Vacances scolaires",
}
_PAGES = {"week-end": WEEK_END}

_FAMILIES = ("public", "familles")


def facettes_view(site: Site, counted: bool, chosen: Pair | None = None) -> FacettesView:
    """The facets of the agenda; ``counted`` tells how many are on for each."""
    view = _unchosen(site, counted, chosen[0] if chosen else "")
    if chosen:
        return view.choosing(chosen)
    return view


@answer
def _unchosen(site: Site, counted: bool, chosen: str) -> FacettesView:
    count = partial(_count, site) if counted else None
    page = site.facets.page_of
    by_facet = groupby(site.ahead.pairs(), key=lambda pair: pair[0])
    offered = (
        (facet, named_values(facet, (value for _, value in pairs), site.geography))
        for facet, pairs in by_facet
    )
    facettes = (
        facette_of(facet, values, page, count)
        for facet, values in offered
        if facet.cle in (chosen, "reserve")  # what is reserved shows nowhere else
        or (_is_told(site, facet, values) and _has_several(site, facet, values))
    )
    near = site.geography.home is not None
    return FacettesView(
        AGENDA,
        data_of(AGENDA),
        (_when(site), *facettes),
        communes=COMMUNES if near else "",
        lieux=data_of(DIRECTORY) if near and site.has(*PLACES) else "",
    )


def _has_several(site: Site, facet: Facet, values: Sequence[Value]) -> bool:
    return any(_count(site, (facet.cle, value.code)) > 1 for value in values)


def _is_told(site: Site, facet: Facet, values: Sequence[Value]) -> bool:
    if not facet.moitie:
        return True
    telling = set[str]().union(*(site.ahead.of((facet.cle, v.code)).refs for v in values))
    return 2 * len(telling) >= len(site.ahead.all.refs)


def _when(site: Site) -> FacetteView:
    everything = ValeurView("", "Tout ce qui vient", AGENDA, choisie=True)
    holidays = any(holiday.au >= site.day.date for holiday in site.holidays.own)
    moments = (
        ValeurView(code, text, _PAGES.get(code, ""))
        for code, text in _WHEN.items()
        if holidays or code != "vacances"
    )
    return FacetteView("quand", "Quand", (everything, *moments), ouverte=True, unique=True)


def _count(site: Site, pair: Pair) -> int:
    tally = site.ahead.tally(pair)
    return tally.ici + tally.autres


def shortcuts(site: Site) -> Iterator[Lien]:
    """Ready-made choices: the week-end, then what is for families if something is."""
    yield Lien("Ce week-end", WEEK_END, "quand=week-end", fin=Week.of(site.day.date).last)
    if url := site.ahead.page_of(_FAMILIES):
        yield Lien("En famille", url, "=".join(_FAMILIES))
