"""The filter data of lists, by which scripts narrow them in place, and the communes of the region.

A file is an object whose ``lignes`` has one row a line. Every text is the one that pages show, and
ranks count from 0.

``facettes``: ``[key, [[code, label], …]]``, the rank of a value running through all of them;
``communes``: ``[name, département, latitude, longitude]``; ``textes``: what comes back.

A row: address; title (a text, or roman and italics by turns); ranks in ``textes`` of the code of
its theme, of the line above the title, of that below; ranks of its values; rank of its commune (-1:
none). What a list adds to its rows is said where it is written.
"""

from __future__ import annotations

# The rows of a long list begin with their values: what stands before is in files of `parts[0]`
# rows, from the last one on, that `parts[1]` name (`facettes/<name>.deflate`).
#
# Other lists add (the day of a leaf, if rows have one, is the last one):
#
# `noms` (« article », « articles », « Aucun article »), `etiquettes` (those that stand above the
# title), `clos` (what is said of a row that is over; without it, such a row is not shown);
#
# and to each row, the rank of its labels, then the ISO 8601 date of its last day if it ends. A
# label that does not always hold has a fourth part, its last day. The catalogue adds four columns
# more: copies (0 when the sheet tells no loan), loans that are not over, `1 2021-09-13
# 2021-10-15,…`: copy (0 when it fits none), first day, last day, and how many days before one asks;
# then, of a tool whose loans are told, the path of its six months
# (`features/kinds/ressources/tool_cards.py`). `/classes/` adds the rank of the section of a row
# among `parties`.
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from portail.features.services.fondsdecarte.outlines import outlines_of
from portail.files import DEFLATED, digest_of
from portail.geo.places import Commune, Departement, Epci
from portail.geo.territories import Geography
from portail.model.kinds import PLACES
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.lists.paging import coming
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.outputs.spreadsheets import compact, lined
from portail.site.facet_readers import facets_of
from portail.site.facets import Facets, OwnValues, Pair, Value, territory_pair
from portail.site.indexes import LISTS, NarrowedList
from portail.site.item import Item
from portail.site.lists import list_at, narrowed, value_reader
from portail.site.memo import own_answer
from portail.site.showings import family_of_type
from portail.site.site import Site
from portail.site.urls import COMMUNES, data_of
from portail.text.normalise import slugify
from portail.text.spaces import seen
from portail.text.typography import capital, inline_parts, typeset

from .pages import named_values, offered

_PER_DEGREE = 100


def communes_text(geography: Geography, communes: Iterable[Commune]) -> Iterator[str]:
    """Postcodes, names (towns first), département where postcodes do not say it; then steps of
    latitude and longitude in hundredths of a degree; ranks of towns.
    """
    towns = {town.code: rank for rank, town in enumerate(geography.towns)}

    def order(commune: Commune) -> tuple[Any, ...]:
        size = towns.get(commune.code, len(towns))
        return commune.departement, commune.codes_postaux, size, commune.nom, commune.code

    ordered = sorted((commune for commune in communes if commune.lat is not None), key=order)
    rows = []
    lats = [0]
    lons = [0]
    for (dep, posts), some in groupby(
        ordered, key=lambda commune: (commune.departement, commune.codes_postaux)
    ):
        here = list(some)
        prefixed = not posts or posts[0][:2] != dep
        names = "|".join(commune.nom for commune in here)
        rows.append([" ".join(posts), names, *([dep] if prefixed else [])])
        lats += (round(_PER_DEGREE * commune.lat) for commune in here if commune.lat is not None)
        lons += (round(_PER_DEGREE * commune.lon) for commune in here if commune.lon is not None)
    steps = ([b - a for a, b in pairwise(degrees)] for degrees in (lats, lons))
    ranked = sorted(
        (towns[commune.code], rank) for rank, commune in enumerate(ordered) if commune.code in towns
    )
    cities = [rank for _, rank in ranked]
    yield from data_text(rows, pas=list(steps), villes=cities)


# Grows when a script for the former format could not read the new one.
VERSION = 2

Row: TypeAlias = list[Any]
# Labels that pages say with the details, not above the title.
_ADVANTAGES = frozenset({"gratuit", "pret"})


