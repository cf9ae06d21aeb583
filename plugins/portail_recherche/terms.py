"""Outputs « recherche » and « termes »: suggestions, cards and terms, in files that a browser reads
(the package says which)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, pairwise
from string import ascii_lowercase
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from portail.facts.place import PARTOUT
from portail.features.services.editions.editions import highlight_days
from portail.features.services.facettes.lists import communes_text
from portail.files import DEFLATED, digest_bytes, digest_of
from portail.geo.places import Commune
from portail.model.collections import TerritoryEntry, YearlyEntry
from portail.model.kinds import Kind, kept, ranked
from portail.outputs.base import TextFile, Tree, reader_of, text_file
from portail.outputs.pages.slots import FINDABLE
from portail.outputs.pages.words import WORDS
from portail.outputs.spreadsheets import compact
from portail.site import urls
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.reader import digest_value
from portail.site.site import Site
from portail.site.urls import SEARCH
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital, plain, small, typeset

from .cards import agenda_around, card_files
from .postings import (
    Told,
    borders,
    bounds,
    forms_of,
    lists_of,
    piece,
    piece_again,
    term_order,
    told,
)
from .records import (
    Segment,
    content_of,
    documents_of,
    front_of,
    mark_of,
    seen_of,
    segments,
    told_by_features,
)
from .sentences import sentences
from .words import digits, front_coded, vocabulary

FOLDER = f"{SEARCH}communes/"


def plan_communes(site: Site) -> Iterator[TextFile]:
    if site.geography.home is not None:
        for initial in ascii_lowercase:
            yield text_file(site, f"{FOLDER}{initial}.json", _commune_file, initial)


def _commune_file(site: Site, initial: str) -> Iterator[str]:
    yield from communes_text(site.geography, _by_initial(site).get(initial, ()))


@per_site
def _by_initial(site: Site) -> Mapping[str, tuple[Commune, ...]]:
    home = site.geography.home
    assert home is not None
    by_name: dict[str, list[Commune]] = defaultdict(list)
    for commune in site.geography.communes_of(home):
        by_name[slugify(commune.nom)[:1]].append(commune)
    return {initial: tuple(communes) for initial, communes in by_name.items()}


T = TypeVar("T")

_WORDS = WORDS["recherche"]
_KINDS = ranked(lambda info: info.suggested)
# Kinds that come before communes: what is wider.
_BEFORE_COMMUNES = 2


def _in_order(theme: T, kinds: Iterable[T], commune: T) -> list[T]:
    # What is of themes, of each kind, of communes, in the order of suggestions.
    values = [*kinds]
    return [theme, *values[:_BEFORE_COMMUNES], commune, *values[_BEFORE_COMMUNES:]]


# Sorts of suggestions, in their order.
SORTS = kept(
    list[str](),
    lambda: _in_order(
        _WORDS["theme"], (capital(kind.info.nom) for kind in _KINDS), _WORDS["commune"]
    ),
)

# Suggestions of one sort: a phone reads them all before it completes a word (28 kB compressed).
# What few contents name is left to the search itself.
MOST = 900


class Suggestion(NamedTuple):
    """A name, the rank of its sort, the site path where it leads, what tells it from
    its homonyms."""

    nom: str
    sorte: int
    url: str
    precision: str = ""


def suggestions(site: Site) -> Iterator[Suggestion]:
    """All of them, sort after sort; in each, what most contents name comes first."""
    every = _in_order(_themes(site), (_named(site, kind) for kind in _KINDS), _communes(site))
    for rank, rows in enumerate(every):
        for nom, url, precision in islice(rows, MOST):
            yield Suggestion(typeset(nom), rank, url, typeset(precision))
    sorts = _sorts(site)
    for page in FINDABLE.ask(site):
        rank = sorts.index(page.sort, len(SORTS))
        yield Suggestion(typeset(page.name), rank, page.url, typeset(page.hint))


def _sorts(site: Site) -> list[str]:
    return [*SORTS, *dict.fromkeys(page.sort for page in FINDABLE.ask(site))]


def _themes(site: Site) -> Iterator[tuple[str, str, str]]:
    for code, term in site.vocabularies["themes"].items():
        if code in site.indexes.by_theme:
            yield capital(term.label), urls.theme_of(code), ""


def _named(site: Site, kind: Kind) -> Iterator[tuple[str, str, str]]:
    by_target = site.indexes.by_target
    for item in sorted(
        site.of_kind(kind), key=lambda item: _rank(len(by_target.get(item.ref, ())))
    ):
        yield plain(item.entry.titre), item.url, _precision(item, site)


def _rank(count: int) -> int:
    # Less for a greater count; steps are wide, so that an edit seldom changes an order.
    return -count.bit_length()


def _precision(item: Item, site: Site) -> str:
    entry = item.entry
    if isinstance(entry, YearlyEntry):
        return small(highlight_days(item, site, site.day.date))
    if isinstance(entry, TerritoryEntry):
        return site.vocabularies.label("types-territoires", entry.type)
    if item.commune:
        return item.commune.nom
    if item.partout:
        return PARTOUT
    return ""


def _communes(site: Site) -> Iterator[tuple[str, str, str]]:
    # Communes where something is: to what is on around them, else to what the search finds.
    counts: Counter[Commune] = Counter()
    on = set()
    for item in site.items.values():
        if item.commune:
            counts[item.commune] += 1
            if item.entry.kind.info.dated and item.listed and not item.is_over:
                on.add(item.commune)
    for commune in sorted(
        counts, key=lambda commune: (_rank(counts[commune]), sort_key(commune.nom), commune.code)
    ):
        wide = site.geography.departement(commune.departement)
        yield commune.nom, _around(commune, site, commune in on), wide.nom if wide else ""


def _around(commune: Commune, site: Site, on: bool) -> str:
    # Filters know the communes of the region alone, by where they are.
    home = site.geography.home
    if commune.pays:
        return f"{urls.SEARCH}?q={quote(commune.ville)}"
    label = site.geography.label(commune.code)
    near_home = home and site.geography.region_of(commune.departement) == home.code
    if on and near_home and commune.lat is not None:
        return agenda_around(label)
    return f"{urls.SEARCH}?q={quote(commune.nom)}"


# Version of the suggestions: grows when a former script could not read them.
_VERSION = 1


def plan_search(site: Site) -> Iterator[TextFile]:
    if not segments(site):
        return
    yield text_file(site, urls.SUGGESTIONS, _suggestions)
    yield from card_files(site)
    yield from plan_communes(site)


def _suggestions(site: Site) -> Iterator[str]:
    base = site.config.base
    rows = [entry._replace(url=base + entry.url) for entry in suggestions(site)]
    document = {"version": _VERSION, "sortes": _sorts(site), "suggestions": rows}
    yield "{" + ",\n".join(f'"{name}":{compact(value)}' for name, value in document.items()) + "}\n"


# Grows when a script for the former format could not read the new one.
VERSION = 9

# How many positions in bodies the list of a term holds, about: 10 kB once compressed.
ROOM = 6000

PIECES = "termes"
SAID = "dits"
# Names under which are remembered: the piece of each segment, by its number, below a line that
# tells of what it is made; what each of its contents says, below the same; what the rest says.
VALUES = "valeurs"
# Signs of a digest of what a content says, before it.
_SEEN = 32
_FOLDER, _, _INDEX = urls.file_of(urls.SEARCH_INDEX).rpartition("/")
_LISTS = urls.SEARCH_LISTS.removeprefix(urls.SEARCH_TERMS)
# Signs of the name of a file: a digest of its bytes.
_NAME = 10


def plan_terms(site: Site) -> Iterator[Tree]:
    """``/recherche/termes/``, when there is something to find: one folder, as the names of its
    files follow from what is in them."""
    every = segments(site)
    if every:
        marks = [mark_of(site, segment.number) for segment in every]
        key = digest_of(VERSION, site.day.date, *marks, digest_value(sentences(site)))
        files = partial(_files, site)
        memory = reader_of(site).memory
        produce = memory.begin(lambda: [*files()]) if memory else files
        yield Tree(_FOLDER, (key,), produce, marked=_LISTS)


def _room(every: Sequence[Segment]) -> int:
    # How many positions in bodies the list of a term holds in one segment. It halves when segments
    # are twice as many: seldom, as it makes every piece another one.
    return ROOM >> (len(every) - 1).bit_length()


def _files(site: Site) -> Iterator[tuple[str, bytes]]:
    pieces = _pieces(site)
    lists = lists_of(pieces)
    terms = sorted(lists, key=term_order)
    first = bounds(lists, terms)
    names = []
    for start, end in pairwise([*first, len(terms)]):
        terms_of = terms[start:end]
        name, data = _file(_json(termes=terms_of, listes=[lists[term] for term in terms_of]))
        names.append(name)
        yield f"{name}{DEFLATED}", data
    index, *documents = _values(site, [text for _, text in pieces])
    apart = {}
    for key, document in zip(("valeurs", "lieux", "vocabulaire"), documents, strict=True):
        apart[key], data = _file(document)
        yield f"{apart[key]}{DEFLATED}", data
    files = compact({"bornes": borders(terms, first), "fichiers": names, **apart})
    yield _INDEX, f"{files[:-1]},{index[1:]}\n".encode()


def _values(site: Site, pieces: Sequence[str]) -> list[str]:
    # What ``index.json`` says of contents, the documents of values, of places and of words: as they
    # were when all that they are made of is the same, as after an edit of a body.
    of_segments = [front_of(site, segment.number) for segment in segments(site)]
    fronts = digest_of(site.day.date, *of_segments, digest_value(sentences(site)))
    shown = [text.split("\n", 2)[2] for text in pieces]
    makers: dict[str, Callable[[], str]] = {
        f"index {fronts}": lambda: "\n".join(_json(**one) for one in documents_of(site)),
        f"mots {digest_of(*shown)}": lambda: _json(mots=_words(pieces)),
    }
    recalled = site.bodies.recall(VALUES, [*makers])
    texts = {key: recalled[key] if key in recalled else make() for key, make in makers.items()}
    site.bodies.remember(VALUES, texts)
    return "\n".join(texts.values()).split("\n")


def _words(pieces: Iterable[str]) -> list[str]:
    counted = vocabulary(forms_of(pieces))
    return [front_coded(word for word, _ in counted), digits(count for _, count in counted)]


def _pieces(site: Site) -> list[tuple[int, str]]:
    # The number and the piece of each segment; those that did not change are not made again.
    every = segments(site)
    room = _room(every)
    recalled = site.bodies.recall(PIECES, [str(segment.number) for segment in every])
    texts = {}
    for segment in every:
        head = f"{room} {mark_of(site, segment.number)}"
        text = recalled.get(str(segment.number), "")
        if text.partition("\n")[0] != head:
            text = f"{head}\n{_piece(segment, site, head, text)}"
        texts[str(segment.number)] = text
    site.bodies.remember(PIECES, texts)
    return [(int(number), text.partition("\n")[2]) for number, text in texts.items()]


def _piece(segment: Segment, site: Site, head: str, before: str) -> str:
    # The piece of a segment, to be kept below ``head``; ``before`` is the one that was kept. What
    # each content said then is kept too: of those that say it still, nothing is found again.
    name = f"{SAID} {segment.number}"
    former, *lines = site.bodies.recall(name, [""]).get("", "").split("\n")
    then = [Told.read(line[_SEEN:]) for line in lines]
    known = {line[:_SEEN]: line_words for line, line_words in zip(lines, then, strict=True)}
    items = dict(site.items.items())
    by_features = told_by_features(site)
    seen = {ref: digest_value(seen_of(items[ref], items, by_features)) for ref in segment.refs}
    changed = [ref for ref, mark in seen.items() if mark not in known]
    words = site.bodies.words([items[ref].stored for ref in changed])
    for ref, line_words in zip(changed, words, strict=True):
        known[seen[ref]] = told(
            content_of(items[ref], line_words, site), site.vocabularies.synonymes
        )
    now = [known[mark] for mark in seen.values()]
    said = dict(zip([line[:_SEEN] for line in lines], lines, strict=True))
    said |= {seen[ref]: f"{seen[ref]}{known[seen[ref]].text}" for ref in changed}
    site.bodies.remember(name, {"": "\n".join([head, *[said[mark] for mark in seen.values()]])})
    where, _, text = before.partition("\n")
    room = head.partition(" ")[0]
    if where == former and where.partition(" ")[0] == room and len(then) == len(now):
        return piece_again(text, then, now, int(room))
    return piece(now, int(room))


def _file(document: str) -> tuple[str, bytes]:
    # The name that the bytes of a file give it, from the folder of all; these.
    data = f"{document}\n".encode()
    return f"{_LISTS}{digest_bytes(data)[:_NAME]}", data


def _json(**fields: Any) -> str:
    return compact({"version": VERSION, **fields})
