"""Lines and bars of the agenda, made once for several pages; programmes of what gathers events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence, span
from portail.agenda.programme import Dated, Lasting, Programme, RendezVous
from portail.facts.when import TO_SET, day_hours, iso_start, line_hours, short_day, stated, times
from portail.model.collections import TempsFort
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.page_context import WORDS, day_labels, state_labels
from portail.outputs.pages.slots import AGENDA_YEARS, LIST_BAR
from portail.outputs.pages.views.lists import Card, Duree, GroupeAgenda, JourAgenda, LigneAgenda
from portail.outputs.pages.views.programme import GroupeView, ProgrammeView, RendezVousView
from portail.outputs.pages.views.shared import Feuille, Lien
from portail.site.editions import children_of, shown, years_of
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.reader import digest_value
from portail.site.site import Site
from portail.site.urls import NOW, WEEK_END
from portail.text.dates import JOURS, MOIS, jour, jour_court, periode
from portail.text.typography import capital, nombre, small

ORIGIN = "voisin"
"""Code of the label that names the portal that announces what is told, when it is another."""
_INFORMING = ("reserve", "en-ligne", "brouillon", ORIGIN)
"""Labels of a card that a line of the agenda has too."""


class Line(NamedTuple):
    """A line on its day, the title under which it stands there."""

    day: date
    ligne: LigneAgenda
    groupe: str = ""


class Lines:
    """Makes lines and bars, once each; who asks for one reads its card."""

    __slots__ = ("_bars", "_lines", "_site")

    def __init__(self, site: Site) -> None:
        self._site = site
        # By identity: rows are long to compare, and those of a value are those of the whole.
        self._lines: dict[int, tuple[Dated, Line]] = {}
        self._bars: dict[Lasting, Duree] = {}

    def lines(self, rows: Iterable[Dated]) -> list[Line]:
        """The line of each row."""
        return [self._line(row) for row in rows]

    def bars(self, lasting: Iterable[Lasting]) -> list[Duree]:
        """The bar of each thing that lasts."""
        return [self._bar(one) for one in lasting]

    def _line(self, row: Dated) -> Line:
        day, one = row
        card = card_of(self._site, one.ref)
        if id(row) not in self._lines:
            self._lines[id(row)] = row, line_of(one, day, card)
        return self._lines[id(row)][1]

    def _bar(self, one: Lasting) -> Duree:
        card = card_of(self._site, one.ref)
        if one not in self._bars:
            self._bars[one] = bar_of(one, self._site.day.date, card)
        return self._bars[one]


@per_site
def lines_of(site: Site) -> Lines:
    """What makes the lines of a site."""
    return Lines(site)


def days_of(
    lines: Iterable[Line], today: date, sought: Collection[date] = ()
) -> Iterator[JourAgenda]:
    """Lines by day, the days ``sought`` even empty; with the year if not that of ``today``."""
    held = {day: tuple(some) for day, some in groupby(lines, key=lambda line: line.day)}
    for day in sorted({*held, *sought}):
        year = f" {day.year}" if day.year != today.year else ""
        groups = tuple(
            GroupeAgenda(title, tuple(line.ligne for line in some))
            for title, some in groupby(held.get(day, ()), key=lambda line: line.groupe)
        )
        name = capital(JOURS[day.weekday()])
        nothing = "" if groups else WORDS["agenda"]["jour"].format(jour=JOURS[day.weekday()])
        yield JourAgenda(day, name, f"{MOIS[day.month - 1]}{year}", groups, nothing)


def line_of(one: RendezVous | Lasting, day: date, card: Card) -> Line:
    """The line of what is on, on the day when it is told."""
    free = tuple(label for label in card.etiquettes if label.code == "gratuit")
    shown = replace(in_lines(card), etiquettes=free, ancien="", image=card.image)
    ligne = said_of(one, day, shown, card)
    return Line(day, replace(ligne, digest=digest_value(ligne)))


def said_of(one: RendezVous | Lasting, day: date, shown: Card, card: Card) -> LigneAgenda:
    """The same as ``shown`` with its hours, its states and labels of ``card``, of no digest."""
    if isinstance(one, Lasting):
        hour = "Jusqu’au"
        rest = short_day(one.au, day)
        iso = day.isoformat()
        states = state_labels(one.etat)
    else:
        hour, rest = line_hours(one.occurrences, day)
        iso = iso_start(one.occurrences[0], day)
        states = day_labels(one, day)
    informing = (label for label in card.etiquettes if label.code in _INFORMING)
    return LigneAgenda(shown, hour, rest, iso, (*states, *informing))


def in_lines(card: Card) -> Card:
    """What lines and bars say of a card: neither its picture nor its next date, so that none of
    these has a page drawn again."""
    bare = replace(card, resume="", feuille=None, image=None, digest="", empreinte="", suite=())
    said = card.sorte or card.precision
    details = ("", *card.details[1:])
    return replace(bare, precision=said, details=details, fin=None)


def bar_of(one: Lasting, today: date, card: Card) -> Duree:
    """The bar of what lasts."""
    year = one.du.year != one.au.year or one.au.year != today.year
    first, last = (jour_court(day, semaine=False, annee=year) for day in (one.du, one.au))
    length = (one.au - one.du).days + 1
    done = 100 * (today - one.du).days // length if one.du <= today else None
    days = first if one.du == one.au else f"{first} – {last}"
    return Duree(replace(in_lines(card), fin=one.au), days, done, one.au)


_NAMED = 2
"""How many formats are named together."""


def agenda_links(site: Site) -> Iterator[Lien]:
    """The views of the agenda that stand by themselves."""
    yield Lien("Ce week-end", WEEK_END)
    yield Lien("En ce moment", NOW)
    yield from LIST_BAR.ask(site, Kind.EVENT)
    for year in AGENDA_YEARS.ask(site):
        yield Lien(f"Agenda {year.texte}", year.url)


@answer
def running_text(site: Site) -> str:
    """« 7 expositions et festivals »: how much lasts; ``""`` when formats are more than two."""
    lasting = site.ahead.all.lasting
    count = len(lasting)
    names = tuple(dict.fromkeys(_sort(site.on(one.ref), site, count) for one in lasting))
    if not names or len(names) > _NAMED or "" in names:
        return ""
    return f"{nombre(count)} {' et '.join(names)}"


def _sort(item: Item, site: Site, count: int) -> str:
    """What a content is, « exposition », said of ``count``; ``""`` when it does not say."""
    entry = item.entry
    showing = site.showings.get(item.ref)
    if not showing and not isinstance(entry, Event):
        return entry.kind.info.counted(count)
    formats = (showing.format,) if showing else getattr(entry, "format", ())
    term = site.vocabularies["formats"].get(formats[0]) if formats else None
    if term is None:
        return ""
    return term.pluriel if count > 1 else term.label


_MANY = 4
"""From how many events on those that gather others come first."""
_MOST, _MOST_TO_COME = 16, 60
"""Up to how many events the page of a yearly rendezvous tells day by day: of a year that is over,
of one that is to come. Beyond, its programmes do, commune by commune."""
_GATHERINGS = frozenset({"village-des-sciences", "festival", "parcours-scientifique"})


def programmes_of(item: Item, site: Site) -> tuple[ProgrammeView, ...]:
    """The programmes of a page, none for what gathers no event."""
    if isinstance(item.entry, Event):
        children = children_of(item, site)
        if any(getattr(one.entry, "etape", None) for one in children):
            steps = GroupeView("", tuple(_step(one, site) for one in children))
            return (ProgrammeView("Les étapes", (steps,), "etapes"),)
        return by_day("Au programme", children, site)
    if not isinstance(item.entry, TempsFort):
        return ()
    year = shown(years_of(item, site), site.day.date)
    events = year.heads if year else ()
    most = _MOST_TO_COME if any(not event.passe for event in events) else _MOST
    days = by_day("Jour par jour", events, site) if len(events) <= most else ()
    return (*gatherings(events, site), *days, *awaiting(year.undated if year else (), site))


def awaiting(events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Events whose day is still to be set, while it can be."""
    cards = tuple(card_of(site, one.ref) for one in events if not one.passe)
    return (ProgrammeView(TO_SET, (), "cartes", cards),) if cards else ()


