"""What the page of an event tells below the text, and what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portail.facts.audience import groups
from portail.facts.base import Fact, named, texts
from portail.model.event import Event, Horaires
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, faits, kit_of, resolve_names
from portail.outputs.pages.maps import Step, legs, route_map
from portail.outputs.pages.views.programme import FratrieView, ProgrammeView
from portail.outputs.pages.views.shared import Fait, Lien
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import edition_of
from portail.text.dates import heure, periode
from portail.text.inline import plain
from portail.text.typography import capital

_WHO = (
    named("Organisé par", "organisateurs"),
    named("Avec", "partenaires"),
    named("Édition précédente", "edition_precedente"),
)


@answer
def event_tables(site: Site, ref: str) -> tuple[tuple[str, tuple[Fait, ...]], ...]:
    """The weekly timetable, what a group must know, who organises."""
    item = site.items[ref]
    entry = item.entry
    assert isinstance(entry, Event)
    timetable = tuple(_timetable(entry.horaires, kit_of(site))) if entry.horaires else ()
    title, group = groups(item, site)
    return (
        ("Horaires", faits(timetable)),
        (title, faits(group)),
        ("Qui organise", faits(make(item, site) for make in _WHO)),
    )


def _timetable(one: Horaires, kit: Kit) -> Iterator[Fact]:
    if one.de and one.a:
        hours = f"de {heure(one.de)} à {heure(one.a)}"
    else:
        hours = f"à {heure(one.de)}" if one.de else "ouvert"
    for code in one.tous_les:
        yield Fact(capital(kit.label("jours", code)), texts(hours))
    if not one.tous_les:
        yield Fact("Tous les jours", texts(hours))
    yield Fact("Sauf", texts(*(periode(each.du, each.au) for each in one.sauf)))


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
