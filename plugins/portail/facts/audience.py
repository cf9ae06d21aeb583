"""Audience of an event, a place or a resource: publics, ages, access, language, groups."""

from __future__ import annotations

from collections.abc import Iterable

from portail.model.event import Event, Groupes
from portail.model.parts import HANDICAPS, Accessibilite
from portail.model.vocabulary import Vocabularies
from portail.site.item import SCHOOL, Item
from portail.site.site import Site
from portail.text.excerpts import clause, unstopped
from portail.text.typography import capital, nombre

from .base import Fact, Value, text_of, texts

# Handicaps in the order of pages: what is asked most comes first.
SHOWN = sorted(HANDICAPS, key=lambda name: name != "moteur")


def publics(item: Item, site: Site) -> Fact:
    codes = vars(item.entry).get("publics", ())
    lists = site.vocabularies
    value = tuple(lists.label("publics", code) for code in codes)
    return Fact("Public", texts(lists.labels("publics", codes)), value=value)


def ages(item: Item, site: Site) -> Fact:
    """« de 8 à 12 ans », « dès 8 ans »; its value is the range that schema.org writes."""
    age = vars(item.entry).get("age")
    if age is None:
        return Fact("Âge", value="")
    if age.min is not None and age.max is not None:
        text = f"de {age.min} à {age.max} ans"
    else:
        text = f"jusqu’à {age.max} ans" if age.min is None else f"dès {age.min} ans"
    low, high = ("" if bound is None else bound for bound in (age.min, age.max))
    return Fact("Âge", texts(text), short=text, value=f"{low}-{high}")


def sheltered(item: Item, site: Site) -> Fact:
    codes = item.of(Event).dedans_dehors
    labels = " et ".join(site.vocabularies.label("dedans-dehors", code) for code in codes)
    return Fact("Dedans, dehors", texts(capital(labels)))


def audience(item: Item, site: Site) -> Fact:
    age = ages(item, site)
    values = (*publics(item, site).values, *age.values)
    few = site.vocabularies.labels("publics", vars(item.entry).get("publics", ())[:2])
    line = f"Public : {text_of(values)}" if values else ""
    return Fact("Public", values, line, capital(age.short) or few)


def access(item: Item, site: Site) -> Fact:
    """Access for each handicap that is known, then what is said of it; its value gives the levels
    of all."""
    accessibility = vars(item.entry).get("accessibilite")
    lists = site.vocabularies
    if accessibility is None:
        return Fact("Accessibilité", value={})
    rows = levels(
        accessibility, lists, [name for name in SHOWN if accessibility.niveaux[name] != "inconnu"]
    )
    return Fact(
        "Accessibilité", (*rows, *facilities(accessibility, lists)), value=accessibility.niveaux
    )


def levels(
    accessibility: Accessibilite, lists: Vocabularies, few: Iterable[str]
) -> tuple[Value, ...]:
    by_name = {name: accessibility.niveaux[name] for name in few}
    words = {level: lists.label("valeurs-accessibilite", level) for level in by_name.values()}
    return tuple(
        Value(f"{handicap(name, lists)} : {words[level]}", sign=level)
        for name, level in by_name.items()
    )


def handicap(name: str, lists: Vocabularies) -> str:
    """« Moteur »: under the label « Accessibilité », the word « handicap » goes without saying."""
    return capital(lists.label("handicaps", name).removeprefix("handicap "))


def facilities(accessibility: Accessibilite, lists: Vocabularies) -> tuple[Value, ...]:
    """What makes a place accessible, its labels, what is said of them."""
    return texts(
        lists.labels("equipements-accessibilite", accessibility.equipements),
        lists.labels("labels-accessibilite", accessibility.labels),
        accessibility.precisions,
    )


def language(item: Item, site: Site) -> Fact:
    code = item.entry.langue
    labels = site.vocabularies.labels("langues", (code,))
    return Fact("Langue", texts(labels) if code != "fr" else ())


def spoken(item: Item, site: Site) -> Fact:
    """Languages in which an event is led, French left out when alone."""
    text = site.vocabularies.labels("langues", item.of(Event).langues_parlees)
    line = f"Langues parlées\u00a0: {text}" if text else ""
    return Fact("Langues parlées", texts(capital(text)), line)


def reserved(item: Item, site: Site) -> Fact:
    text = unstopped(item.of(Event).reserve_a or "")
    line = f"Réservé à\u00a0: {text}" if text else ""
    return Fact("Réservé à", texts(capital(text)), line)


def formats(item: Item, site: Site) -> Fact:
    event = item.of(Event)
    lists = site.vocabularies
    several = None
    if len(event.format) > 1:
        several = lists.labels("formats", event.format)
    scale = None
    if event.envergure not in ("ponctuel", *event.format):
        scale = event.envergure
    return Fact("Format", texts(several, capital(lists.label("envergures", scale))))


def capacity(item: Item, site: Site) -> Fact:
    count = item.of(Event).jauge
    return Fact("Jauge", texts(f"{nombre(count)} places") if count else (), value=count)


def groups(item: Item, site: Site) -> tuple[str, tuple[Fact, ...]]:
    """Title and facts of the table for those who come with a class or a group."""
    event = item.of(Event)
    terms = event.groupes or Groupes()
    school = [code for code in event.publics if code in SCHOOL]
    levels = capital(", ".join(terms.niveaux))
    most = terms.effectif_max
    size = f"{nombre(most)} personnes au plus" if most else None
    accepted = {True: "accepté", False: "non accepté", None: None}[terms.pass_culture]
    facts = (
        Fact("Niveaux", texts(levels), short=levels or site.vocabularies.labels("publics", school)),
        Fact("Disciplines", texts(", ".join(terms.disciplines))),
        Fact("Durée", texts(terms.duree), short=clause(terms.duree or "")),
        Fact("Effectif", texts(size), short=f"{most} au plus" if most else ""),
        Fact("Prix du groupe", texts(terms.tarif), short=clause(terms.tarif or "")),
        Fact("Transport", texts(terms.transport)),
        Fact("pass Culture", texts(accepted), short="pass Culture" if terms.pass_culture else ""),
    )
    return "Pour les classes" if terms.niveaux or school else "Venir avec un groupe", facts
