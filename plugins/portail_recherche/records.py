"""Records of the search: names of places, people and lists by which a content is found."""

# `fois`: the times of events to come: for each of them, in order of number, its place from the
# former one (the first from -1), twice how many times and 1 more for what lasts, then for each
# time: days of its first day from the former one (the first from 4,000 days before `jour`), days
# that it lasts after it.

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct, json

from portail import resources
from portail.facts.base import text_of
from portail.facts.channels import added
from portail.facts.place import address as place
from portail.feature import IN_SEARCH
from portail.features.kinds.lieux.opening import mark, telling
from portail.files import digest_of
from portail.model.entry import REDACTION
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.parts import Accessibilite
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies
from portail.site.facet_readers import ValueReader, without_lone_territories
from portail.site.facets import AILLEURS, COMMON, Pair, ages_of, is_tool, values_of
from portail.site.item import Item
from portail.site.lists import value_reader
from portail.site.memo import kept_answer, per_site
from portail.site.reader import digest_value
from portail.site.site import Site
from portail.site.urls import SEARCH as PAGE
from portail.text.normalise import is_slug
from portail.text.typography import inside, plain, typeset

from .postings import Content
from .sentences import (
    Ages,
    Days,
    audience_of,
    communes_of,
    day_numbers,
    days_of,
    sentences,
)
from .words import digits, unpacked

# Fields whose values are codes of a list, and the list; ``type`` depends on the kind.
_LABELS = {
    "themes": "themes",
    "genre": "genres",
    "format": "formats",
    "envergure": "envergures",
    "categorie": "categories",
    "contrat": "contrats",
    "publics": "publics",
}
_TYPES = {"lieux": "types-lieux", "ressources": "types-ressources"}
# What the card of a tool says, and who looks for one.
_LENT = "à emprunter, prêt, location"
# Fields that name what the content is not about: its past, where a tool goes.
_NOT_NAMED = frozenset({"edition_precedente", "itinerance"})


def content_of(item: Item, words: str, site: Site) -> Content:
    """A content as the search reads it; ``words`` are its own (``Store.words``)."""
    return Content(unpacked(words), tuple(dict.fromkeys(filter(None, _names(item, site)))))


def seen_of(
    item: Item, items: Mapping[str, Item], texts: Mapping[str, Sequence[str]]
) -> tuple[Any, ...]:
    """All that ``content_of`` depends on, found without making it."""
    titles = [items[ref].entry.titre for ref in item.cited]
    code = item.commune and item.commune.code
    return item.digest, titles, code, item.territoires, texts.get(item.ref)


def _names(item: Item, site: Site) -> Iterator[str]:
    # Where it is, who made it, what it is about, what it is: what counts most comes first.
    entry: Any = item.entry
    commune = item.commune
    address = getattr(entry, "adresse", None)
    if commune:
        yield commune.nom
    yield from _mentions(item, site)
    if address:
        yield address.nom or ""
    if entry.kind.info.dated:
        yield place(item, site).salle
    yield from entry.mots_cles
    yield from _labels(item, site.vocabularies)
    yield from told_by_features(site).get(item.ref, ())
    yield from (name for code, name in item.territoires if not code.startswith("R"))
    if commune:
        yield " ".join(commune.codes_postaux[:3])


@kept_answer
def told_by_features(site: Site) -> dict[str, list[str]]:
    """What features tell to who searches, by reference, of the contents of which they tell it."""
    texts: dict[str, list[str]] = {}
    for item in site.untitled_of():
        for fact in added(site, IN_SEARCH, item):
            texts.setdefault(item.ref, []).append(f"{fact.label} {text_of(fact.values)}")
    return texts


def _mentions(item: Item, site: Site) -> Iterator[str]:
    for mention in references_of(item.entry):
        if mention.loc[0] in _NOT_NAMED or mention.value == REDACTION:
            continue
        ref = mention.named(site.items)
        if ref in item.cited:
            yield plain(site.items[ref].entry.titre)
        elif ref is None and not is_slug(mention.value):
            yield mention.value