def data_text(rows: Iterable[Row], **more: Any) -> Iterator[str]:
    """A document, one row a line."""
    yield compact({"version": VERSION, **more})[:-1]
    yield ',"lignes":['
    yield from lined(rows)
    yield "\n]}\n"


def labels_of(labels: Iterable[Etiquette]) -> list[Row]:
    """Labels as scripts read them: text, code, 1 for one that changes something."""
    return [[typeset(label.texte), label.code, int(label.forte)] for label in labels]


class Texts:
    """Values that come back, each written once: rows hold their ranks."""

    def __init__(self) -> None:
        self._ranks: dict[str, int] = {}
        self.values: list[Any] = []

    def rank(self, value: Any) -> int:
        key = value if isinstance(value, str) else repr(value)
        if key not in self._ranks:
            self._ranks[key] = len(self.values)
            self.values.append(value)
        return self._ranks[key]


# The key of each facet, its values.
Choices: TypeAlias = Sequence[tuple[str, Sequence[Value]]]


def ranks_of(facets: Choices) -> Mapping[Pair, int]:
    """The rank of each value, which runs through all facets."""
    pairs: list[Pair] = []
    for cle, values in facets:
        pairs.extend((cle, value.code) for value in values)
    return {pair: rank for rank, pair in enumerate(pairs)}


class Table:
    """What the rows of any list begin with, and what their ranks stand for."""

    def __init__(self, base: str, facets: Choices = ()) -> None:
        self._base = base
        self.texts = Texts()
        self._communes = Texts()
        self.facets = facets
        self._pairs = ranks_of(facets)

    def row(
        self,
        card: Card,
        details: Iterable[str],
        commune: Commune | None,
        pairs: Iterable[Pair] = (),
    ) -> Row:
        """Address, title, theme, line above it, ``details`` below it, values, commune."""
        parts = inline_parts(card.titre)
        return [
            self._base + card.url,
            parts if len(parts) > 1 else parts[0],
            self.texts.rank(card.theme),
            self.text(card.precision or card.surtitre),
            self.below(card, details),
            sorted(self._pairs[pair] for pair in pairs if pair in self._pairs),
            self._commune(commune),
        ]

    def below(self, card: Card, details: Iterable[str]) -> int:
        free = (label.texte for label in card.etiquettes if label.code in _ADVANTAGES)
        return self.text(" · ".join([*details, *free]))

    def text(self, text: str) -> int:
        return self.texts.rank(" · ".join(map(seen, typeset(text).split(" · "))))

    def document(self, rows: Sequence[Row], **more: Any) -> Iterator[str]:
        tables = {"communes": self._communes.values, "textes": self.texts.values}
        return data_text(rows, **more, facettes=self.facets, **tables)

    def _commune(self, commune: Commune | None) -> int:
        if commune is None or commune.lat is None:
            return -1
        return self._communes.rank([commune.nom, commune.departement, commune.lat, commune.lon])


# Filter data of the directory (``/lieux/facettes.json``, ``table.py``). A place is written in few
# bytes, since a directory has thousands: what follows from its title, its values or its commune is
# not repeated (``facettes-lieux.js`` says it again, as pages show it).

# `/lieux/facettes.json` is lighter, since a directory may have thousands of places: a row is a
# title, the slug (0: `slugify` of the title), the rank of the commune, the ranks of the values,
# without those of the territories of the commune. The whole has besides: `prefixe` (what stands
# before slugs), `noms`, `sortes` (the values of `type`, in the singular), `familles` (under what
# each of them is put among places to go to, `""` for structures), `communes` (with the ranks of
# their territories), `carte` (`repere`, `Projection.grid` of the region, and `departements` that it
# shows), `avenir` (`[rank of the row, how many events are to come, until when they are as many]`),
# `etats` (`[rank of the row, labels]`).


# Facets that lines say: their values are told, whatever the list offers.
_SAID = frozenset({"type", "theme"})

# That of the directory, where a feature brings places.
LISTS_OF_PLACES = tuple(liste for liste in LISTS if liste.kind.info.place)


def plan_lieux(site: Site, around: bool) -> Iterator[TextFile]:
    """The data of places, when the directory offers facets, or when the agenda tells what is
    ``around`` a commune."""
    if site.has(*PLACES):
        for liste in LISTS_OF_PLACES:
            narrowing = narrowed(site, liste)
            if around or (narrowing and narrowing.shown):
                yield text_file(site, data_of(liste.url), _lieux)


