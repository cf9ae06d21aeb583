"""What a kind of the instance is in tables of kinds: all of it follows from its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

from msgspec.structs import replace

from portail.facts.audience import access, ages, publics
from portail.facts.base import (
    BOX,
    CARD,
    FEED,
    Fact,
    FactFunction,
    Value,
    contacts,
    mail_and_phone,
    named,
    text_of,
    texts,
    web_site,
)
from portail.facts.place import town
from portail.facts.price import price
from portail.facts.when import day_of, full_day
from portail.feature import IN_SEARCH, FactSpec, Feature, KindSpec
from portail.features.kinds.annonces.rows import annonce_line, ended
from portail.features.kinds.evenements.rows import ROWS as EVENTS
from portail.features.services.referencement import nodes
from portail.features.services.referencement.nodes import JSON_LD, work_node
from portail.model.entry import Entry
from portail.model.genres import Champ, Genre, title_of, type_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.cards import sort_line
from portail.outputs.pages.entry.inputs import ENTRY_FIELDS, EntryInputs
from portail.outputs.pages.lists.listings import OWN_LIST, OwnList
from portail.outputs.pages.lists.paging import Listing
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardFunction,
    CardParts,
    WeeklyLines,
)
from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.outputs.pages.words import WORDS
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.kind_tables import VALUES, Rows
from portail.site.site import Site
from portail.text.dates import jour, periode
from portail.text.typography import capital, nombre, small

_WORDS = WORDS["etats"]


def feature_of(genre: Genre) -> Feature:
    """The feature that brings a kind of the instance."""
    return Feature(
        name=f"genre-{genre.folder}",
        title=capital(genre.said.pluriel),
        kinds=(KindSpec(genre.folder, _rows(genre)),),
        facts=tuple(
            FactSpec(_fact(name, champ), genre.folder, (IN_SEARCH,))
            for name, champ in genre.said.champs.items()
            if "recherche" in champ.dans
        ),
    )


def _rows(genre: Genre) -> Rows:
    champs = genre.said.champs
    facts = {name: _fact(name, champ) for name, champ in champs.items() if _is_own(genre, name)}
    lines = {
        channel: tuple(make for name, make in facts.items() if _is_told(champs[name], channel))
        for channel in ("flux", "carte", "lettre")
    }
    listed = {}
    if genre.list:
        listed[OWN_LIST] = OwnList(complete=_drawn_by(genre.list))
    facets = [(name, champ) for name, champ in champs.items() if champ.facette]
    if genre.dated:
        titles = {
            label: champs[name].titre
            for name, label in _LABELS.items()
            if name in champs and champs[name].titre
        }
        titled = partial(_titled, titles)
        return {
            **EVENTS,
            **listed,
            BOX: (*map(titled, EVENTS[BOX]), *facts.values()),
            FEED: (*map(titled, EVENTS[FEED]), *lines["flux"]),
            CARD_PARTS: _card_besides(EVENTS[CARD_PARTS], lines["carte"]),
            WEEKLY_DETAILS: _weekly(lines["lettre"], EVENTS[WEEKLY_DETAILS]),
            VALUES: _values(facets, EVENTS[VALUES]),
        }
    return {
        **listed,
        BOX: tuple(facts.values()),
        FEED: lines["flux"],
        CARD: lines["carte"],
        CARD_PARTS: _card(lines["carte"]),
        SEARCH_LINE: annonce_line if genre.model.ends else sort_line,
        WEEKLY_DETAILS: _weekly(lines["lettre"]),
        VALUES: _values(facets),
        JSON_LD: _node,
        ENTRY_FIELDS: _fields,
    }


def _is_told(said: Champ, channel: str) -> bool:
    # Cards and letters say by themselves until when it is.
    return channel in said.dans and not (said.termine and channel != "flux")


def _is_own(genre: Genre, name: str) -> bool:
    # Whether its page has a fact for a field: those of events are told by theirs.
    said = genre.said.champs[name]
    if type_of(name, said) == "dates" or name in Entry.model_fields:
        return False
    return not (genre.dated and (not said.type or name in _BY_EVENTS))


# How facts of events name the fields that a kind may name otherwise.
_LABELS = {"tarif": "Tarif", "publics": "Public", "lieu": "Où", "accessibilite": "Accessibilité"}


def _titled(titles: Mapping[str, str], make: FactFunction) -> FactFunction:
    def titled(item: Item, site: Site) -> Fact:
        fact = make(item, site)
        label = titles.get(fact.label, fact.label)
        return fact._replace(label=label, line=fact.line.replace(fact.label, label, 1))

    return titled


_BY_EVENTS = frozenset({"lieu", "age", "tarif", "publics", "accessibilite"})


def _drawn_by(template: str) -> Callable[[Site, Listing], Listing]:
    return lambda site, listing: replace(listing, template=template)


# What a field states, by its type.


def _fact(name: str, said: Champ) -> FactFunction:
    label = title_of(name, said)
    named_type = type_of(name, said)
    if named_type in ("lieu", "structure", "structures", "contenu", "contenus"):
        return named(label, name)
    if name in _WHOLE:
        return _titled({_LABELS.get(name, ""): label}, _WHOLE[name])

    def make(item: Item, site: Site) -> Fact:
        values = _values_of(item, name)
        if said.liste and values:
            text = site.vocabularies.labels(said.liste, values)
            return Fact(label, texts(text), short=text)
        if named_type == "commune":
            return Fact(label, texts(*(town(site.geography.by_code(code)) for code in values)))
        if named_type == "nombre":
            counts = texts(*(f"{nombre(value)}\u00a0{said.unite}".rstrip() for value in values))
            return Fact(label, counts, short="" if said.unite else _with_label(label, counts))
        shown = _SHOWN.get(named_type, texts)
        told = tuple(chain.from_iterable(map(shown, values)))
        return Fact(label, told, short=_with_label(label, told) if named_type in _BARE else "")

    return make


# What says nothing without the title of its field.
_BARE = ("oui", "jour")


def _with_label(label: str, values: tuple[Value, ...]) -> str:
    if values:
        return f"{label}\u00a0: {small(text_of(values))}"
    return ""


# Fields that the whole portal reads are told as it tells them.
_WHOLE: Mapping[str, FactFunction] = {
    "age": ages,
    "tarif": price,
    "publics": publics,
    "accessibilite": access,
}


def _values_of(item: Item, name: str) -> tuple[Any, ...]:
    # What a content says in a field, be it a list or not.
    value = vars(item.entry).get(name)
    if isinstance(value, tuple):
        return value
    if value is None:
        return ()
    return (value,)


# How a value is written, where it is no text.
_SHOWN: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {
    "oui": lambda value: texts(("Non", "Oui")[value]),
    "jour": lambda value: texts(capital(full_day(value))),
    "periode": lambda value: texts(capital(periode(value.du, value.au))),
    "contact": contacts,
    "adresse-web": web_site,
    "courriel": lambda value: mail_and_phone(value, None),
    "telephone": lambda value: mail_and_phone(None, value),
}


def _values(
    facets: Iterable[tuple[str, Champ]],
    before: Callable[[Item, Vocabularies], Iterator[Pair]] | None = None,
) -> Callable[[Item, Vocabularies], Iterator[Pair]]:
    listed = [*facets]

    def values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
        if before:
            yield from before(item, vocabularies)
        for name, _ in listed:
            yield from ((name.replace("_", "-"), code) for code in _values_of(item, name))

    return values


def _card(facts: Iterable[FactFunction]) -> Callable[[Item, Site], CardParts]:
    shown = [*facts]

    def card(item: Item, site: Site) -> CardParts:
        entry = item.entry
        over = entry.kind.info.over
        words = dict.fromkeys((*(make(item, site).brief for make in shown), item.town))
        if item.is_over:
            return tuple(words), (Etiquette(capital(over), "passe"),)
        if entry.limite:
            return (f"Jusqu’au {day_of(entry.limite)}", *words), ()
        return tuple(words), ()

    return card


def _card_besides(card: CardFunction, facts: Iterable[FactFunction]) -> CardFunction:
    shown = [*facts]

    def besides(item: Item, site: Site) -> CardParts:
        details, labels = card(item, site)
        return (*details, *(make(item, site).brief for make in shown)), labels

    return besides


_Details: TypeAlias = Callable[[Item, WeeklyLines, str], Iterator[str]]


def _weekly(facts: Iterable[FactFunction], before: _Details | None = None) -> _Details:
    names = [*facts]

    def details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
        last = item.entry.limite
        if before:
            yield from before(item, lines, section)
        elif last:
            yield f"Jusqu’au {jour(last, annee=last.year != lines.day.year)}"
        yield from (make(item, lines.site).brief for make in names)
        if not before:
            yield item.town

    return details


def _node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    last = inputs.item.entry.limite
    return {**work_node(inputs, site, node), "expires": last and last.isoformat()}


def _fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """The button by which one answers; that it is over and where the others are."""
    item = inputs.item
    entry = item.entry
    last = entry.limite
    ways = contacts(vars(entry).get("contact"))
    buttons: tuple[Lien, ...] = ()
    if ways and not item.is_over:
        buttons = (Lien(f"Contacter{_WORDS.get(ways[0].sign, '')}", ways[0].url, fin=last),)
    message, after = ended(item)
    return {"boutons": buttons, "message": message, "apres": after}