def _labels(item: Item, vocabularies: Vocabularies) -> Iterator[str]:
    entry = item.entry
    yield entry.kind.info.nom
    lists = dict(_LABELS)
    if entry.kind.value in _TYPES:
        lists["type"] = _TYPES[entry.kind.value]
    for field, name in lists.items():
        value = getattr(entry, field, None) or ()
        for code in (value,) if isinstance(value, str) else value:
            yield inside(vocabularies[name][code].label)
    for equipment in getattr(entry, "equipements", ()):
        yield inside(vocabularies["equipements"][equipment.type].label)
    yield from (space.nom for space in getattr(entry, "espaces", ()))
    if access := getattr(entry, "accessibilite", None):
        yield from _access(access, vocabularies)
    yield entry.kind.info.searched
    if is_tool(item):
        yield _LENT


def _access(access: Accessibilite, vocabularies: Vocabularies) -> Iterator[str]:
    # For whom it is accessible, were it in part, and what helps them.
    yield from (vocabularies.label("handicaps", name) for name in access.ouverts)
    yield vocabularies.labels("equipements-accessibilite", access.equipements)
    yield vocabularies.labels("labels-accessibilite", access.labels)


# Numbers of a segment: content ``rank`` of segment ``number`` is ``number * SEGMENT + rank``.
SEGMENT = 256

# Contents whose cards share a file: content ``n`` is in the file ``n // BLOCK``. The answers of a
# query are seldom neighbours: eight in a file make eight answers 18 kB on the wire for 4, and spare
# a portal a quarter of its files.
BLOCK = 8

# The sort of what is for those who make the network, of whatever kind: it comes after the rest.
_TRADE = "reseau"


class Segment(Struct, frozen=True):
    """Contents whose numbers follow one another, from ``number * SEGMENT``; ``mark`` is a digest
    of which they are, in order, and of ``BLOCK``."""

    number: int
    refs: tuple[str, ...]
    mark: str


@kept_answer
def segments(site: Site) -> tuple[Segment, ...]:
    """All that can be found, in order of number: dated contents by day in odd segments, the rest by
    reference in even ones, so that a new content moves few others.
    """
    items = [item for item in site.untitled_of() if item.entry.kind.info.has_page]
    dated = sorted((item for item in items if item.entry.publie_le), key=_by_day)
    undated = sorted(
        (item for item in items if not item.entry.publie_le), key=lambda item: item.ref
    )
    return tuple(sorted([*_cut(dated, 1), *_cut(undated, 0)], key=lambda segment: segment.number))


def _held(site: Site, number: int) -> tuple[str, list[Item]]:
    # The mark of a segment, what it holds.
    segment = next(segment for segment in segments(site) if segment.number == number)
    return segment.mark, [site.items[ref] for ref in segment.refs]


@kept_answer
def mark_of(site: Site, number: int) -> str:
    """Of a segment, a digest of all that its piece depends on."""
    mark, items = _held(site, number)
    texts = told_by_features(site)
    return digest_value((mark, [seen_of(item, site.items, texts) for item in items]))


@kept_answer
def front_of(site: Site, number: int) -> str:
    """Of a segment, a digest of all that its rows depend on, but for the day: not of texts."""
    mark, items = _held(site, number)
    seen = [
        (item.written.front, item.commune and item.commune.code, item.territoires, item.zone)
        for item in items
    ]
    return digest_value((mark, seen))


def _by_day(item: Item) -> tuple[date, str]:
    assert item.entry.publie_le is not None
    return item.entry.publie_le, item.ref


