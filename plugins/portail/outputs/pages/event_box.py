"""The practical box of an event, and what its page tells below the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portail.model.event import Event, Groupes, Horaires, Inscription
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, capital, moment_text, resolve_names
from portail.outputs.pages.maps import Step, legs, route_map
from portail.outputs.pages.rows import (
    access_rows,
    address_rows,
    age_phrase,
    contact_links,
    lacking_rows,
    language_rows,
    price_rows,
    texts,
)
from portail.outputs.pages.views.programme import FratrieView, ProgrammeView
from portail.outputs.pages.views.shared import Fait, Lien
from portail.site.editions import SCHOOL
from portail.site.urls import edition_of
from portail.text.dates import heure, periode
from portail.text.inline import plain
from portail.text.numbers import nombre

__all__ = ["event_context", "event_programmes", "event_rank", "event_rows", "event_tables"]

Rows = Iterator[tuple[str, list[Lien]]]


def event_rows(inputs: EntryInputs, kit: Kit) -> Rows:
    """Where, how much, for whom, how to come and to book, then what nobody has told yet."""
    entry = inputs.item.entry
    assert isinstance(entry, Event)
    rows = dict(_rows(entry, inputs, kit))
    yield from rows.items()
    if not inputs.item.passe and entry.etat != "annule":
        yield from lacking_rows(name for name in _EXPECTED if not rows[name])


_EXPECTED = ("Tarif", "Public", "Accessibilité", "Inscription")


def _rows(entry: Event, inputs: EntryInputs, kit: Kit) -> Rows:
    yield "Où", [*_where(entry, inputs, kit), *inputs.where.place.itineraire]
    online = [Lien("Suivre en ligne", entry.en_ligne, signe="lien")] if entry.en_ligne else []
    yield "En ligne", online
    yield "Tarif", price_rows(entry.tarif)
    yield "Public", texts(kit.labels("publics", entry.publics), capital(age_phrase(entry.age)))
    formats = kit.labels("formats", entry.format) if len(entry.format) > 1 else None
    scale = entry.envergure if entry.envergure not in ("ponctuel", *entry.format) else None
    yield "Format", texts(formats, capital(kit.label("envergures", scale)))
    yield "Langue", language_rows(entry.langue, kit)
    yield "Accessibilité", access_rows(entry.accessibilite, kit)
    yield "Jauge", texts(f"{nombre(entry.jauge)} places" if entry.jauge else None)
    booking = entry.inscription
    yield "Inscription", texts(_booking(booking, inputs.event.clos, kit)) if booking else []
    if booking:
        open_ = booking.regime != "aucune" and not inputs.event.clos and not inputs.item.passe
        contacts = contact_links(booking.courriel, booking.telephone)
        yield "Réserver" if open_ and entry.etat != "annule" else "Contact", contacts


def _where(entry: Event, inputs: EntryInputs, kit: Kit) -> list[Lien]:
    place = kit.place(inputs.item.commune)
    lieu = [link for link in resolve_names(entry, "lieu", inputs.links) if link.url]
    if lieu:
        return [
            *lieu,
            *texts(inputs.where.place.rue, f"{inputs.where.place.code_postal} {place}".strip()),
        ]
    return address_rows(entry.adresse, place) if entry.adresse else []


def _booking(booking: Inscription, closed: bool, kit: Kit) -> str:
    text = capital(kit.label("regimes", booking.regime))
    if not booking.avant_le:
        return text
    end = moment_text(booking.avant_le)
    return f"Inscriptions closes depuis le {end}" if closed else f"{text}, avant le {end}"


def event_tables(inputs: EntryInputs, kit: Kit) -> Iterator[tuple[str, tuple[Fait, ...]]]:
    """The weekly timetable, what a group must know, who organises."""
    entry = inputs.item.entry
    assert isinstance(entry, Event)
    if entry.horaires:
        yield "Horaires", _facts(_timetable(entry.horaires, kit))
    if entry.groupes:
        school = entry.groupes.niveaux or not SCHOOL.isdisjoint(entry.publics)
        yield (
            "Pour les classes" if school else "Venir avec un groupe",
            _facts(_group(entry.groupes)),
        )
    yield "Qui organise", _facts(_who(entry, inputs))


def _facts(rows: Rows) -> tuple[Fait, ...]:
    return tuple(Fait(label, tuple(values)) for label, values in rows if values)


def _timetable(one: Horaires, kit: Kit) -> Rows:
    if one.de and one.a:
        hours = f"de {heure(one.de)} à {heure(one.a)}"
    else:
        hours = f"à {heure(one.de)}" if one.de else "ouvert"
    for code in one.tous_les:
        yield capital(kit.label("jours", code)), texts(hours)
    if not one.tous_les:
        yield "Tous les jours", texts(hours)
    yield "Sauf", texts(*(periode(each.du, each.au) for each in one.sauf))


def _group(group: Groupes) -> Rows:
    yield "Niveaux", texts(capital(", ".join(group.niveaux)))
    yield "Disciplines", texts(", ".join(group.disciplines))
    yield "Durée", texts(group.duree)
    size = f"{nombre(group.effectif_max)} personnes au plus" if group.effectif_max else None
    yield "Effectif", texts(size)
    yield "Prix du groupe", texts(group.tarif)
    yield "Transport", texts(group.transport)
    accepted = {True: "accepté", False: "non accepté", None: None}[group.pass_culture]
    yield "pass Culture", texts(accepted)


def _who(entry: Event, inputs: EntryInputs) -> Rows:
    yield "Organisé par", list(resolve_names(entry, "organisateurs", inputs.links))
    yield "Avec", list(resolve_names(entry, "partenaires", inputs.links))
    yield "Édition précédente", list(resolve_names(entry, "edition_precedente", inputs.links))


def event_context(inputs: EntryInputs) -> tuple[Lien, ...]:
    """What an event belongs to: the one that contains it, the yearly rendezvous."""
    entry = inputs.item.entry
    if not isinstance(entry, Event):
        return ()
    rank = inputs.event.rang
    step = f"étape {entry.etape}" if entry.etape else ""
    if rank and rank.total > 1:
        step = f"étape {rank.rang} sur {rank.total}"
    parents = resolve_names(entry, "evenement_parent", inputs.links)
    return (
        *(Lien(one.texte, one.url, step) for one in parents),
        *(_yearly(one, entry.edition) for one in resolve_names(entry, "temps_fort", inputs.links)),
    )


def _yearly(one: Lien, year: int | None) -> Lien:
    """A yearly rendezvous: the edition, which has a page since it has this event."""
    return Lien(f"{one.texte} {year}", edition_of(one.url, year)) if year and one.url else one


def event_rank(inputs: EntryInputs) -> FratrieView | None:
    """« Étape 2 sur 3 », and what comes before and after."""
    rank = inputs.event.rang
    if rank is None or rank.total < 2:
        return None
    return FratrieView(f"Étape {rank.rang} sur {rank.total}", rank.precedente, rank.suivante)


def event_programmes(inputs: EntryInputs, kit: Kit) -> tuple[ProgrammeView, ...]:
    """The programmes of an event; steps have their plan, and how far each is from the last."""
    steps: list[Step] = [(one.lien, one.position, one.theme) for one in inputs.event.enfants]
    name = plain(inputs.item.entry.titre)
    return tuple(
        replace(one, carte=route_map(steps, kit.atlas, name), distances=legs(steps))
        if one.forme == "etapes"
        else one
        for one in inputs.related.programmes
    )
