"""The page of an event: its box, its dates, what it contains, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence, span, written
from portail.facts import when
from portail.facts.audience import groups
from portail.facts.base import Fact, name_of, named, text_of, texts
from portail.facts.channels import BEFORE, added
from portail.facts.place import town
from portail.facts.price import booking_end
from portail.facts.when import Feuille, former_start, occurrence_phrase, places_left, spoken_hours
from portail.feature import DECIDING
from portail.features.services.agenda.views import state_labels
from portail.features.services.fondsdecarte.atlas import atlas_of
from portail.model.event import Event, Horaires, Seance
from portail.model.kinds import KindInfo
from portail.outputs.pages.entry.inputs import EntryInputs, Table, faits, parted, practical_box
from portail.outputs.pages.names import resolve_names
from portail.outputs.pages.slots import EDITION, EVENT_FILE, SESSION_NOTES
from portail.outputs.pages.views.shared import Lien, Message
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.memo import own_answer
from portail.site.site import Site
from portail.text.dates import heure, jour, periode
from portail.text.typography import capital, in_letters, plain, small, unmarked

from .programme import (
    DateView,
    EventTies,
    FratrieView,
    ProgrammeView,
    SeanceView,
    booking_today,
    booking_way,
    event_ties,
    programmes_of,
)
from .route_map import Step, legs, route_map

# The state of an event on its page: labels, buttons, banner.

_AS_PLANNED = "programme"
_WORDS = WORDS["etats"]


def event_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.shown
    way = _booked_by(entry)
    if item.is_over or shown is None or entry.etat == "annule" or shown.off:
        return ()
    if event_ties(site, item.ref).clos or way is None:
        return ()
    full = shown.etat == "complet" and not places_left(item, site.day.date)
    text = "Liste d’attente" if full or entry.etat == "complet" else "Réserver"
    return (replace(way, texte=text, fin=booking_end(item)),)


def booking_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """The buttons to book, under which is said until when and how."""
    terms = text_of(booking_today(inputs.item, site).values)
    return tuple(
        replace(button, note=", ".join(filter(None, (terms, button.note))))
        for button in event_buttons(inputs, site)
    )


def _booked_by(entry: Event) -> Lien | None:
    way = booking_way(entry)
    if way is None:
        return None
    if way.sign != "courriel":
        return Lien("", way.url, way.text)
    subject = quote(_WORDS["sujet_reserver"].format(titre=unmarked(plain(entry.titre))))
    return Lien("", f"{way.url}?subject={subject}", _WORDS["courriel"].strip())


def event_message(inputs: EntryInputs, site: Site) -> Message | None:
    """What changes everything and where to go instead; nothing when all goes as announced."""
    message = _message(inputs, site)
    around = inputs.related.autour
    entry = inputs.item.of(Event)
    if entry.a_confirmer and message is None:
        who = _WORDS["a_confirmer"].format(qui=entry.a_confirmer)
        message = Message(_WORDS["doute"], who, ton="alerte")
    if message and entry.motif and entry.etat != _AS_PLANNED:
        message = replace(message, texte=f"{message.texte} {entry.motif}".strip())
    if message is None or not around.suites:
        return message
    return replace(message, suites=around.suites, invite=around.lien)


def event_after(inputs: EntryInputs) -> Message | None:
    """What the page says from the day after its last one, if it does not already."""
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.shown
    if item.is_over or shown is None or entry.etat == "annule" or shown.undated:
        return None
    return _past(item.entry.kind.info, item.occurrences)


def _message(inputs: EntryInputs, site: Site) -> Message | None:
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.shown
    if entry.etat == "annule":
        text = _WORDS["pas_eu_lieu" if item.is_over else "aura_pas_lieu"]
        if item.occurrences[1:]:
            text = _WORDS["aucune_date"].format(nombre=len(item.occurrences))
        return Message("Annulé", text, ton="erreur")
    if shown is None:
        if item.is_over:
            return Message(entry.kind.info.passe, "")
        return None
    if entry.etat == "reporte" and shown.undated:
        announced = occurrence_phrase(shown)
        return Message("Reporté", "", announced, _WORDS["nouvelle_date"], ton="alerte")
    if item.is_over:
        return _past(entry.kind.info, item.occurrences)
    return _changed(shown, inputs, site)


def _past(info: KindInfo, occurrences: tuple[Occurrence, ...]) -> Message:
    it = {"une": "Elle"}.get(info.article, "Il")
    last = occurrences[-1]
    first_day, last_day = span(occurrences)
    days = periode(first_day, last_day)
    if len(occurrences) > 1:
        times = f"{in_letters(len(occurrences))} fois, "
        hours = ""
        if first_day == last_day:
            times = ""
            hours = spoken_hours(occurrences, first_day)
        text = f"{it} a eu lieu {times}{days}{', ' if hours else ''}{hours}."
    elif last.journee:
        text = f"{it} a eu lieu {days}."
    else:
        the = "" if last.is_night else "le "
        text = f"{it} a eu lieu {the}{small(occurrence_phrase(last))}."
    return Message(info.passe, text)


def _changed(shown: Occurrence, inputs: EntryInputs, site: Site) -> Message | None:
    entry = inputs.item.of(Event)
    if entry.etat in ("reporte", "reprogramme"):
        title = "Reporté" if entry.etat == "reporte" else "Reprogrammé"
        now = small(occurrence_phrase(shown))
        first = ""
        if moved := former_start(entry, entry.etat):  # « Samedi 2 octobre 2021, à 14 h »
            first = capital(jour(moved.jour)) + (f", à {heure(moved.heure)}" if moved.heure else "")
        return Message(title, "", first, now, ton="alerte")
    if entry.etat == "deplace-en-ligne":
        place = resolve_names(entry, "lieu", inputs.links)
        where = entry.adresse
        towns = None
        if where:
            towns = site.geography.by_code(where.commune)
        former = place[0].texte if place else (where and where.nom) or town(towns)
        return Message(_WORDS["en_ligne"], "", former, ton="alerte")
    if entry.etat == "complet":
        return Message(
            "Complet",
            "Toutes les places sont prises.",
            liens=event_buttons(inputs, site),
            ton="alerte",
        )
    return None


_WHO = (
    named("Organisé par", "organisateurs"),
    named("Avec", "partenaires"),
    named(name_of(Event, "edition_precedente"), "edition_precedente"),
)


def event_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    item = inputs.item
    shown = item.shown
    booking = booking_buttons(inputs, site)
    buttons = list(booking)
    calendar = ""
    if not item.apart:
        calendar = EVENT_FILE.ask(site, item)
    if calendar and shown and not shown.off:  # as long as one may go
        buttons.append(Lien(_WORDS["agenda"], calendar, fin=inputs.card.fin))
    facts = practical_box(site, item.ref)
    deciding = (fact.label for fact in added(site, DECIDING, item))
    entry = item.of(Event)
    period = ""
    if item.occurrences[1:] and not entry.seances:
        period = capital(periode(*span(item.occurrences)))
    informing = (label for label in inputs.card.etiquettes if not label.forte)
    notes = dict(SESSION_NOTES.ask(site, item))
    return {
        **parted(
            item.entry.kind,
            facts,
            without="Inscription" if booking else "",
            deciding=deciding,
        ),
        "tableaux": event_tables(site, item.ref),
        "apres": event_after(inputs),
        "premiers": faits(make(item, site) for make in BEFORE),
        "boutons": tuple(buttons),
        "contexte": event_context(inputs, site),
        "dates": event_dates(item, notes),
        "etiquettes": (*state_labels(entry.etat), *informing),
        "fratrie": event_rank(event_ties(site, item.ref)),
        "ics": calendar,
        "message": event_message(inputs, site),
        "periode": period,
        "programmes": event_programmes(inputs, site),
        # What the practical box tells: the next one, else the last.
        "quand": shown and _seance(shown, entry, when.occurrence_phrase(shown), notes),
    }


@own_answer
def event_tables(site: Site, ref: str) -> tuple[Table, ...]:
    """The weekly timetable of an event, what a group must know, who organises."""
    item = site.items[ref]
    entry = item.of(Event)
    timetable = tuple(_timetable(entry.horaires, site)) if entry.horaires else ()
    title, group = groups(item, site)
    tables = (
        ("Horaires", faits(timetable)),
        (title, faits(group)),
        ("Qui organise", faits(make(item, site) for make in _WHO)),
    )
    return tuple((title, rows) for title, rows in tables if rows)


def _timetable(horaires: Horaires, site: Site) -> Iterator[Fact]:
    if horaires.de and horaires.a:
        hours = f"de {heure(horaires.de)} à {heure(horaires.a)}"
    else:
        hours = f"à {heure(horaires.de)}" if horaires.de else "ouvert"
    for code in horaires.tous_les:
        yield Fact(capital(site.vocabularies.label("jours", code)), texts(hours))
    if not horaires.tous_les:
        yield Fact("Tous les jours", texts(hours))
    yield Fact("Sauf", texts(*(periode(span.du, span.au) for span in horaires.sauf)))


def edition_page(site: Site, rendezvous: str, year: int) -> str:
    return EDITION.ask(site, rendezvous, year) or rendezvous


def event_context(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """What an event belongs to: the one that contains it, the yearly rendezvous."""
    entry = inputs.item.of(Event)
    rank = event_ties(site, inputs.item.ref).rang
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


def event_rank(ties: EventTies) -> FratrieView | None:
    """« Étape 2 sur 3 », and what comes before and after."""
    rank = ties.rang
    if rank is None or rank.total < 2:
        return None
    return FratrieView(f"Étape {rank.rang} sur {rank.total}", rank.precedente, rank.suivante)


def event_programmes(inputs: EntryInputs, site: Site) -> tuple[ProgrammeView, ...]:
    """The programmes of an event; steps have their plan, and how far each is from the last."""
    item = inputs.item
    children = event_ties(site, item.ref).enfants
    steps: list[Step] = [(child.lien, child.position, child.theme) for child in children]
    atlas = atlas_of(site)
    return tuple(
        replace(programme, carte=route_map(steps, atlas, item.name), distances=legs(steps))
        if programme.forme == "etapes"
        else programme
        for programme in programmes_of(site, item.ref)
    )


def event_dates(item: Item, notes: Mapping[int, str]) -> tuple[DateView, ...]:
    """Each date of an event in the order of time; séances of one day are told together."""

    def shared(occurrence: Occurrence) -> tuple[date, int]:
        alone = occurrence.journee or occurrence.last_day != occurrence.first_day
        return (occurrence.first_day, occurrence.rang if alone else -1)

    groups = groupby(item.occurrences, key=shared)
    return tuple(_date(list(group), item, notes) for _, group in groups)


def _date(group: list[Occurrence], item: Item, notes: Mapping[int, str]) -> DateView:
    entry = item.of(Event)
    first = group[0]
    alone = len(group) == 1
    day = first.first_day
    phrase = when.occurrence_phrase(first) if alone else capital(jour(day))
    hours = (
        phrase if alone else capital(when.spoken_hours([occurrence], day)) for occurrence in group
    )
    return DateView(
        # Marked when it is cancelled or waits for a date.
        Feuille(day, first.off if alone else ""),
        phrase,
        first not in item.coming,
        tuple(
            _seance(session, entry, text, notes) for session, text in zip(group, hours, strict=True)
        ),
        max(session.last_day for session in group),
    )


def _seance(
    occurrence: Occurrence, entry: Event, phrase: str, remarks: Mapping[int, str]
) -> SeanceView:
    source = written(entry, occurrence)
    labels = (
        state_labels(occurrence.etat)
        if occurrence.etat != entry.etat or len(entry.seances) > 1
        else ()
    )
    seance = source if isinstance(source, Seance) else None
    moved = None
    if seance:
        moved = when.former_start(seance, occurrence.etat)
    notes = (
        remarks.get(occurrence.rang),
        seance.note if seance else None,
        WORDS["fiches"]["annoncee"].format(moment=when.moment_text(moved)) if moved else None,
    )
    struck = bool(occurrence.off)
    return SeanceView(
        phrase,
        *when.iso_bounds(occurrence),
        labels,
        struck,
        capital(", ".join(filter(None, notes))),
    )
