"""The page of a place: its box, its hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.audience import SHOWN, facilities, handicap, levels, publics
from portail.facts.base import Fact, Value, mail_and_phone, missing, name_of, texts, web_site
from portail.facts.channels import added
from portail.facts.place import address, directions, postal_lines, way_there
from portail.facts.when import day_of
from portail.features.services.horaires.french import Semaine, opening_lines, opening_weeks
from portail.features.services.horaires.notation import read_opening_hours
from portail.outputs.pages.entry.inputs import EntryInputs, faits, key_figures, parted
from portail.outputs.pages.messages import forwarded
from portail.outputs.pages.names import resolved_values
from portail.outputs.pages.views.shared import Lien, Message
from portail.outputs.pages.words import WORDS
from portail.outputs.spreadsheets import compact
from portail.site.item import Item
from portail.site.showings import is_visited
from portail.site.site import Site
from portail.text.dates import JOURS
from portail.text.typography import capital, nombre, plain, unmarked

from .model import Equipement, Lieu
from .structures import LieuState, closure, lieu_state, prices, receptions, tickets


class FermetureView(Struct, frozen=True):
    """What is said of a closure until the end of ``fin``, its last day."""

    message: Message
    fin: date
    # Whether it runs: one that is to come stands below the hours of the day.
    court: bool


def place(item: Item, site: Site) -> Fact:
    return Fact("Où", postal_lines(item.of(Lieu).adresse, item.commune))


def access_each(item: Item, site: Site) -> Fact:
    """One line for each handicap, what is unknown too, then its facilities and labels."""
    accessibility = item.of(Lieu).accessibilite
    lists = site.vocabularies
    if accessibility is None:
        return Fact("Accessibilité", value={})
    values = (*levels(accessibility, lists, SHOWN), *facilities(accessibility, lists))
    return Fact("Accessibilité", values, value=accessibility.niveaux)


def lieu_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    item = inputs.item
    return {
        "boutons": lieu_buttons(item, site),
        "premiers": faits((lieu_hours(item, site),)),
        **parted(item.entry.kind, faits(lieu_rows(inputs, site))),
        "lieu": lieu_view(item, site),
        "tableaux": key_figures(item.of(Lieu).chiffres),
    }


def hours_view(entry: Lieu, state: LieuState) -> SimpleNamespace | None:
    if not entry.horaires_ouverture:
        return None
    hours = read_opening_hours(entry.horaires_ouverture).told
    weeks, exceptions = opening_weeks(hours)
    closures = (entry.fermetures[rank] for rank, _ in state.fermetures)
    whole = (closure for closure in closures if closure.equipement is None)
    return SimpleNamespace(
        semaines=tuple(_week(week, len(weeks)) for week in weeks),
        phrases=exceptions,
        regles=compact(hours.compact()),
        fermetures=_periods((closure.du, closure.au) for closure in whole),
        vacances=_periods(state.vacances),
        feries=state.feries,
    )


def _week(week: Semaine, number: int) -> SimpleNamespace:
    title = ""
    if number > 1:
        title = WORDS["fiches"]["le_reste"]
    dates = " ".join(str(day) for span in week.dates for day in span)
    days = tuple(zip(map(capital, JOURS), week.jours, strict=True))
    return SimpleNamespace(titre=capital(week.quand or title), dates=dates, jours=days)


def closures(entry: Lieu, state: LieuState, site: Site) -> Iterator[FermetureView]:
    """The closures that are not over; by their days, never « now »: pages are read later."""
    for rank, running in sorted(state.fermetures, key=lambda row: entry.fermetures[row[0]].du):
        shut = entry.fermetures[rank]
        title = closure(shut, site.vocabularies, running=running)
        reason = f"{capital(shut.motif)}." if shut.motif else ""
        tone = "alerte" if running and shut.equipement is None else "info"
        yield FermetureView(Message(title, reason, ton=tone), shut.au, running)


def _periods(periods: Iterable[tuple[date, date]]) -> str:
    days = [str(day) for day in chain.from_iterable(sorted(periods))]
    if days:
        return compact(days)
    return ""


def lieu_hours(item: Item, site: Site) -> Fact:
    """The hours of a place; of one that does not tell them here, where they are."""
    entry = item.of(Lieu)
    hours: tuple[Value, ...] = ()
    if entry.horaires_ouverture:
        hours = texts(*opening_lines(read_opening_hours(entry.horaires_ouverture).told))
    if not hours and is_visited(entry, site.vocabularies) and not entry.site:
        hours = missing("Pas encore connus ici")
    return Fact("Horaires", hours)


def lieu_rows(inputs: EntryInputs, site: Site) -> Iterator[Fact]:
    item = inputs.item
    entry = inputs.item.of(Lieu)
    yield Fact("Adresse", (*place(item, site).values, *directions(item, site)))
    yield prices(item, site)
    yield tickets(item, site)
    yield way_there(item, site)
    yield from added(site, "page", item)
    yield _access(item, site)
    yield publics(item, site)
    yield Fact(name_of(type(entry), "duree_visite"), texts(entry.duree_visite))
    rooms = ", ".join(_room(room, site) for room in entry.equipements)
    yield Fact("Équipements", texts(capital(rooms)))
    if _is_thin(item, site):
        yield from receptions(item, site)
    yield from _ties(inputs, site)
    networks = (Value(capital(name), url) for name, url in entry.reseaux_sociaux)
    yield Fact(name_of(type(entry), "reseaux_sociaux"), tuple(networks))


# Lines about groups and rooms that the box holds without growing long.
_THIN = 4


def _is_thin(item: Item, site: Site) -> bool:
    return sum(len(fact.values) for fact in receptions(item, site)) <= _THIN


def _room(room: Equipement, site: Site) -> str:
    # « planétarium (130 places, dont 4 pour fauteuil) ».
    seats = f"{nombre(room.places)} places" if room.places else ""
    wheelchairs = f"{nombre(room.places_pmr)} pour fauteuil" if room.places_pmr else ""
    note = ", dont ".join(filter(None, (seats, wheelchairs)))
    return site.vocabularies.label("equipements", room.type) + (f" ({note})" if note else "")


def _access(item: Item, site: Site) -> Fact:
    # What is accessible to whom; what is unknown in one line, and whom to ask.
    entry = item.of(Lieu)
    fact = access_each(item, site)
    stated = tuple(value for value in fact.values if value.sign != "inconnu")
    unknown = [
        handicap(name, site.vocabularies).lower()
        for name in SHOWN
        if fact.value.get(name) == "inconnu"
    ]
    if not stated or not unknown:
        return fact._replace(values=stated)
    ways = mail_and_phone(None, entry.telephone) or mail_and_phone(entry.courriel, None)
    ask = "Appelez avant de venir" if entry.telephone else "Écrivez avant de venir"
    more = (way._replace(text=ask) for way in ways[:1])
    return fact._replace(
        values=(*stated, *missing(f"Pas encore connu : {', '.join(unknown)}"), *more)
    )


def hours_elsewhere(item: Item, site: Site) -> Iterator[tuple[str, str]]:
    """The link to the hours of a place that one visits, and that tells them on its own site alone:
    its words, its address."""
    entry = item.of(Lieu)
    if entry.site and is_visited(entry, site.vocabularies) and not entry.horaires_ouverture:
        yield WORDS["fiches"]["horaires_ailleurs"], entry.site


def lieu_buttons(item: Item, site: Site) -> tuple[Lien, ...]:
    """Ways to reach the place; the editors hand on what is asked of one that gives none."""
    entry = item.of(Lieu)
    subject = quote(f"Depuis le portail : {unmarked(plain(entry.titre))}")
    sold = web_site(entry.billetterie.url) if entry.billetterie else ()
    links = [Lien("Prendre un billet", page.url, page.text) for page in sold]
    for link in mail_and_phone(entry.courriel, entry.telephone):
        if link.url.startswith("mailto:"):
            links.append(Lien("Écrire", f"{link.url}?subject={subject}", link.text))
        else:
            links.append(Lien(f"Appeler le {link.text}", link.url))
    elsewhere = [Lien(*words) for words in hours_elsewhere(item, site)]
    if not elsewhere:
        links += [Lien("Voir le site", page.url, page.text) for page in web_site(entry.site)]
    subject = f"Message pour {item.name}"
    handed = forwarded(site, item.url, subject, item.name, "Ma demande :\n\n")
    questions = (replace(way, texte=WORDS["fiches"]["question"]) for way in handed)
    return (*elsewhere, *links) or tuple(questions)


def lieu_view(item: Item, site: Site) -> SimpleNamespace:
    state = lieu_state(site, item.ref)
    entry = item.of(Lieu)
    return SimpleNamespace(
        offres=tuple(capital(site.vocabularies.label("offres", code)) for code in entry.offre),
        fermetures=tuple(closures(entry, state, site)),
        horaires=hours_view(entry, state),
        accueil=() if _is_thin(item, site) else faits(receptions(item, site)),
        manque=_missing(item, site),
        verifiee=_checked(entry, state),
    )


def _checked(entry: Lieu, state: LieuState) -> str:
    verified = entry.verifie_le or entry.horaires_ouverture or entry.tarifs
    if entry.connu_le == date.min or not verified:
        return ""
    words = WORDS["fiches"]["verifiee" if entry.verifie_le else "sources"]
    old = " : appelez avant de venir" if state.a_verifier else ""
    return words.format(jour=day_of(entry.connu_le), annee=entry.connu_le.year) + old


_FEMININE = frozenset({"adresse", "accessibilité"})


def _missing(item: Item, site: Site) -> str:
    # « Tarifs, accessibilité : pas encore connus ici »: what visitors look for and nobody says.
    entry = item.of(Lieu)
    where = address(item, site)
    visited = is_visited(entry, site.vocabularies)
    filled = {
        "adresse": bool(where.rue or where.batiment or where.point) or not entry.code_commune,
        "plein tarif" if entry.tarifs else "tarifs": entry.prix_connu or not visited,
        "accessibilité": bool(_access(item, site).values) or not visited,
        "contact": bool(entry.courriel or entry.telephone or entry.site),
    }
    names = [name for name, is_filled in filled.items() if not is_filled]
    if not names:
        return ""
    agreed = "e" * (set(names) <= _FEMININE) + "s" * (len(names) > 1 or names[0][-1] == "s")
    return f"{capital(', '.join(names))} : pas encore connu{agreed} ici"


def _ties(inputs: EntryInputs, site: Site) -> Iterator[Fact]:
    # What the place is to others; what its roles are where it does not say what it offers.
    entry = inputs.item.of(Lieu)
    roles = site.vocabularies
    definitions = (
        roles.detail("roles", code, "definition") for code in entry.roles if not entry.offre
    )
    yield Fact("Pour les autres structures", texts(*definitions))
    yield Fact("Membre de", resolved_values(entry, "membre_de", inputs.links))
