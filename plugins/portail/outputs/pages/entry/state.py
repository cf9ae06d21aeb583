"""States of an event, an announcement, a temps fort: labels, buttons, banner; steps of a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import called_off, undated
from portail.facts.base import Fact, contacts, mail_and_phone, text_of, texts
from portail.facts.channels import family_of
from portail.facts.price import booking_today, booking_way, online_link, town
from portail.facts.when import former_start, occurrence_phrase, spoken_hours
from portail.model.articles import ASKING, Annonce
from portail.model.collections import TempsFort
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages import page_context
from portail.outputs.pages.entry.inputs import Annee, EntryInputs
from portail.outputs.pages.slots import ANSWERS, PROPOSE
from portail.outputs.pages.states import booking_end
from portail.outputs.pages.views.programme import GrilleView
from portail.outputs.pages.views.shared import Etiquette, Lien, Message, Vide
from portail.site.editions import edition_days, last_day, parent_of
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import listing_of
from portail.text.dates import heure, jour, periode
from portail.text.typography import capital, en_lettres, nombre, plain, small, unmarked

_AS_PLANNED = "programme"
_WORDS = page_context.WORDS["etats"]


def event_labels(inputs: EntryInputs) -> tuple[Etiquette, ...]:
    """Those of the card, with the event's own state rather than a séance's."""
    entry = inputs.item.of(Event)
    informing = tuple(label for label in inputs.card.etiquettes if not label.forte)
    return (*page_context.state_labels(entry.etat), *informing)


def event_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Booking, for an event that can still be attended; a full one has a waiting list."""
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.montree
    way = _booked_by(entry)
    if item.passe or shown is None or entry.etat == "annule" or called_off(entry, shown):
        return ()
    if inputs.event.clos or way is None:
        return ()
    full = "complet" in (entry.etat, shown.etat)
    until = booking_end(item)
    return (replace(way, texte="Liste d’attente" if full else "Réserver", fin=until),)


def booking_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """The same, under which is said until when and how: « Inscription obligatoire, jusqu’au
    30 septembre 2022, par courriel »."""
    terms = text_of(booking_today(inputs.item, site).values)
    return tuple(
        replace(one, note=", ".join(filter(None, (terms, one.note))))
        for one in event_buttons(inputs)
    )


def _booked_by(entry: Event) -> Lien | None:
    """The easiest way to book: a mail needs only be completed."""
    way = booking_way(entry)
    if way is None:
        return None
    if way.sign != "courriel":
        return Lien("", way.url, way.text)
    subject = quote(_WORDS["sujet_reserver"].format(titre=unmarked(plain(entry.titre))))
    return Lien("", f"{way.url}?subject={subject}", _WORDS["courriel"].strip())


