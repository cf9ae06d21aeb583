"""The years of a yearly rendezvous: what they hold, their steps, their figures once some organiser
told of them, and what engines are told of them.

A year has a page of its own, except the one that runs or comes next: the page of the rendezvous
itself tells it. Its steps are the call, the programme and the returns. The rendezvous and its
editions are given to engines as JSON-LD (https://schema.org/Festival).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import span
from portail.facts.place import address
from portail.features.kinds.evenements.json_ld import days_node, place_and_status
from portail.features.services.bilans.returns import (
    LEAST,
    Told,
    is_over,
    lacking_returns,
    told_of,
    year_of,
)
from portail.features.services.bilans.table import Bilan, Key, Row, Table, table
from portail.features.services.editions.editions import (
    YearOf,
    edition_days,
    expected_days,
    is_to_come,
    return_form,
    shares,
    shown,
    years_of,
)
from portail.features.services.referencement import nodes
from portail.model.collections import AnnouncementEntry, Edition
from portail.model.event import Event
from portail.model.kinds import DATED, YEARLY, info_of
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.views.shared import Lien, Machine, Picture, TempsView
from portail.resources import rows, rows_of
from portail.site.item import Item
from portail.site.memo import answer, own_answer, per_site
from portail.site.site import Site
from portail.text.dates import jour, periode
from portail.text.typography import capital, nombre, plain

from .model import TempsFort

WORDS: Mapping[str, str] = rows_of("kinds.tempsforts", "mots")


_EVENTS = info_of(DATED)


def count_of(true: int, invented: int, counted: Callable[[int], str] = _EVENTS.counted) -> str:
    """« 12 événements », with those that are invented; ``""`` for none."""
    count = true + invented
    if count:
        return f"{nombre(count)} {counted(count)}"
    return ""


def edition_of(url: str, year: int) -> str:
    """Site path of one edition of a yearly rendezvous, below its page."""
    return f"{url}{year}/"


def programme_of(url: str, year: int, public: str) -> str:
    """Site path, below an edition, of its programme for some public: ``scolaires``
    (``/temps-forts/fete/2021/scolaires/``)."""
    return f"{edition_of(url, year)}{public}/"


@per_site
def told_years(site: Site, ref: str) -> tuple[YearOf, ...]:
    """Years of a rendezvous that have something to tell, latest first; none of a draft that is
    shared, whose years have no page."""
    item = site.items[ref]
    if item.apart:
        return ()
    return tuple(year for year in years_of(item, site) if year.told)


@per_site
def present_year(site: Site, ref: str) -> int | None:
    """The year that the page of a rendezvous tells; ``None`` where nothing is to come."""
    year = shown(years_of(site.items[ref], site), site.day.date)
    if year and not is_over(year, site):
        return year.annee
    return None


@answer
def page_of_year(site: Site, ref: str, year: int) -> str:
    url = site.items[ref].url
    if year == present_year(site, ref):
        return url
    return edition_of(url, year)


def led_years(site: Site) -> Iterator[tuple[str, str, str]]:
    """Addresses of the years that are told by the page of their rendezvous: where they lead."""
    for item in site.of_kinds(YEARLY):
        year = present_year(site, item.ref)
        if year in {edition.annee for edition in told_years(site, item.ref)} and year is not None:
            yield edition_of(item.url, year), item.url, item.name


class Annee(NamedTuple):
    """A year of a rendezvous."""

    annee: int
    edition: Edition | None
    url: str
    nombre: int
    exemples: int


class Annees(Struct, frozen=True):
    """The years of a rendezvous."""

    annees: tuple[Annee, ...]
    # The year that the page tells.
    annee: Annee | None
    # Whether that one is to come, and no event is announced yet.
    attendu: bool
    # Days that its rule lets expect, where no edition is to come.
    prochaine: str


@own_answer
def years_told(site: Site, ref: str) -> Annees:
    """The years of a rendezvous, by its reference."""
    item = site.items[ref]
    years = years_of(item, site)
    current = shown(years, site.day.date)
    shown_years = {year.annee for year in told_years(site, ref)}
    rows = {
        year.annee: Annee(
            year.annee,
            year.edition,
            page_of_year(site, ref, year.annee) if year.annee in shown_years else "",
            *shares(year.heads),
        )
        for year in years
    }
    today = site.day.date
    coming = current is not None and is_to_come(current.edition, today)
    return Annees(
        tuple(rows.values()),
        rows[current.annee] if current else None,
        coming and current is not None and not current.events,
        "" if coming else expected_days(item, today),
    )


def edition_at(site: Site, rendezvous: str, year: int) -> str:
    """Address of the edition of a year of the highlight at an address, which is all that a draft
    that is shared has."""
    refs = {item.url: item.ref for item in site.of_kinds(YEARLY)}
    if rendezvous in refs:
        return page_of_year(site, refs[rendezvous], year)
    return rendezvous


# Anchor of what organisers told, on the page of an edition.
RETURNS = "Retours"
# Events from which an edition without a call has a cycle.
_LEAST = 2


def awaited(site: Site, ref: str, annee: int) -> tuple[Lien, ...]:
    """Events of an edition that is over whose organiser is asked how it was, in order; none where
    there is no form."""
    asked = ((event, return_form(event, site)) for event in lacking_returns(site, ref, annee))
    return tuple(
        Lien(event.name, form, capital(periode(*span(event.occurrences))))
        for event, form in asked
        if form
    )


def open_years(site: Site) -> Iterator[tuple[str, tuple[TempsView, ...]]]:
    """Years that are not over and call for proposals, by name, the nearest first."""
    for item in site.of_kinds(YEARLY):
        for year in sorted(edition.annee for edition in years_of(item, site)):
            cycle = steps(site, item.ref, year)
            if cycle and not is_over(year_of(site, item.ref, year), site):
                yield f"{item.name} {year}", cycle


@answer
def steps(site: Site, ref: str, annee: int) -> tuple[TempsView, ...]:
    """The call, if there is one; the programme; the returns. None where nobody is called."""
    year = year_of(site, ref, annee)
    if year is None:
        return ()
    calls = tuple(_calls(site, ref, annee))
    if calls or len(year.heads) >= _LEAST:
        return tuple(_steps(site, ref, year, calls))
    return ()


def _calls(site: Site, ref: str, annee: int) -> Iterator[tuple[Item, date]]:
    for item in map(site.items.__getitem__, site.indexes.by_target.get(ref, ())):
        last = None
        if isinstance(item.entry, AnnouncementEntry):
            last = item.entry.echeance
        if last and annee == (item.of(AnnouncementEntry).edition or last.year):
            yield item, last


def _steps(
    site: Site, ref: str, year: YearOf, calls: Sequence[tuple[Item, date]]
) -> Iterator[TempsView]:
    day = site.day.date
    edition = year.edition
    for call, last_of_call in sorted(calls, key=lambda row: (row[1], row[0].ref))[-1:]:
        until = f"Jusqu’au {jour(last_of_call, semaine=False)}"
        state = "passe" if call.is_over else "present"
        yield TempsView(Lien("L’appel", call.url, "clos" if call.is_over else ""), until, state)
    page = page_of_year(site, ref, year.annee) if year.told else ""
    over = is_over(year, site)
    days = edition and edition.jours
    state = "futur"
    if over:
        state = "passe"
    elif days and days[0] <= day:
        state = "present"
    count = count_of(*shares(year.heads)) or WORDS["pas_encore"]
    yield TempsView(Lien("Le programme", page, count), edition_days(edition), state)
    if over:
        true, _ = told_of(site, ref, year.annee)
        there = ""
        if bilan_of_edition(site, ref, year.annee).tables:
            there = f"{page}#{RETURNS}"
        yield TempsView(Lien("Les retours", there, true.rate), "", "present")
    elif days:
        after = jour(days[1] + timedelta(days=1), semaine=False)
        later = Lien("Les retours", "", WORDS["retours"])
        yield TempsView(later, f"À partir du {after}", "futur")


# Events of the edition that are told, at most.
_SHOWN = 24


def edition_machine(
    item: Item, year: YearOf, events: Sequence[Item], url: str, site: Site, image: Picture
) -> Machine:
    """The edition, the rendezvous that it is one of, the first of its events."""
    entry = item.of(TempsFort)
    edition = year.edition
    config = site.config
    series = config.absolute(item.url)
    name = plain(entry.titre)
    above = {"@type": "EventSeries", "@id": f"{series}#contenu", "name": name, "url": series}
    node = {
        "@type": "Festival",
        "@id": f"{config.absolute(url)}#contenu",
        "url": config.absolute(url),
        "name": f"{name} {year.annee}",
        "description": (edition and edition.theme) or entry.resume,
        "image": nodes.image_node(image, config),
        **days_node(edition),
        **place_and_status(config),
        "superEvent": above,
        "subEvent": _parts(events, site),
    }
    return Machine(image, donnees=(nodes.kept(node),))


def rendezvous_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """``node`` completed as a rendezvous: who organises it, its editions that have a page; the one
    that its own page tells has its events."""
    item = inputs.item
    config = site.config
    parts = {year.annee: year.heads for year in told_years(site, item.ref)}
    editions = (
        nodes.kept(
            {
                "@type": "Festival",
                "name": f"{node['name']} {year.annee}",
                "url": config.absolute(year.url),
                **days_node(year.edition),
                **place_and_status(config),
                "subEvent": _parts(parts[year.annee], site) if year.url == item.url else [],
            }
        )
        for year in years_told(site, item.ref).annees
        if year.url
    )
    organisers = nodes.agents(item.entry, "organisateur", inputs.links, config)
    return {**node, "organizer": organisers, "subEvent": list(editions)}


def _parts(events: Sequence[Item], site: Site) -> list[nodes.Node]:
    indexed = (event for event in events if event.entry.indexable)
    first = sorted(indexed, key=lambda event: (event.occurrences[0].debut, event.ref))
    return [_part(event, site) for event in first[:_SHOWN]]


def _part(event: Item, site: Site) -> nodes.Node:
    entry = event.of(Event)
    config = site.config
    around = nodes.everywhere(event, site.geography, config)
    node = {
        "@type": "Event",
        "name": plain(entry.titre),
        "url": config.absolute(event.url),
        "startDate": event.occurrences[0].day.isoformat(),
        "eventStatus": nodes.status(entry.etat, site.vocabularies),
        "location": [
            *around,
            *nodes.locations(event, address(event, site), config, site.vocabularies),
        ],
    }
    return nodes.kept(node)


# What events count, in the order of the question « mesures »; those that rest on returns.
_KNOWN: Mapping[str, str] = rows("retours")
_RESTING = frozenset({"nouveaux", "visiteurs", "tout_public", "scolaires", "equipes"})


@per_site
def bilan_of_edition(site: Site, ref: str, annee: int) -> Bilan:
    """The figures of an edition that is over and of which organisers told; empty before."""
    title = f"{plain(site.items[ref].entry.titre)} {annee} en chiffres"
    _, told = told_of(site, ref, annee)
    if not told.returns or not is_over(year_of(site, ref, annee), site):
        return Bilan(title, annee)
    return Bilan(
        title,
        annee,
        tuple(_phrases(told)),
        cles=tuple(_keys(told)),
        tables=tuple(filter(None, _tables(told))),
        methode=_METHOD,
    )


_METHOD = (
    (
        "Un village, un festival ou un parcours compte pour un événement, avec tout ce qu’il "
        "réunit : son retour vaut pour l’ensemble, sinon ceux de ses animations s’additionnent."
    ),
    "Un événement annulé n’est pas compté. Le porteur est la première structure qui organise.",
    (
        "Aucune part n’est donnée pour moins de cinq réponses ; l’appréciation et les difficultés "
        "ne sont jamais dites pour un événement."
    ),
)


def _phrases(told: Told) -> Iterator[str]:
    if told.invented:
        yield (
            "Aucun organisateur n’a encore raconté comment c’était. Ce qui suit le montre avec les "
            "événements donnés en exemple : ces nombres sont inventés."
        )
    yield f"D’après {told.rate} : ce que les autres n’ont pas dit n’y est pas."
    if told.hard and told.returns >= LEAST:
        yield f"{nombre(told.hard)} de ces retours disent une difficulté, que la rédaction a lue."


def _keys(told: Told) -> Iterator[Key]:
    (counts,) = told.asked("mesures")
    for (code, titre), value in zip(_KNOWN.items(), counts, strict=True):
        if value:
            yield Key(titre, value, note=told.rate if code in _RESTING else "")


def _tables(told: Told) -> Iterator[Table]:
    # Those of examples say so in their titles, which files keep.
    mention = " (exemple inventé)" if told.invented else ""
    basis = f"D’après {told.rate}."
    notes = {
        "departements": basis,
        "envergures": basis,
        "niveaux": f"{basis} {nombre(told.levels)} en parle{'nt' * (told.levels > 1)}.",
        "formats": "Un événement de deux formats compte dans les deux.",
        "satisfaction": f"{basis} {nombre(told.opinions)} la disent.",
    }
    if told.opinions < LEAST:
        del notes["satisfaction"]
    for code, note in notes.items():
        name = f"edition.{code}"
        lines = (Row(label, tuple(values), url) for label, url, *values in told.asked(name))
        yield table(name, lines, note=note, mention=mention)