def _cut(items: list[Item], parity: int) -> list[Segment]:
    cut = []
    for start in range(0, len(items), SEGMENT):
        refs = tuple(item.ref for item in items[start : start + SEGMENT])
        mark = digest_of(BLOCK, *refs)[:6]
        cut.append(Segment(2 * (start // SEGMENT) + parity, refs, mark))
    return cut


Codes: TypeAlias = tuple[str, ...]


class Row(NamedTuple):
    """Values, days and audience of one content; ``jour`` and ``fin`` are ordinals, 0 for none."""

    sorte: str
    theme: Codes
    departement: Codes
    epci: Codes
    public: Codes
    jour: int
    fin: int
    ages: Ages
    pour: int

    @property
    def pairs(self) -> list[Pair]:
        pairs = []
        for cle in _COMMON:
            pairs += [(cle, code) for code in getattr(self, cle)]
        return pairs

    def among(self, pairs: Collection[Pair]) -> Row:
        codes: dict[str, Any] = {
            cle: tuple(code for code in getattr(self, cle) if (cle, code) in pairs)
            for cle in _COMMON
        }
        return self._replace(**codes)


def sort_code(kind: Kind) -> str:
    """The code of a kind in addresses.

    >>> sort_code(Kind.DOSSIER)
    'dossiers'
    """
    return kind.info.segment or kind.info.folder


class Searched(NamedTuple):
    """What is remembered of a content: its row, in which it may be alone in its territories, and
    the days of ``sentences.days_of``."""

    row: Row
    days: Days


# Name under which those of segments are remembered.
SEARCHED = "rangs"
_searched = json.Decoder(list[Searched])


@per_site
def searched(site: Site) -> tuple[Searched, ...]:
    """By what each content is narrowed, in the order of numbers; for a segment that did not change
    since a run of the same day, as it was found then."""
    every = segments(site)
    keys = [digest_of(front_of(site, segment.number), site.day.date) for segment in every]
    recalled = site.bodies.recall(SEARCHED, keys)
    reader = value_reader(site)
    texts = {
        key: recalled[key] if key in recalled else _segment_text(segment, site, reader)
        for key, segment in zip(keys, every, strict=True)
    }
    site.bodies.remember(SEARCHED, texts)
    return tuple(chain.from_iterable(_searched.decode(texts[key]) for key in keys))


def _segment_text(segment: Segment, site: Site, reader: ValueReader) -> str:
    items = [site.items[ref] for ref in segment.refs]
    contents = [Searched(_row(item, reader), days_of(item, site)) for item in items]
    return json.encode(contents).decode()


def _rows(site: Site) -> list[Row]:
    items = _numbered(site)
    rows = [content.row for content in searched(site)]
    partout = frozenset(item.ref for item in items if item.partout)
    pairs = {item.ref: row.pairs for item, row in zip(items, rows, strict=True)}
    values = without_lone_territories(pairs, partout)
    return [
        row.among(values[item.ref]) if item.partout else row
        for item, row in zip(items, rows, strict=True)
    ]


def _numbered(site: Site) -> list[Item]:
    return [
        site.items[ref] for ref in chain.from_iterable(segment.refs for segment in segments(site))
    ]


def _row(item: Item, reader: ValueReader) -> Row:
    values = [*reader.common(item)]
    entry = item.entry
    last = item.last_day
    day = entry.publie_le
    if isinstance(entry, Event):
        day = item.shown.first_day if item.shown else None
    first = min(filter(None, (day, last)), default=None)
    days = (bound.toordinal() if bound else 0 for bound in (first, last))
    codes = (tuple(code for cle, code in values if cle == facet) for facet in _COMMON)
    sort = _TRADE if item.reseau else sort_code(entry.kind)
    ages = ages_of(entry, reader.vocabularies)
    return Row._make((sort, *codes, *days, ages, audience_of(item, reader, ages)))


_COMMON = tuple(facet.cle for facet in COMMON)


class _Facet(Struct, frozen=True):
    """A facet: its key in addresses, its title, the labels of its values by code, in the order in
    which they are shown."""

    cle: str
    titre: str
    labels: Mapping[str, str]

    @property
    def document(self) -> list[Any]:
        values = [[code, typeset(label)] for code, label in self.labels.items()]
        return [self.cle, self.titre, values]

    def ranks(self, lists: Iterable[Codes]) -> Iterator[tuple[int, ...]]:
        ranks = {code: rank for rank, code in enumerate(self.labels)}
        for codes in lists:
            yield tuple(sorted(ranks[code] for code in codes if code in ranks))


class _Lists:
    """Values that come back, each written once, the most frequent first; ``ranks`` of all."""

    def __init__(self, values: Iterable[Hashable]) -> None:
        entries = list(values)
        count = Counter(entries)
        self.lists = sorted(count, key=lambda value: (-count[value], repr(value)))
        ranks = {value: rank for rank, value in enumerate(self.lists)}
        self.ranks = [ranks[value] for value in entries]


def documents_of(site: Site) -> Iterator[Mapping[str, Any]]:
    """What ``index.json`` says of contents, which any answer needs; what filters, their counts and
    sentences ask besides; what « près de » reads, communes of contents and that of each, in order
    of number. Columns go sort after sort, which packs a fifth tighter.

    Of the first, ``colonnes.jour``: days from ``origine`` (0: none), by steps from the former one;
    ``fin``: days from there to the last one on which it is to come, plus 1 (0: never over);
    ``dehors``: those of another region, by steps; ``horaires``: which contents the file of hours
    (``lieux/opening.py``) is about, by steps, and its mark. Of the second, ``listes``: what
    ``colonnes`` give ranks of; ``pour``: ``sentences.audience_of``.
    """
    numbered = _rows(site)
    facets = {facet.cle: facet for facet in _facets(numbered, site)}
    sortes = {code: rank for rank, code in enumerate(facets["sorte"].labels)}
    rows = sorted(numbered, key=lambda row: sortes[row.sorte])
    wide = facets["departement"].ranks(row.departement for row in rows)
    near = facets["epci"].ranks(row.epci for row in rows)
    values = {
        "theme": _Lists(facets["theme"].ranks(row.theme for row in rows)),
        "public": _Lists(facets["public"].ranks(row.public for row in rows)),
        "territoire": _Lists(zip(wide, near, strict=True)),
        "age": _Lists(row.ages or () for row in rows),
        "pour": _Lists(row.pour for row in rows),
    }
    today = site.day.date.toordinal()
    before = min((row.jour for row in rows if row.jour), default=today) - 1
    elsewhere = (place for place, row in enumerate(numbered) if AILLEURS in row.pairs)
    yield {
        "jour": site.day.date.isoformat(),
        "segments": [
            [segment.number, len(segment.refs), segment.mark] for segment in segments(site)
        ],
        "sortes": [*sortes],
        "origine": date.fromordinal(before).isoformat(),
        "colonnes": {
            "sorte": digits(sortes[row.sorte] for row in numbered),
            "jour": digits(_steps(row.jour and row.jour - before for row in rows)),
            "fin": digits(row.fin and row.fin - row.jour + 1 for row in rows),
        },
        "dehors": digits(_steps(elsewhere)),
        "horaires": _opening(site),
        "phrase": sentences(site),
        "synonymes": site.vocabularies.synonymes.groups(),
        "francais": resources.rows("francais"),
    }
    yield {
        "facettes": [facet.document for facet in facets.values() if facet.labels],
        "listes": {name: lists.lists for name, lists in values.items()},
        "colonnes": {name: digits(lists.ranks) for name, lists in values.items()},
        "fois": digits(day_numbers((content.days for content in searched(site)), today - _SOONEST)),
    }
    communes, ranks = communes_of(_numbered(site))
    yield {"communes": communes, "colonne": digits(ranks)}


def _opening(site: Site) -> list[str]:
    # Which places are in the file of hours, by steps; its mark.
    numbers = {item.ref: place for place, item in enumerate(_numbered(site))}
    return [digits(_steps(numbers[ref] for ref in telling(site))), mark(site)]


# Days before that of the build from which those of events to come are counted: what began sooner is
# said to begin then.
_SOONEST = 4000


def _steps(values: Iterable[int]) -> Iterator[int]:
    """From each value to the next, from 0: twice as many upwards, one less than that downwards.

    >>> list(_steps([5, 7, 4]))
    [10, 4, 5]
    """
    former = 0
    for value in values:
        step = value - former
        yield 2 * step if step >= 0 else -2 * step - 1
        former = value


def _facets(rows: Sequence[Row], site: Site) -> Iterator[_Facet]:
    # The facets, in the order in which they are shown; one of which no content has a value is
    # empty.
    used = {row.sorte for row in rows}
    kinds = {sort_code(kind): kind.info.plusieurs for kind in Kind}
    kinds[_TRADE] = resources.rows("pages")["vie-du-reseau"]["titre"]
    yield _Facet("sorte", "Rubrique", {code: nom for code, nom in kinds.items() if code in used})
    for facet in COMMON:
        codes = chain.from_iterable(getattr(row, facet.cle) for row in rows)
        values = values_of(facet, codes, site.vocabularies, site.geography)
        yield _Facet(facet.cle, facet.titre, dict(values))


def address(site: Site) -> str:
    if segments(site):
        return PAGE
    return ""
