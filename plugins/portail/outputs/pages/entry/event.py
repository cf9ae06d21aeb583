"""The box of an event, its dates, and what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence, span
from portail.agenda.programme import called_off, written
from portail.facts import when
from portail.facts.audience import groups
from portail.facts.base import Fact, name_of, named, texts
from portail.model.collections import Projet
from portail.model.event import Event, Horaires, Seance
from portail.model.parts import Chiffre
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.maps.route import Step, legs, route_map
from portail.outputs.pages.page_context import (
    WORDS,
    PageContext,
    context_of,
    faits,
    resolve_names,
    state_labels,
)
from portail.outputs.pages.slots import EDITION
from portail.outputs.pages.views.entry import DateView, SeanceView
from portail.outputs.pages.views.programme import FratrieView, ProgrammeView
from portail.outputs.pages.views.shared import Fait, Feuille, Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import heure, jour, periode
from portail.text.typography import capital

_WHO = (
    named("Organisé par", "organisateurs"),
    named("Avec", "partenaires"),
    named(name_of(Event, "edition_precedente"), "edition_precedente"),
)


Table = tuple[str, tuple[Fait, ...]]


def event_tables(item: Item, site: Site) -> tuple[Table, ...]:
    """The weekly timetable, what a group must know, who organises."""
    entry = item.of(Event)
    timetable = tuple(_timetable(entry.horaires, context_of(site))) if entry.horaires else ()
    title, group = groups(item, site)
    tables = (
        ("Horaires", faits(timetable)),
        (title, faits(group)),
        ("Qui organise", faits(make(item, site) for make in _WHO)),
    )
    return tuple((title, rows) for title, rows in tables if rows)


def _timetable(timetable: Horaires, context: PageContext) -> Iterator[Fact]:
    if timetable.de and timetable.a:
        hours = f"de {heure(timetable.de)} à {heure(timetable.a)}"
    else:
        hours = f"à {heure(timetable.de)}" if timetable.de else "ouvert"
    for code in timetable.tous_les:
        yield Fact(capital(context.label("jours", code)), texts(hours))
    if not timetable.tous_les:
        yield Fact("Tous les jours", texts(hours))
    yield Fact("Sauf", texts(*(periode(gap.du, gap.au) for gap in timetable.sauf)))


def edition_page(site: Site, rendezvous: str, year: int) -> str:
    """Address that tells a year of the rendezvous at a site path: its own, else the latter."""
    return EDITION.ask(site, rendezvous, year) or rendezvous


def event_context(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """What an event belongs to: the one that contains it, the yearly rendezvous."""
    entry = inputs.item.of(Event)
    rank = inputs.event.rang
    year = entry.edition
    step = f"étape {entry.etape}" if entry.etape else ""
    if rank and rank.total > 1:
        step = f"étape {rank.rang} sur {rank.total}"
    parents = resolve_names(entry, "evenement_parent", inputs.links)
    return (
        *(Lien(parent.texte, parent.url, step) for parent in parents),
        # The edition has a page since it has this event.
        *(
            Lien(f"{rendezvous.texte} {year}", edition_page(site, rendezvous.url, year))
            if year and rendezvous.url
            else rendezvous
            for rendezvous in resolve_names(entry, "temps_fort", inputs.links)
        ),
    )


def event_rank(inputs: EntryInputs) -> FratrieView | None:
    """« Étape 2 sur 3 », and what comes before and after."""
    rank = inputs.event.rang
    if rank is None or rank.total < 2:
        return None
    return FratrieView(f"Étape {rank.rang} sur {rank.total}", rank.precedente, rank.suivante)


def event_programmes(inputs: EntryInputs, context: PageContext) -> tuple[ProgrammeView, ...]:
    """The programmes of an event; steps have their plan, and how far each is from the last."""
    steps: list[Step] = [
        (child.lien, child.position, child.theme) for child in inputs.event.enfants
    ]
    name = inputs.item.name
    return tuple(
        replace(programme, carte=route_map(steps, context.atlas, name), distances=legs(steps))
        if programme.forme == "etapes"
        else programme
        for programme in inputs.related.programmes
    )


def event_dates(inputs: EntryInputs) -> tuple[DateView, ...]:
    """Each date of an event in the order of time; séances of one day are told together."""
    item = inputs.item

    def shared(occurrence: Occurrence) -> tuple[date, int]:
        """Their day; whole days and nights stand alone."""
        alone = occurrence.journee or occurrence.dernier_jour != occurrence.premier_jour
        return (occurrence.premier_jour, occurrence.rang if alone else -1)

    groups = groupby(item.occurrences, key=shared)
    return tuple(_date(list(group), inputs) for _, group in groups)


def _date(group: list[Occurrence], inputs: EntryInputs) -> DateView:
    entry = inputs.item.of(Event)
    first = group[0]
    alone = len(group) == 1
    day = first.premier_jour
    phrase = when.occurrence_phrase(first) if alone else capital(jour(day))
    hours = (
        phrase if alone else capital(when.spoken_hours([occurrence], day)) for occurrence in group
    )
    return DateView(
        leaf_of(first, entry) if alone else Feuille(day),
        phrase,
        first.rang < inputs.item.passees,
        tuple(
            _seance(occurrence, inputs, text) for occurrence, text in zip(group, hours, strict=True)
        ),
        max(occurrence.dernier_jour for occurrence in group),
    )


def leaf_of(occurrence: Occurrence, entry: Event) -> Feuille:
    """The leaf of an occurrence, marked when it is cancelled or waits for a date."""
    return Feuille(occurrence.premier_jour, called_off(entry, occurrence))


def _seance(occurrence: Occurrence, inputs: EntryInputs, phrase: str) -> SeanceView:
    entry = inputs.item.of(Event)
    source = written(entry, occurrence)
    labels = (
        state_labels(occurrence.etat)
        if occurrence.etat != entry.etat or len(entry.seances) > 1
        else ()
    )
    seance = source if isinstance(source, Seance) else None
    moved = when.former_start(seance, occurrence.etat) if seance else None
    notes = (
        *(note for rang, note in inputs.notes if rang == occurrence.rang),
        seance.note if seance else None,
        WORDS["fiches"]["annoncee"].format(moment=when.moment_text(moved)) if moved else None,
    )
    struck = bool(called_off(entry, occurrence))
    return SeanceView(
        phrase,
        *when.iso_bounds(occurrence),
        labels,
        struck,
        capital(", ".join(filter(None, notes))),
    )


def shown_date(inputs: EntryInputs) -> SeanceView | None:
    """The séance that the practical box tells: the next one, else the last."""
    shown = inputs.item.montree
    return _seance(shown, inputs, when.occurrence_phrase(shown)) if shown else None


def event_period(inputs: EntryInputs) -> str:
    """« Du 15 septembre au 15 décembre 2021 », for a timetable or a rule; else nothing."""
    item = inputs.item
    if item.of(Event).seances or len(item.occurrences) < 2:
        return ""
    return capital(periode(*span(item.occurrences)))


def figures(chiffres: Iterable[Chiffre]) -> tuple[Fait, ...]:
    """Key figures, each with its year and its source."""
    rows = []
    for figure in chiffres:
        year = str(figure.annee or "")
        in_source = year in (figure.source or "")
        origin = ", ".join(filter(None, ("" if in_source else year, figure.source)))
        rows.append(Fait(capital(figure.libelle), (Lien(figure.valeur, note=origin),)))
    return tuple(rows)


def project_steps(entry: Projet) -> tuple[Fait, ...]:
    """Steps of a project, each on its day."""
    rows = []
    for step in entry.etapes:
        day = jour(step.date.jour, semaine=False) if step.date else "Date à préciser"
        if step.date and step.date.heure:
            day += f", {heure(step.date.heure)}"
        rows.append(Fait(capital(day), (Lien(step.titre, note="fait" if step.fait else ""),)))
    return tuple(rows)


def titled(title: str, rows: tuple[Fait, ...]) -> tuple[Table, ...]:
    """A table under its title; none without rows."""
    return ((title, rows),) if rows else ()
