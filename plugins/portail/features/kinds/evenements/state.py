"""The state of an event on its page: labels, buttons, banner."""

from __future__ import annotations

from urllib.parse import quote

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence
from portail.facts.base import text_of
from portail.facts.place import town
from portail.facts.price import booking_end
from portail.facts.when import former_start, occurrence_phrase, places_left, spoken_hours
from portail.features.services.agenda.labels import state_labels
from portail.model.event import Event
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.names import resolve_names
from portail.outputs.pages.views.shared import Etiquette, Lien, Message
from portail.outputs.pages.words import WORDS
from portail.site.site import Site
from portail.text.dates import heure, jour, periode
from portail.text.typography import capital, in_letters, plain, small, unmarked

from .booking import booking_today, booking_way
from .ties import event_ties

_AS_PLANNED = "programme"
_WORDS = WORDS["etats"]


def event_labels(inputs: EntryInputs) -> tuple[Etiquette, ...]:
    entry = inputs.item.of(Event)
    informing = tuple(label for label in inputs.card.etiquettes if not label.forte)
    return (*state_labels(entry.etat), *informing)


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


def calendar_buttons(inputs: EntryInputs, url: str) -> tuple[Lien, ...]:
    """Its file for a calendar, at ``url`` if it has one, as long as one may go."""
    shown = inputs.item.shown
    if not url or shown is None or shown.off:
        return ()
    return (Lien(_WORDS["agenda"], url, fin=inputs.card.fin),)


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
    return _past(item.occurrences)


def _message(inputs: EntryInputs, site: Site) -> Message | None:
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.shown
    if entry.etat == "annule":
        return _cancelled(item.occurrences, item.is_over)
    if shown is None:
        if item.is_over:
            return Message(_WORDS["passe"], "")
        return None
    if entry.etat == "reporte" and shown.undated:
        announced = occurrence_phrase(shown)
        return Message("Reporté", "", announced, _WORDS["nouvelle_date"], ton="alerte")
    if item.is_over:
        return _past(item.occurrences)
    return _changed(shown, inputs, site)


def _cancelled(occurrences: tuple[Occurrence, ...], past: bool) -> Message:
    text = _WORDS["pas_eu_lieu" if past else "aura_pas_lieu"]
    if len(occurrences) > 1:
        text = _WORDS["aucune_date"].format(nombre=len(occurrences))
    return Message("Annulé", text, ton="erreur")


def _past(occurrences: tuple[Occurrence, ...]) -> Message:
    first = occurrences[0]
    last = occurrences[-1]
    days = periode(first.first_day, last.last_day)
    if len(occurrences) > 1:
        times = f"{in_letters(len(occurrences))} fois, "
        hours = ""
        if first.first_day == last.last_day:
            times = ""
            hours = spoken_hours(occurrences, first.first_day)
        text = f"Il a eu lieu {times}{days}{', ' if hours else ''}{hours}."
    elif last.journee:
        text = f"Il a eu lieu {days}."
    else:
        the = "" if last.is_night else "le "
        text = f"Il a eu lieu {the}{small(occurrence_phrase(last))}."
    return Message(_WORDS["passe"], text)


def _changed(shown: Occurrence, inputs: EntryInputs, site: Site) -> Message | None:
    entry = inputs.item.of(Event)
    if entry.etat in ("reporte", "reprogramme"):
        title = "Reporté" if entry.etat == "reporte" else "Reprogrammé"
        now = small(occurrence_phrase(shown))
        return Message(title, "", _first_announced(entry), now, ton="alerte")
    if entry.etat == "deplace-en-ligne":
        place = resolve_names(entry, "lieu", inputs.links)
        there = entry.adresse
        towns = None
        if there:
            towns = site.geography.by_code(there.commune)
        former = place[0].texte if place else (there and there.nom) or town(towns)
        return Message(_WORDS["en_ligne"], "", former, ton="alerte")
    if entry.etat == "complet":
        return Message(
            "Complet",
            "Toutes les places sont prises.",
            liens=event_buttons(inputs, site),
            ton="alerte",
        )
    return None


def _first_announced(entry: Event) -> str:
    # « Samedi 2 octobre 2021, à 14 h »: the day that a change of date replaces, if it is said.
    moved = former_start(entry, entry.etat)
    if moved is None:
        return ""
    hour = f", à {heure(moved.heure)}" if moved.heure else ""
    return capital(jour(moved.jour)) + hour
