"""The list of what a class may book: events, places and tools, each with its levels, its subjects
and the last day to book it. Facets narrow the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from portail.facts.base import below_title
from portail.facts.channels import added
from portail.feature import FOR_CLASSES
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.ressources.model import Ressource
from portail.features.kinds.ressources.tool_cards import undated_cards
from portail.features.services.facettes.lists import (
    ListData,
    Row,
    Table,
    narrows,
    part_files,
    part_text,
)
from portail.features.services.facettes.pages import narrowed_to
from portail.model.event import Event
from portail.model.kinds import Kind, in_folders
from portail.outputs.base import Artifact, TemplatePage, TextFile, text_file
from portail.outputs.pages.cards import asked, card_of
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.paging import (
    Group,
    Grouped,
    Listing,
    counted,
    listed,
    plan_lists,
)
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien, NavGroup, Vide
from portail.resources import rows_of
from portail.site.facets import OUI, PLACES, Facet, OwnValues, Pair, Value, is_tool
from portail.site.indexes import NarrowedList
from portail.site.item import SCHOOL, Item, for_classes
from portail.site.lists import narrowed
from portail.site.memo import answer, kept_answer, per_site
from portail.site.reader import digest_value
from portail.site.showings import is_visited
from portail.site.site import Site
from portail.site.urls import data_of
from portail.text.dates import JOURS, MOIS
from portail.text.normalise import fold
from portail.text.typography import capital, nombre

from .offers import days_of, most_pupils, offer_of

# Months from September on, and sizes of a class.
_MONTHS = [*range(9, 13), *range(1, 9)]
_SIZES = 20, 25, 30, 35
SCHOOL_FACETS = (
    Facet("niveau", "Niveau"),
    Facet("matiere", "Matière"),
    Facet(
        "mois",
        "Mois",
        sur_place=True,
        valeurs=tuple(Value(f"{month:02}", capital(MOIS[month - 1])) for month in _MONTHS),
    ),
    Facet(
        "jour",
        "Jour de la semaine",
        sur_place=True,
        valeurs=tuple(Value(str(rank), capital(day)) for rank, day in enumerate(JOURS[:5])),
    ),
    Facet(
        "effectif",
        "Effectif",
        sur_place=True,
        valeurs=tuple(Value(str(size), f"{size} élèves") for size in _SIZES),
    ),
    PLACES[0],
    Facet("pass", "Pass Culture", bascule=True, sur_place=True),
)
# The level of what receives classes and does not say which: a value of its own, so that nothing is
# lost (``data/niveaux.yml``).
_ASKED = "a-demander"
_PUPILS = SCHOOL - {"enseignants"}
_GONE = frozenset({"annule", "reporte", "complet"})


def last_booking(item: Item) -> date | None:
    """The last day when an event can be booked: before its last date, and as long as it says;
    ``None`` for what has no end."""
    entry = item.entry
    if not isinstance(entry, Event) or not item.occurrences:
        return None
    last = max(occurrence.last_day for occurrence in item.occurrences)
    until = None
    if entry.inscription:
        until = entry.inscription.avant_le
    if until:
        return min(last, until.jour)
    return last


def is_bookable(item: Item, today: date) -> bool:
    """Whether a content ``for_classes`` can still be booked."""
    entry = item.entry
    last = last_booking(item)
    if isinstance(entry, Event) and entry.etat in _GONE:
        return False
    return not item.is_over and (last is None or last >= today)


class SchoolReader:
    """Reads what a teacher asks of contents: ``niveau``, ``matiere``."""

    def __init__(self, site: Site) -> None:
        vocabularies = site.vocabularies
        self._site = site
        self._levels = vocabularies["niveaux"]
        self._subjects = vocabularies["matieres"]
        self._names = [
            (code, re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b"))
            for code, term in self._levels.items()
            if (names := [*map(fold, term.extra.get("classes", ()))])
        ]

    def pairs(self, item: Item) -> Iterator[Pair]:
        levels = self.levels(item)
        yield from (("niveau", code) for code in levels or (_ASKED,))
        yield from (("matiere", code) for code in self.subjects(item, levels))
        days = days_of(item, self._site)
        months = range(1, 13) if days is None else sorted({day.month for day in days})
        week = range(5) if days is None else sorted({day.weekday() for day in days})
        yield from (("mois", f"{month:02}") for month in months)
        yield from (("jour", str(day)) for day in week if day < 5)
        most = most_pupils(item)
        yield from (("effectif", str(size)) for size in _SIZES if not most or size <= most)
        if isinstance(item.entry, Event) and item.entry.groupes and item.entry.groupes.pass_culture:
            yield "pass", OUI

    def levels(self, item: Item) -> tuple[str, ...]:
        """Levels that its classes name, else its publics, in order; none when nothing says so."""
        entry = item.entry
        groups = entry.groupes if isinstance(entry, Event) else None
        text = ""
        if groups:
            text = fold(" ; ".join(groups.niveaux))
        codes = tuple(code for code, names in self._names if names.search(text))
        publics: tuple[str, ...] = getattr(entry, "publics", ())
        return codes or tuple(code for code in self._levels if code in SCHOOL & {*publics})

    def subjects(self, item: Item, levels: Iterable[str]) -> tuple[str, ...]:
        """Subjects that it names, else those of its ``levels`` that its themes serve."""
        entry = item.entry
        if isinstance(entry, Event) and entry.groupes and entry.groupes.disciplines:
            named = map(self._subjects.find, entry.groupes.disciplines)
            return tuple(dict.fromkeys(term.code for term in named if term))
        taught = {*levels} - {"enseignants"}
        themes = {*entry.themes}
        return tuple(
            code
            for code, term in self._subjects.items()
            if not themes.isdisjoint(term.extra.get("themes", ()))
            and (not taught or not taught.isdisjoint(term.extra["niveaux"]))
        )


CLASSES = "/classes/"


# What a class may book, in this order.
_KINDS = in_folders(("events", "lieux", "ressources"))


def _may_come(item: Item) -> bool:
    # What receives classes, places where one goes that name pupils among their publics, tools that
    # do not say for whom they are.
    entry = item.entry
    pupils = isinstance(entry, Lieu) and not _PUPILS.isdisjoint(entry.publics)
    unsaid = isinstance(entry, Ressource) and is_tool(item) and not entry.publics
    return pupils or unsaid or for_classes(item)


@per_site
def offers(site: Site) -> tuple[Item, ...]:
    """What a class may book; of places, those that say how first, what is invented last."""
    found = [
        item
        for item in site.untitled_of(OFFERS.kinds)
        if not item.reseau and _may_come(item) and is_bookable(item, site.day.date)
        if not isinstance(item.entry, Lieu)
        or for_classes(item)
        or is_visited(item.entry, site.vocabularies)
    ]
    return tuple(sorted(found, key=lambda item: (bool(item.entry.exemple), not for_classes(item))))


@per_site
def _sections(site: Site) -> Mapping[str, str]:
    # Titles of sections by kind; one in which all is invented comes after the others.
    true = {item.entry.kind.value for item in offers(site) if not item.entry.exemple}
    return {name: SECTIONS[name] for name in sorted(SECTIONS, key=lambda name: name not in true)}


def _values(site: Site, _: Sequence[Item]) -> OwnValues:
    return OwnValues(pairs=SchoolReader(site).pairs)


OFFERS = NarrowedList(
    CLASSES,
    _KINDS[0],
    SCHOOL_FACETS,
    nom="proposition",
    pluriel="propositions",
    article="une",
    holds=_may_come,
    more_kinds=tuple(_KINDS[1:]),
    near=True,
    values=_values,
    shows=offers,
)


def lists(site: Site) -> Iterable[NarrowedList]:
    return (OFFERS,)


def plan_data(site: Site) -> Iterator[TextFile]:
    if narrows(site, OFFERS):
        yield text_file(site, data_of(OFFERS.url), _offers)
        yield from part_files(site, OFFERS.url, _part)


def _part(site: Site, refs: Sequence[str]) -> Iterator[str]:
    table = Table(site.config.base)
    return part_text(table, (_line(site, table, ref) for ref in refs))


def _line(site: Site, table: Table, ref: str, pairs: Iterable[Pair] = ()) -> Row:
    card = offer_card(site, ref)
    return table.row(card, card.details, site.items[ref].commune, pairs)


def _offers(site: Site) -> Iterator[str]:
    data = ListData(site, OFFERS.url)
    sections = _sections(site)
    rows = []
    for ref, pairs in data.pairs.items():
        card = offer_card(site, ref)
        last = None
        if card.fin:
            last = card.fin.isoformat()
        line = _line(site, data.table, ref, pairs)
        rows.append([*line, data.labels(card), last, [*sections].index(card.kind)])
    return data.text(rows, cut=True, parties=[*sections.values()])


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_classes(site)
    yield from plan_data(site)


_WORDS: Mapping[str, Any] = rows_of("portail_fonds.classes", "mots")
_TITLE = _WORDS["page"]["titre"]
# Titles of the three sections, by kind of content.
SECTIONS: Mapping[str, str] = _WORDS["parties"]
# Lines of a page: so many times the cards of a page.
_DENSE_OFFERS = 4
_LAST = [*Kind][-1]
# Labels that lines say too.
_STATES = frozenset({"brouillon", "programme", "en-ligne", "libre", "en-pret", "ferme"})


@kept_answer
def offer_card(site: Site, ref: str) -> Card:
    """The line of what a class may book."""
    item = site.items[ref]
    tool = is_tool(item)
    card = undated_cards(site)[ref] if tool else card_of(site, ref)
    offer = offer_of(item, site)
    more = [fact.brief for fact in added(site, FOR_CLASSES, item)]
    line = replace(
        card,
        feuille=None,
        precision=offer.pour,
        details=tuple(below_title(item.entry, (*offer.details, *more))),
        etiquettes=tuple(label for label in card.etiquettes if label.code in _STATES),
        fin=last_booking(item),
        suite=(),
        ancien="",
        digest="",
    )
    return replace(line, digest=digest_value(line))


@answer
def class_links(site: Site) -> tuple[Lien, ...]:
    """The link to what a class may book, when there is something."""
    if offers(site):
        return (Lien(_TITLE, CLASSES),)
    return ()


def home_door(site: Site) -> tuple[Lien, ...]:
    """The same, on the home page, as who teaches says it."""
    return tuple(replace(link, texte="Pour ma classe") for link in class_links(site))


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    if kind in OFFERS.kinds:
        return class_links(site)
    return ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan, below all kinds."""
    if kind is _LAST and (links := class_links(site)):
        yield NavGroup(_TITLE, links)