def gatherings(events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Villages, festivals and parcours, which hold others, first when there are other events."""
    known = ((one.ref, one.of(Event)) for one in events)
    parts = ((ref, (*event.format, event.envergure)) for ref, event in known)
    found = tuple(card_of(site, ref) for ref, some in parts if not _GATHERINGS.isdisjoint(some))
    if not found or len(events) < _MANY:
        return ()
    return (ProgrammeView("Villages, festivals et parcours", (), "cartes", found),)


def by_day(title: str, events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Events on each of their days, by hour, then what lasts; nothing without events."""
    items = {one.ref: one for one in events}
    programme = Programme((one.ref, one.occurrences) for one in events)
    weeks = [programme.week(week) for week in programme.weeks]
    groups = [
        GroupeView(
            capital(jour(day.jour)),
            tuple(
                _line_of_all(
                    items[one.ref], site, day_hours(one.occurrences, day.jour), one.occurrences[0]
                )
                for one in day.rendez_vous
            ),
            Feuille(day.jour),
        )
        for week in weeks
        for day in week.jours
        if day.rendez_vous
    ]
    lasting = dict.fromkeys(one for week in weeks for one in week.durables)
    if lasting:
        lines = (
            _line_of_all(items[one.ref], site, capital(periode(one.du, one.au))) for one in lasting
        )
        groups.append(GroupeView("Plusieurs jours de suite", tuple(lines)))
    return (ProgrammeView(title, tuple(groups)),) if groups else ()


def _line_of_all(
    item: Item, site: Site, when: str, one: Occurrence | None = None
) -> RendezVousView:
    card = card_of(site, item.ref)
    first = one or item.occurrences[0]
    etat = first.etat if one else getattr(item.entry, "etat", "programme")
    iso = iso_start(first, first.premier_jour)
    details = tuple(filter(None, (*card.details[1:], card.precision)))
    labels = (*state_labels(etat), *(one for one in card.etiquettes if one.code == "reserve"))
    return RendezVousView(
        card.titre, card.url, card.theme, when, iso, details, labels, etat == "annule"
    )


def _step(item: Item, site: Site) -> RendezVousView:
    every = list(times(item.of(Event), item.occurrences))
    same = len({state_labels(one.etat) for one in every}) == 1
    phrases = (one.phrase if same else stated(one.phrase, one.etat) for one in every)
    return replace(
        _line_of_all(item, site, capital(" ; ".join(map(small, phrases)))),
        iso=every[0].iso,
        etiquettes=state_labels(every[0].etat) if same else (),
        annule=all(one.etat == "annule" for one in every),
    )


def by_format(
    events: Iterable[Item], site: Site, formats: Mapping[str, str]
) -> tuple[GroupeView, ...]:
    """Events by format, in the order of ``formats`` (titles by code); one has two at most."""
    held: dict[str, list[RendezVousView]] = defaultdict(list)
    for item in events:
        for code in item.of(Event).format:
            held[code].append(_line_of_all(item, site, _days(item.occurrences)))
    return tuple(
        GroupeView(title, tuple(held[code])) for code, title in formats.items() if code in held
    )


def _days(occurrences: Sequence[Occurrence]) -> str:
    """« Sam. 9 oct. », « Du 2 au 11 octobre »."""
    first, last = span(occurrences)
    short = jour_court(first, annee=False) if first == last else periode(first, last, annee=False)
    return capital(short)