def calendar_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Its file for a calendar, as long as one may go."""
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.montree
    if not inputs.ics or shown is None or called_off(entry, shown):
        return ()
    return (Lien(_WORDS["agenda"], inputs.ics, fin=inputs.card.fin),)


def event_message(inputs: EntryInputs) -> Message | None:
    """What changes everything and where to go instead; nothing when all goes as announced."""
    told = _message(inputs)
    around = inputs.related.autour
    entry = inputs.item.entry
    if told and isinstance(entry, Event) and entry.motif and entry.etat != _AS_PLANNED:
        told = replace(told, texte=f"{told.texte} {entry.motif}".strip())
    if told is None or not around.suites:
        return told
    return replace(told, suites=around.suites, invite=around.lien)


def event_after(inputs: EntryInputs) -> Message | None:
    """What the page says from the day after its last one, if it does not already."""
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.montree
    if item.passe or shown is None or entry.etat == "annule" or undated(entry, shown):
        return None
    return _past(item.occurrences)


def _message(inputs: EntryInputs) -> Message | None:
    item = inputs.item
    entry = inputs.item.of(Event)
    shown = item.montree
    if entry.etat == "annule":
        return _cancelled(item.occurrences, item.passe)
    if shown is None:
        return Message(_WORDS["passe"], "") if item.passe else None
    if entry.etat == "reporte" and undated(entry, shown):
        announced = occurrence_phrase(shown)
        return Message("Reporté", "", announced, _WORDS["nouvelle_date"], ton="alerte")
    if item.passe:
        return _past(item.occurrences)
    return _changed(entry, shown, inputs)


def _cancelled(occurrences: tuple[Occurrence, ...], past: bool) -> Message:
    text = _WORDS["pas_eu_lieu" if past else "aura_pas_lieu"]
    if len(occurrences) > 1:
        text = _WORDS["aucune_date"].format(nombre=len(occurrences))
        return Message("Annulé", text, ton="erreur")
    day = occurrence_phrase(occurrences[0]) if occurrences else ""
    return Message("Annulé", text, day, ton="erreur")


def _past(occurrences: tuple[Occurrence, ...]) -> Message:
    first = occurrences[0]
    last = occurrences[-1]
    days = periode(first.premier_jour, last.dernier_jour)
    if len(occurrences) > 1:
        times = f"{en_lettres(len(occurrences))} fois, "
        hours = ""
        if first.premier_jour == last.dernier_jour:
            times = ""
            hours = spoken_hours(occurrences, first.premier_jour)
        text = f"Il a eu lieu {times}{days}{', ' if hours else ''}{hours}."
    elif last.journee:
        text = f"Il a eu lieu {days}."
    else:
        the = "" if last.nuit else "le "
        text = f"Il a eu lieu {the}{small(occurrence_phrase(last))}."
    return Message(_WORDS["passe"], text)


def _changed(entry: Event, shown: Occurrence, inputs: EntryInputs) -> Message | None:
    if entry.etat in ("reporte", "reprogramme"):
        title = "Reporté" if entry.etat == "reporte" else "Reprogrammé"
        now = small(occurrence_phrase(shown))
        return Message(title, "", _first_announced(entry), now, ton="alerte")
    if entry.etat == "deplace-en-ligne":
        online = tuple(
            Lien(capital(one.text), one.url, signe=one.sign)
            for one in online_link(entry)
            if one.url
        )
        place = page_context.resolve_names(entry, "lieu", inputs.links)
        former = place[0].texte if place else town(inputs.item.commune)
        return Message(_WORDS["en_ligne"], "", former, _WORDS["a_suivre"], online, "alerte")
    if entry.etat == "complet":
        return Message(
            "Complet", "Toutes les places sont prises.", liens=event_buttons(inputs), ton="alerte"
        )
    return None


def _first_announced(entry: Event) -> str:
    """« Samedi 2 octobre 2021, à 14 h »: the day that a change of date replaces, if it is said."""
    moved = former_start(entry, entry.etat)
    if moved is None:
        return ""
    hour = f", à {heure(moved.heure)}" if moved.heure else ""
    return capital(jour(moved.jour)) + hour


_VERBS = {
    "emploi": "Postuler",
    "benevolat": "Proposer mon aide",
    "formation": "S’inscrire",
    "concours": "Participer",
    "appel": "Répondre à l’appel",
    "demande": _WORDS["a_la_demande"],
    "question": _WORDS["a_la_question"],
}
"""What one does, by category, else by family of categories."""


def annonce_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """The first way to answer, while there is time."""
    entry = inputs.item.of(Annonce)
    ways = contacts(entry.contact)
    if entry.categorie in ASKING and not ways:  # who asks may be nobody but an inhabitant
        ways = mail_and_phone(site.config.courriel, None)
    if inputs.item.passe or not ways:
        return ()
    family = _VERBS.get(family_of(entry, site), "Contacter")
    verb = _VERBS.get(entry.categorie or "", family)
    how = _WORDS.get(ways[0].sign, "")
    return (Lien(verb + how, ways[0].url, fin=entry.echeance),)


def annonce_messages(inputs: EntryInputs, site: Site) -> tuple[Message | None, Message | None]:
    """That it is over, and where the others are; what says so once its last day is past; by what
    it was answered."""
    if inputs.item.repondu:
        answers = tuple(ANSWERS.ask(site, inputs.item))
        return Message(_WORDS["repondue"], _WORDS["par"] if answers else "", liens=answers), None
    end = inputs.item.of(Annonce).echeance
    if not end:
        return None, None
    text = _WORDS["repondre"].format(jour=jour(end))
    links = (Lien("Les annonces en cours", listing_of(Kind.ANNONCE)),)
    over = Message(_WORDS["terminee"], text, liens=links)
    return (over, None) if inputs.item.passe else (None, over)


def temps_fort_rows(inputs: EntryInputs) -> Iterator[Fact]:
    """When, on what, by whom."""
    entry = inputs.item.of(TempsFort)
    told = inputs.temps_fort.annee
    edition = told.edition if told else None
    usual = capital(entry.periode or "")
    days = edition_days(edition)
    yield Fact("Quand", texts(days or usual))
    if edition:
        yield Fact(f"Thème {edition.annee}", texts(edition.theme))
    yield Fact(_WORDS["chaque_annee"], texts(usual if days else None))
    yield Fact("Organisé par", page_context.resolved_values(entry, "organisateur", inputs.links))


def temps_fort_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """The programme of its edition where it has another page, its official site."""
    entry = inputs.item.of(TempsFort)
    year = inputs.temps_fort.annee
    programme = (
        (Lien(f"Le programme {year.annee}", year.url),)
        if year and year.url != inputs.item.url and (year.nombre or year.exemples)
        else ()
    )
    return (*programme, *((Lien("Site officiel", entry.site),) if entry.site else ()))


def years_list(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Editions that the page itself does not tell, latest first, each with its days, its theme, how
    many events it has."""
    return tuple(
        Lien(str(year.annee), year.url, " · ".join(filter(None, _year_summary(year))))
        for year in inputs.temps_fort.annees
        if year.url != inputs.item.url
    )