def plan_classes(site: Site) -> Iterator[TemplatePage]:
    """The list and the pages of its values. Their addresses stay when all that a class could book
    is over, and lead to the list."""
    return plan_lists(_offer_lists, site)


@listed
def _offer_lists(site: Site) -> Iterator[Listing]:
    items = offers(site)
    if not items and narrowed(site, OFFERS) is None:
        return
    words = words_of(site, _WORDS["page"])

    def arranged(items: Sequence[Item]) -> Grouped:
        grouped = counted(
            Group(title, asked(of_kind, offer_card), "offres", name, avenir=True)
            for name, title in _sections(site).items()
            if (of_kind := [item for item in items if item.entry.kind.value == name])
        )
        index = (replace(link, texte=link.texte.partition(" ")[0]) for link in grouped.index)
        return replace(grouped, index=tuple(index))

    first = Listing(
        url=CLASSES,
        titre=_TITLE,
        chapo=words["chapo"],
        kind="classes",
        nombre=f"{nombre(len(items))} {OFFERS.counted(len(items))}",
        grouped=arranged(items),
        vide=None if items else Vide(f"{OFFERS.none_of_it} en ce moment"),
        rangement=arranged,
        taille=_DENSE_OFFERS,
        template="classes.html",
    )
    yield from narrowed_to(site, first, OFFERS)