def _lieux(site: Site) -> Iterator[str]:
    (liste,) = LISTS_OF_PLACES
    narrowing = narrowed(site, liste)
    lieux = site.places
    lists = site.vocabularies
    said = {*_SAID}
    if narrowing:
        facets = narrowing.facets
        said |= {facet.cle for facet, _ in narrowing.shown}
    else:
        facets = facets_of(liste.url, liste.facets, lieux, value_reader(site), OwnValues())
    choices = [
        (facet.cle, named_values(facet, values, site.geography))
        for facet in liste.facets
        if facet.cle in said and (values := facets.values[facet.cle])
    ]
    rows = _Rows(facets, choices, site.geography)
    outlines = outlines_of(site.geography)
    carte = None  # how the map of the region places things, what it holds
    if outlines.projection is not None:
        departements = sorted(outlines.departements)
        carte = {"repere": outlines.projection.grid, "departements": departements}
    lignes = [rows.row(item) for item in lieux]
    types = [value.code for value in facets.values["type"]]
    return data_text(
        lignes,
        prefixe=site.config.base + liste.url,
        noms=liste.names,
        facettes=choices,
        # What one place of each type is called; under what it is put among those where one goes,
        # ``""`` for a structure.
        sortes=[typeset(capital(lists.label("types-lieux", code))) for code in types],
        familles=[typeset(family_of_type(code, lists)) for code in types],
        communes=rows.communes,
        carte=carte,
        avenir=list(_coming(lieux, site)),
        etats=list(_states(lieux, site)),
    )


def _coming(lieux: Sequence[Item], site: Site) -> Iterator[Row]:
    # Rank of a place that has events to come, how many, until when they are as many.
    for rank, item in enumerate(lieux):
        count, last = coming(site, item.ref)
        if count:
            yield [rank, count, *([last.isoformat()] if last else [])]


def _states(lieux: Sequence[Item], site: Site) -> Iterator[Row]:
    for rank, item in enumerate(lieux):
        if labels := card_of(site, item.ref).etiquettes:
            yield [rank, labels_of(labels)]


class _Rows:
    """Rows of places, and the communes that they name."""

    def __init__(self, facets: Facets, choices: Choices, geography: Geography) -> None:
        self._ranks = ranks_of(choices)
        self._by_ref = facets.by_ref
        self._geography = geography
        self._known: dict[str, int] = {}
        self._shared: list[set[Pair]] = []
        self.communes: list[Row] = []

    def row(self, item: Item) -> Row:
        # Title, slug (0: that of the title), rank of the commune (-1: none), ranks of values: the
        # first theme first, without those of the commune.
        pairs = self._by_ref[item.ref]
        commune = self._commune(item.commune)
        shared = self._shared[commune] if commune >= 0 else set()
        parts = inline_parts(item.entry.titre)
        return [
            parts if len(parts) > 1 else parts[0],
            0 if slugify(item.name) == item.entry.slug else item.entry.slug,
            commune,
            *(self._ranks[pair] for pair in pairs if pair in self._ranks and pair not in shared),
        ]

    def _commune(self, commune: Commune | None) -> int:
        if commune is None or commune.lat is None:
            return -1
        if commune.code not in self._known:
            around = self._geography.territoires_of(commune)
            pairs = {
                territory_pair(territory, self._geography)
                for territory in around
                if isinstance(territory, (Epci, Departement))
            }
            ranks = sorted(self._ranks[pair] for pair in pairs if pair in self._ranks)
            self._known[commune.code] = len(self.communes)
            self._shared.append(pairs)
            self.communes.append(
                [typeset(commune.nom), commune.departement, commune.lat, commune.lon, ranks]
            )
        return self._known[commune.code]


def narrows(site: Site, liste: NarrowedList) -> bool:
    narrowing = narrowed(site, liste)
    return bool(narrowing and narrowing.shown)


def plan_lists(site: Site) -> Iterator[TextFile]:
    """The data of every list of a kind that offers facets, but the directory, whose rows are
    lighter (``features.services.facettes.lieux``)."""
    for liste in LISTS:
        if liste not in LISTS_OF_PLACES and narrows(site, liste):
            yield text_file(site, data_of(liste.url), _list, liste.url)
            yield from part_files(site, liste.url, _part)


