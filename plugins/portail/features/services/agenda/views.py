"""What the pages of the agenda show: its weeks, months and years, and the lines and bars of events.

Lines, bars and the labels of an event or of a séance are made once for all pages that show them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain, groupby
from types import SimpleNamespace
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import Dated, Lasting, RendezVous
from portail.facts.when import STATES, Feuille, iso_start, line_hours, short_day
from portail.model.event import Event
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import MODELE, Bloc, Card, ListingView
from portail.outputs.pages.views.shared import Etiquette
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.reader import digest_value
from portail.site.site import Site
from portail.text.dates import JOURS, MOIS, jour, jour_court
from portail.text.typography import capital, nombre


def state_labels(etat: str) -> tuple[Etiquette, ...]:
    """The label of an event's or a séance's state; none when it goes as planned."""
    if etat in STATES:
        return (Etiquette(STATES[etat], etat, True),)
    return ()


def day_labels(rendez_vous: RendezVous, day: date) -> tuple[Etiquette, ...]:
    """The label of what is on one day: its state, its new date where it was first announced."""
    if not rendez_vous.reporte_au:
        return state_labels(rendez_vous.etat)
    new = jour(rendez_vous.reporte_au, semaine=False, annee=rendez_vous.reporte_au.year != day.year)
    return (Etiquette(f"Reporté au {new}", "reporte", True),)


class PeriodView(shared.PageView, frozen=True, kw_only=True):
    """A period of the agenda, between the nearest with a page; ``affiche`` is its poster."""

    nombre: str
    precedente: shared.Lien | None
    suivante: shared.Lien | None
    presentations: tuple[shared.Lien, ...]
    vide: shared.Vide | None = None
    affiche: str = ""


class WeekView(PeriodView, frozen=True, kw_only=True):
    """A week: its days in words, its name in addresses, what lasts, its days."""

    dates: str
    slug: str
    bandeaux: tuple[RendezVousView, ...]
    jours: tuple[SimpleNamespace, ...]


class Filet(Struct, frozen=True):
    """A bar that begins at a day, or at a Monday that it runs through: its rank from 1, so that it
    goes on in line; its name; how many days of that week it covers."""

    rang: int
    titre: str
    jours: int


class Repere(Struct, frozen=True):
    """A highlight (``rang`` of its rule, 0: not drawn), or school holidays."""

    texte: str
    dates: str
    url: str = ""
    theme: str = ""
    rang: int = 0


class MonthView(PeriodView, frozen=True, kw_only=True):
    """``jours`` fill whole weeks, Monday first; ``semaines`` have days and count as notes."""

    jours: tuple[SimpleNamespace, ...]
    temps_forts: tuple[Repere, ...]
    vacances: tuple[Repere, ...]
    durables: Bloc
    semaines: tuple[shared.Lien, ...]


class YearView(PeriodView, frozen=True, kw_only=True):
    annee: int
    mois: tuple[SimpleNamespace, ...]


class RendezVousView(Struct, frozen=True):
    """An event on one day: ``heures`` in words, the first also as ISO 8601; where and how. What
    lasts has no hours: its details say until when."""

    titre: str
    url: str
    theme: str
    details: tuple[str, ...]
    etiquettes: tuple[shared.Etiquette, ...]
    heures: str = ""
    iso: str = ""
    annule: bool = False


class LigneAgenda(Struct, frozen=True):
    """An event on one day: hours in words and for machines, states of that day, its card without
    date; ``digest`` lets several pages share one drawing.
    """

    carte: Card
    heure: str
    suite: str
    iso: str
    etiquettes: tuple[shared.Etiquette, ...]
    digest: str = ""


class GroupeAgenda(Struct, frozen=True):
    """Lines of a day under a title (a territory), ``""`` for none."""

    titre: str
    lignes: tuple[LigneAgenda, ...]


class JourAgenda(Struct, frozen=True):
    """A day and its month in words, its lines; ``vide`` says that it has none."""

    jour: date
    nom: str
    mois: str
    groupes: tuple[GroupeAgenda, ...]
    vide: str = ""

    @property
    def lignes(self) -> tuple[LigneAgenda, ...]:
        return tuple(chain.from_iterable(groupe.lignes for groupe in self.groupes))


class Duree(Struct, frozen=True):
    """What lasts; ``ecoule``: in hundredths, on the day of the build, ``None`` before it begins."""

    carte: Card
    dates: str
    ecoule: int | None
    fin: date | None = None


_JOUR = date(2000, 1, 1)
_ETAT = shared.Etiquette("État", "etat", forte=True)
_CARTE = replace(
    MODELE,
    url="/agenda/",
    feuille=Feuille(_JOUR),
    details=("Quand", "Où"),
    etiquettes=(_ETAT,),
)
# A day that says nothing: what a script draws takes its markup from it.
MODELE_JOUR = JourAgenda(
    _JOUR,
    "Jour",
    "mois",
    (GroupeAgenda("", (LigneAgenda(_CARTE, "Heure", "suite", _JOUR.isoformat(), (_ETAT,)),)),),
)
# The same, of what lasts.
MODELE_DUREE = Duree(_CARTE, "Dates", 0, _JOUR)


class AgendaView(ListingView, frozen=True, kw_only=True):
    """A page of the agenda: ``durees`` are bars, ``aussi`` what else lasts; a ``grille`` is bars
    alone; ``reste`` leads to what comes later.
    """

    jours: tuple[JourAgenda, ...]
    durees: tuple[Duree, ...]
    aussi: Bloc
    tous: shared.Lien | None = None
    grille: bool = False
    reste: shared.Lien | None = None
    affiche: str = ""
    modele_jour: JourAgenda = MODELE_JOUR
    modele_duree: Duree = MODELE_DUREE


# Labels of a card that a line of the agenda has too.
_INFORMING = ("reserve", "en-ligne", "brouillon")


class Line(NamedTuple):
    """A line on its day, the title under which it stands there."""

    day: date
    ligne: LigneAgenda
    groupe: str = ""


def lines_of(site: Site, rows: Iterable[Dated]) -> list[Line]:
    """The lines of rows, made once each for all pages; who asks for one reads its card."""
    made = _lines(site)
    lines = []
    for row in rows:
        day, event = row
        card = card_of(site, event.ref)
        if id(row) not in made:
            made[id(row)] = row, line_of(event, day, card)
        lines.append(made[id(row)][1])
    return lines


@per_site
def _lines(_site: Site) -> dict[int, tuple[Dated, Line]]:
    # By identity: rows are long to compare, and those of a value are those of the whole.
    return {}


def bars_of(site: Site, lasting: Iterable[Lasting]) -> list[Duree]:
    return [bar_of(stay, site.day.date, card_of(site, stay.ref)) for stay in lasting]


def days_of(
    lines: Iterable[Line], today: date, sought: Collection[date] = ()
) -> Iterator[JourAgenda]:
    """Lines by day, the days ``sought`` even empty; with the year if not that of ``today``."""
    by_date = {day: tuple(lines_of) for day, lines_of in groupby(lines, key=lambda line: line.day)}
    for day in sorted({*by_date, *sought}):
        year = ""
        if day.year != today.year:
            year = f" {day.year}"
        groups = tuple(
            GroupeAgenda(title, tuple(line.ligne for line in lines_of))
            for title, lines_of in groupby(by_date.get(day, ()), key=lambda line: line.groupe)
        )
        name = capital(JOURS[day.weekday()])
        nothing = ""
        if not groups:
            nothing = WORDS["agenda"]["jour"].format(jour=JOURS[day.weekday()])
        yield JourAgenda(day, name, f"{MOIS[day.month - 1]}{year}", groups, nothing)


def line_of(event: RendezVous | Lasting, day: date, card: Card) -> Line:
    """The line of what is on, on the day when it is told."""
    free = tuple(label for label in card.etiquettes if label.code == "gratuit")
    in_day = in_lines(replace(card, details=details_on(event, card)))
    shown = replace(in_day, etiquettes=free, ancien="", image=card.image)
    ligne = said_of(event, day, shown, card)
    return Line(day, replace(ligne, digest=digest_value(ligne)))


def details_on(event: RendezVous | Lasting, card: Card) -> tuple[str, ...]:
    """Details of a card, those of some days alone where these are told."""
    if isinstance(event, Lasting) or not card.jours:
        return card.details
    return card.on(set(chain.from_iterable(session.days() for session in event.occurrences)))


def said_of(event: RendezVous | Lasting, day: date, shown: Card, card: Card) -> LigneAgenda:
    """The same as ``shown`` with its hours, its states and labels of ``card``, of no digest."""
    if isinstance(event, Lasting):
        hour = "Jusqu’au"
        remainder = short_day(event.au, day)
        iso = day.isoformat()
        states = state_labels(event.etat)
    else:
        hour, remainder = line_hours(event.occurrences, day)
        iso = iso_start(event.occurrences[0], day)
        states = day_labels(event, day)
    informing = (label for label in card.etiquettes if label.code in _INFORMING)
    return LigneAgenda(shown, hour, remainder, iso, (*states, *informing))


def in_lines(card: Card) -> Card:
    """What lines and bars say of a card: neither its picture nor its next date, so that none of
    these has a page drawn again."""
    bare = replace(
        card, resume="", feuille=None, image=None, digest="", empreinte="", suite=(), jours=()
    )
    sort = card.sorte or card.precision
    details = ("", *card.details[1:])
    return replace(bare, precision=sort, details=details, fin=None)


def bar_of(stay: Lasting, today: date, card: Card) -> Duree:
    year = stay.du.year != stay.au.year or stay.au.year != today.year
    first, last = (jour_court(day, semaine=False, annee=year) for day in (stay.du, stay.au))
    length = (stay.au - stay.du).days + 1
    done = None
    if stay.du <= today:
        done = 100 * (today - stay.du).days // length
    days = first if stay.du == stay.au else f"{first} – {last}"
    return Duree(replace(in_lines(card), fin=stay.au), days, done, stay.au)


# How many formats are named together.
_NAMED = 2


@answer
def running_text(site: Site) -> str:
    """« 7 expositions et festivals »: how much lasts; ``""`` when formats are more than two."""
    lasting = site.ahead.all.lasting
    count = len(lasting)
    names = tuple(dict.fromkeys(_sort(site.on(stay.ref), site, count) for stay in lasting))
    if not names or len(names) > _NAMED or "" in names:
        return ""
    return f"{nombre(count)} {' et '.join(names)}"


def _sort(item: Item, site: Site, count: int) -> str:
    # What a content is, « exposition », said of ``count``; ``""`` when it does not say.
    entry = item.entry
    showing = site.showings.get(item.ref)
    if not showing and not isinstance(entry, Event):
        return entry.kind.info.counted(count)
    formats = (showing.format,) if showing else getattr(entry, "format", ())
    term = None
    if formats:
        term = site.vocabularies["formats"].get(formats[0])
    if term is None:
        return ""
    if count > 1:
        return term.pluriel
    return term.label