def _year_summary(one: Annee) -> Iterator[str]:
    yield edition_days(one.edition)
    yield (one.edition.theme if one.edition else "") or ""
    yield count_of(one.nombre, one.exemples)


def count_of(
    true: int, invented: int, counted: Callable[[int], str] = Kind.EVENT.info.counted
) -> str:
    """« 12 événements », those that are invented among them, which their mark tells; ``""`` for
    none; ``counted`` is the noun of so many."""
    count = true + invented
    return f"{nombre(count)} {counted(count)}" if count else ""


def editions_grid(entry: TempsFort) -> GrilleView | None:
    """Editions side by side, latest first, with their sources; none for one alone."""
    editions = sorted(entry.editions, key=lambda one: -one.annee)
    told = [one for one in editions if one.du or one.au or one.theme or one.chiffres]
    if not any(one.chiffres for one in told) or len(told) < 2:
        return None
    lines: dict[str, list[str]] = {}
    for rank, edition in enumerate(told):
        rows = [("Dates", edition_days(edition)), ("Thème", edition.theme or "")]
        rows += [(capital(one.libelle), one.valeur) for one in edition.chiffres]
        for label, value in rows:
            lines.setdefault(label, [""] * len(told))[rank] = value
    sources = (one.source for edition in told for one in edition.chiffres if one.source)
    return GrilleView(
        _WORDS["editions"],
        tuple(str(one.annee) for one in told),
        tuple((label, tuple(values)) for label, values in lines.items() if any(values)),
        tuple(dict.fromkeys(map(capital, sources))),
    )


def no_programme(inputs: EntryInputs, site: Site) -> Vide | None:
    """What stands for the programme of an edition to come."""
    told = inputs.temps_fort.annee
    ways = page_context.contribution(site, Kind.EVENT)
    if told is None or not inputs.temps_fort.attendu or not ways:
        return None
    return Vide(
        _WORDS["a_publier"].format(annee=told.annee), issues=ways, fin=last_day(told.edition)
    )


def return_form(item: Item, site: Site) -> str:
    """Site path of the form of an event, opened on its return; ``""`` where there is no form."""
    form = PROPOSE.ask(site, Kind.EVENT)
    return form and f"{form}?retour={item.entry.slug}"


def asks_return(item: Item, site: Site) -> bool:
    """Whether an event has still to be told of: it took place, in a yearly rendezvous."""
    event = item.of(Event)
    if not item.passe or event.etat == "annule" or (event.retour and event.retour.dit):
        return False
    seen = set[str]()
    above: Item | None = item
    while above and above.ref not in seen:
        if isinstance(above.entry, Event) and above.entry.temps_fort:
            return not above.entry.brouillon
        seen.add(above.ref)
        above = site.items.get(parent_of(above.entry))
    return False