@own_answer
def _held(site: Site, url: str) -> tuple[Choices, Mapping[str, Any]]:
    # The facets that a list offers, with their values; those of each of its contents.
    narrowing = narrowed(site, list_at(site, url))
    assert narrowing is not None
    facets = [(facet.cle, values) for facet, values in offered(narrowing, site.geography)]
    return facets, {item.ref: narrowing.facets.by_ref[item.ref] for item in narrowing.items}


class ListData:
    """The data of the list at ``url``, which offers facets, in the making."""

    def __init__(self, site: Site, url: str) -> None:
        self.liste = list_at(site, url)
        facets, self.pairs = _held(site, url)
        self.table = Table(site.config.base, facets)
        self._labels = Texts()

    def labels(self, card: Card) -> int:
        """The rank of those above its title; what does not always hold says until when it does."""
        above = [label for label in card.etiquettes if label.code not in _ADVANTAGES]
        until = ([label.fin.isoformat()] if label.fin else [] for label in above)
        return self._labels.rank(
            [[*row, *end] for row, end in zip(labels_of(above), until, strict=True)]
        )

    def text(self, rows: Sequence[Row], *, cut: bool = False, **more: Any) -> Iterator[str]:
        """The document of ``rows``; ``cut``: what lines show is in ``part_files``, if long."""
        liste = self.liste
        if cut and (parts := parts_of([*self.pairs])):
            rows = [row[_SHOWN:] for row in rows]
            self.table.texts = Texts()
            more["parts"] = [PART, [mark for mark, _ in parts]]
        info = liste.kind.info
        closed = {}
        if info.over and not info.coming:
            closed = {"clos": info.over.capitalize()}
        return self.table.document(
            rows, noms=liste.names, etiquettes=self._labels.values, **closed, **more
        )


# Rows of a long list whose lines are in one file: a phone that narrows it reads those it shows.
PART = 40
# What lines show of a row, before its values.
_SHOWN = 5


def parts_of(refs: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """The contents of each part, from the last one on, so that a new one changes one part; before
    them, a mark of which they are. A short list has none."""
    if len(refs) <= PART:
        return []
    ends = range(len(refs), 0, -PART)
    parts = [refs[max(end - PART, 0) : end] for end in ends]
    return [(digest_of(*part)[:6], part) for part in parts]


def _line(site: Site, table: Table, ref: str, pairs: Iterable[Pair] = ()) -> Row:
    card = card_of(site, ref)
    return table.row(card, card.details[card.tus :], None, pairs)


def _list(site: Site, url: str) -> Iterator[str]:
    data = ListData(site, url)
    rows = []
    for ref, pairs in data.pairs.items():
        card = card_of(site, ref)
        end = []
        if card.fin:
            end = [card.fin.isoformat()]
        rows.append([*_line(site, data.table, ref, pairs), data.labels(card), *end])
    return data.text(rows, cut=True)


def part_files(
    site: Site, url: str, part: Callable[[Site, Sequence[str]], Iterator[str]]
) -> Iterator[TextFile]:
    """What lines of a long list show, in parts."""
    _, pairs = _held(site, url)
    for mark, refs in parts_of([*pairs]):
        yield text_file(site, f"{url}facettes/{mark}{DEFLATED}", part, refs)


def part_text(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """What lines of ``rows``, made by ``table``, show."""
    shown = [row[:_SHOWN] for row in rows]
    return data_text(shown, textes=table.texts.values)


def _part(site: Site, refs: Sequence[str]) -> Iterator[str]:
    table = Table(site.config.base)
    return part_text(table, (_line(site, table, ref) for ref in refs))


def plan_facettes(site: Site) -> Iterator[TextFile]:
    """``facettes.json`` of the lists that facets narrow, of places; the communes of the region,
    when it is known."""
    yield from plan_lists(site)
    yield from plan_lieux(site, around=bool(site.has_dates and site.geography.home))
    if site.geography.home:
        yield text_file(site, COMMUNES, _communes)


def _communes(site: Site) -> Iterator[str]:
    home = site.geography.home
    assert home is not None
    yield from communes_text(site.geography, site.geography.communes_of(home))
