"""What the state of an event changes on its page: labels, buttons, the band that says it first."""

from __future__ import annotations

from dataclasses import replace

from portail.agenda.occurrences import Occurrence
from portail.agenda.upcoming import called_off, undated
from portail.facts.price import booking_page
from portail.facts.when import former_start, occurrence_phrase
from portail.facts.where import online_link, town
from portail.model.event import Event
from portail.outputs.pages.ends import booking_end
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, resolve_names, state_labels
from portail.outputs.pages.views.shared import Etiquette, Lien, Message
from portail.site.urls import calendar_of
from portail.text.dates import heure, jour, periode
from portail.text.typography import capital, small

_AS_PLANNED = "programme"


def event_labels(inputs: EntryInputs) -> tuple[Etiquette, ...]:
    """Those of the card, with the event's own state rather than a séance's."""
    entry = inputs.item.entry
    assert isinstance(entry, Event)
    informing = tuple(label for label in inputs.card.etiquettes if not label.forte)
    return (*state_labels(entry.etat), *informing)


def event_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Booking, for an event that can still be attended; a full one has a waiting list."""
    item, entry = inputs.item, inputs.item.entry
    assert isinstance(entry, Event)
    shown, page = item.montree, booking_page(entry)
    if item.passe or shown is None or entry.etat == "annule" or called_off(entry, shown):
        return ()
    if inputs.event.clos or not page:
        return ()
    full = "complet" in (entry.etat, shown.etat)
    until = booking_end(item)
    return (Lien("Liste d’attente" if full else "Réserver", page, fin=until),)


def calendar_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Its file for a calendar, as long as one may go."""
    item, entry = inputs.item, inputs.item.entry
    assert isinstance(entry, Event)
    shown = item.montree
    if item.passe or shown is None or called_off(entry, shown):
        return ()
    several = len(item.occurrences) - item.passees > 1
    text = "Ajouter les dates à mon agenda" if several else "Ajouter à mon agenda"
    return (Lien(text, calendar_of(item.url), fin=inputs.card.fin),)


def event_message(inputs: EntryInputs, kit: Kit) -> Message | None:
    """What changes everything and where to go instead; nothing when all goes as announced."""
    told, around = _told(inputs, kit), inputs.related.autour
    entry = inputs.item.entry
    if told and isinstance(entry, Event) and entry.motif and entry.etat != _AS_PLANNED:
        told = replace(told, texte=f"{told.texte} {entry.motif}".strip())
    if told is None or not around.suites:
        return told
    return replace(told, suites=around.suites, invite=around.lien)


def event_after(inputs: EntryInputs) -> Message | None:
    """What the page says from the day after its last one; nothing where it says so already, or
    says more."""
    item, entry = inputs.item, inputs.item.entry
    assert isinstance(entry, Event)
    shown = item.montree
    if item.passe or shown is None or entry.etat == "annule" or undated(entry, shown):
        return None
    return _past(item.occurrences)


def _told(inputs: EntryInputs, kit: Kit) -> Message | None:
    item, entry = inputs.item, inputs.item.entry
    assert isinstance(entry, Event)
    shown = item.montree
    if shown is None:
        return None
    if entry.etat == "annule":
        return _cancelled(item.occurrences, item.passe)
    if entry.etat == "reporte" and undated(entry, shown):
        announced = occurrence_phrase(shown)
        return Message("Reporté", "", announced, "nouvelle date à venir", ton="alerte")
    if item.passe:
        return _past(item.occurrences)
    return _changed(entry, shown, inputs, kit)


def _cancelled(occurrences: tuple[Occurrence, ...], past: bool) -> Message:
    text = "Ce rendez-vous n’a pas eu lieu." if past else "Ce rendez-vous n’aura pas lieu."
    if len(occurrences) > 1:
        text = f"Aucune des {len(occurrences)} dates annoncées n’est maintenue."
        return Message("Annulé", text, ton="erreur")
    return Message("Annulé", text, occurrence_phrase(occurrences[0]), ton="erreur")


def _past(occurrences: tuple[Occurrence, ...]) -> Message:
    first, last = occurrences[0], occurrences[-1]
    days = periode(first.premier_jour, last.dernier_jour)
    if len(occurrences) > 1:
        text = f"Ses {len(occurrences)} dates allaient {days}."
    elif last.journee:
        text = f"Il a eu lieu {days}."
    else:
        text = f"Il a eu lieu le {small(occurrence_phrase(last))}."
    return Message("Cet événement est passé", text)


def _changed(entry: Event, shown: Occurrence, inputs: EntryInputs, kit: Kit) -> Message | None:
    if entry.etat in ("reporte", "reprogramme"):
        title = "Reporté" if entry.etat == "reporte" else "Reprogrammé"
        now = small(occurrence_phrase(shown))
        return Message(title, "", _first_announced(entry), now, ton="alerte")
    if entry.etat == "deplace-en-ligne":
        online = tuple(
            Lien(capital(one.text), one.url, signe=one.sign) for one in online_link(entry)
        )
        place = resolve_names(entry, "lieu", inputs.links)
        former = place[0].texte if place else town(inputs.item.commune)
        return Message("Déplacé en ligne", "", former, "à suivre en ligne", online, "alerte")
    if entry.etat == "complet":
        return Message("Complet", "Toutes les places sont prises.", liens=event_buttons(inputs),
                       ton="alerte")  # fmt: skip
    return None


def _first_announced(entry: Event) -> str:
    """« Samedi 2 octobre 2021, à 14 h »: the day that a change of date replaces, if it is said."""
    moved = former_start(entry, entry.etat)
    if moved is None:
        return ""
    hour = f", à {heure(moved.heure)}" if moved.heure else ""
    return capital(jour(moved.jour)) + hour
