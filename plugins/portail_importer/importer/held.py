"""A table of anybody, read by what it holds: its columns are found by their values, heads help.

What comes out is a table whose heads are fields: a day that is said in several columns, once for a
block of rows, or without the year that the table says elsewhere, is whole in one column. What is
not sure is left to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from statistics import mean

from msgspec import Struct, field

from portail.clock import portal_zone
from portail.text.dates import MOIS
from portail.text.hints import level
from portail.text.normalise import fold, name_key
from portail_importer.tableurs.columns import BODY, Form
from portail_importer.tableurs.grid import Cell, Grid, Row

from .base import Base
from .sources.pictures import is_picture
from .sources.prose import means_of
from .when import read_words
from .when_words import NotRead, Token, scanned
from .where import where_of

# Rows among which heads are looked for, rows whose values are looked at.
_TOP = 30
_SAMPLE = 60
# Share of the values of a column that are of its sort; of rows without a day, in a table of blocks.
_MOST = 0.8
_HALF = 0.5
_BLOCKS = 0.3
_LONG = 100
_SEASON = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-/–]\s*(?:20)?(\d\d)(?!\d))?(?![\d-])")
_IDEM = frozenset({"idem", "id.", "id", '"', "″", "〃", "''", "-//-", "//", "»", "ditto"})
# The first month of a season that has two years.
_SUMMER = 8
# Sessions that a program lists, in ISO form: a beginning, its end.
_INSTANT = r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d[\d:.+Zz]*(?:-\d\d:?\d\d)?"
_SLOT = re.compile(rf"({_INSTANT})(?:\s*->\s*|\s*/\s*|\s+)({_INSTANT})[;,\s]*")
_PRICED = re.compile(r"€|\beuros?\b|gratuit|entree libre|prix libre|payant")
_AGED = re.compile(r"\d\s*ans\b|tout public|familles?|adultes?|enfants?|scolaires?")
# The parts of a day, in the order in which one says them.
_PARTS = ("semaine", "nombre", "mois", "annee")
# Of what signs (``when_words``) a value is that is one of them, the first of which it has.
_SIGNS = {"nombre": "Nld,&t/", "mois": "mY", "semaine": "dl,&t/"}
# Signs of what has the form of a day, be it of no calendar.
_DATED = frozenset("DSOm")
# The field that a sort of values fills, where no head says so.
_FILLS = {
    "seances": "horaires_iso",
    "heure": "heure",
    "commune": "adresse.commune",
    "adresse": "adresse_dite",
    "code_postal": "adresse.code_postal",
    "prix": "prix",
    "url": "lien",
    "age": "publics",
    "courriel": "reserver",
    "telephone": "reserver",
    "long": BODY,
}
_WHEN = frozenset({"jour", "jour_fin", "heure", "heure_fin", "debut", "fin"})
# What sorts of values a field that a head names may not have.
_NEVER = frozenset({"jour", "heure", "url", "courriel", "telephone"})
_TEXTS = ("titre", "lieu", "format", "organisateurs", "salle", "adresse.commune", "themes")
# Heads of titles, those of what may be a sort of them too.
_TITLE = re.compile(
    r"titre|title|intitul|libell|designation|^nom\b(?!.*(?:lieu|salle|orga))|^name\b"
)
_MAYBE = re.compile(
    r"evenement|event|manifest|animation|activit|sujet|spectacle|conferenc|exposition|objet|quoi"
    r"|rendez|theme"
)
_ANY = re.compile("")
_OTHER_DAY = re.compile(
    r"publi|cre[ea]|modif|maj\b|jour\s*le|updat|timestamp|limite|clotur|naiss|birth|fondat|adhes|inscri|saisi|valid|depot|recu"
)
# Words in heads of numbers that are months, years: any number may be.
_OF_MONTHS = frozenset({"mois", "month"})
_OF_YEARS = frozenset("an ans annee annees year years".split())
_END = r"(?:dates?|jours?|heures?|moments?|event|et|time|de|d|la|at| |\d)*"
_FIRST = re.compile(rf"{_END}(?:debut|start|du|begin|from|first|premiere?){_END}")
_LAST = re.compile(rf"{_END}(?:fin|end|au|until|last|derniere?){_END}")


class Held(Struct, frozen=True):
    """A table whose heads are fields; by the head of a column, the field that only its place
    suggests, "" for days that may be any."""

    grid: Grid
    guessed: Mapping[str, str] = {}


class _Column(Struct):
    rank: int
    head: str
    values: list[str]
    sort: str = ""
    name: str = ""
    # Whether it is read with another.
    joined: bool = False

    @property
    def key(self) -> str:
        return name_key(self.head)


def held(grid: Grid, form: Form, base: Base) -> Held:
    """``grid`` by what it holds, where it is of what has days; else as it is."""
    if not form.kind.info.dated:
        return Held(grid)
    return _Table(grid, form, base).held()


class _Table(Struct, dict=True):
    grid: Grid
    form: Form
    base: Base
    guessed: dict[str, str] = field(default_factory=dict)
    days: dict[str, bool] = field(default_factory=dict)

    def held(self) -> Held:
        self._claim()
        self._name_days()
        self._name_rest()
        days = [
            it.rank for it in self.columns if it.name in ("jour", "debut") and it.sort != "heure"
        ]
        rows = self._under
        heads = [it.name.replace("_", " ") or it.head for it in self.columns]
        if not days and any(map(self._is_section, self._sections)):
            days = [self.wide]
            heads.append("jour")
        if len(days) == 1:
            rows = [*self._rows(days[0])]
        emptied = {it.rank for it in self.columns if it.joined}
        heads = ["" if rank in emptied else head for rank, head in enumerate(heads)]
        kept = self._above
        kept.append(Row(self.head.number, tuple(map(Cell, heads))))
        for row in rows:
            cells = (Cell() if at in emptied else it for at, it in enumerate(row.cells))
            kept.append(Row(row.number, tuple(cells)))
        grid = Grid(self.grid.name, kept, self.grid.notes)
        return Held(grid, self.guessed)

    @cached_property
    def wide(self) -> int:
        return max((len(row.cells) for row in self.grid.rows), default=0)

    @cached_property
    def head(self) -> Row:
        # The row that names most columns, else the first of several texts that are no values.
        top = self.grid.rows[:_TOP]
        best = max(top, key=self._named, default=None)
        if best and self._named(best) > 1:
            return best
        texts = (row for row in top if sum(map(_is_word, row.cells)) > max(1, self.wide // 2))
        first = next(texts, None)
        has_day = any(self._is_day(cell.text) for cell in first.cells) if first else True
        return Row(0, ()) if first is None or has_day else first

    def _named(self, row: Row) -> int:
        return len({column.name for cell in row.cells if (column := self.form.column(cell.text))})

    @cached_property
    def _under(self) -> list[Row]:
        # Its rows, what « idem » says again said.
        rows: list[Row] = []
        before = Row(0, ())
        for row in self.grid.rows:
            if row.number > self.head.number:
                cells = enumerate(row.cells)
                again = (before.at(at) if fold(it.text) in _IDEM else it for at, it in cells)
                before = Row(row.number, tuple(again))
                rows.append(before)
        return rows

    @cached_property
    def columns(self) -> list[_Column]:
        found: list[_Column] = []
        for rank in range(self.wide):
            texts = [row.at(rank).text for row in self._under if len(row.cells) > 1]
            values = [text for text in texts if text]
            column = _Column(rank, self.head.at(rank).text, values)
            column.sort = self._sort(values[:_SAMPLE])
            for twin in (it for it in found if values and it.values == values):
                # What says again what another says is nothing, but for the head that is known.
                spare = column if self.form.column(twin.head) else twin
                spare.joined, spare.sort = True, ""
            found.append(column)
        return found

    def _sort(self, values: Sequence[str]) -> str:
        if not values:
            return ""
        plain = [*map(fold, values)]
        shapes = [*map(_shape, plain)]
        shape = max(shapes, key=shapes.count)
        tests: dict[str, Iterable[object]] = {
            "seances": (not _SLOT.sub("", it) for it in values),
            "jour": map(self._is_day, values),
            "heure": map(self._is_hour, values),
            shape: [it == shape for it in shapes],
            "prix": map(_PRICED.search, plain),
            "age": map(_AGED.search, plain),
            "commune": map(self.base.commune, values),
            "adresse": map(self._is_address, values),
        }
        for name, found in tests.items():
            share = _HALF if name == "jour" else _MOST
            if name and sum(map(bool, found)) >= share * len(values):
                return name
        if mean(map(len, values)) > _LONG:
            return "long"
        return "texte"

    def _is_day(self, text: str) -> bool:
        if text not in self.days:
            try:
                when = read_words(text, self.base.portal.day, portal_zone())
                self.days[text] = bool(when.sessions)
            except NotRead as error:
                # What is no time of its clock is not cut.
                signs = {it.sign for it in _pieces(text)} or _DATED
                self.days[text] = error.code in ("E145", "E213") and bool(signs & _DATED)
        return self.days[text]

    def _is_section(self, text: str) -> bool:
        # A day over its rows.
        return bool(text) and self._is_day(text)

    def _is_hour(self, text: str) -> bool:
        try:
            hours = read_words(text, self.base.portal.day, portal_zone(), ending=True).hours
        except NotRead:
            return False
        return bool(hours) and not text.replace(".", "").isdecimal()

    def _is_address(self, text: str) -> bool:
        # Whether it says its commune beside a name or a street.
        where = where_of(text)
        towns = (where.parts.get("commune", ""), *where.maybe)
        told = "," in text or "code_postal" in where.parts
        return told and any(map(self.base.commune, filter(None, towns)))

    # What each column fills.

    def _claim(self) -> None:
        # By the answers of who keeps the source, then by heads, unless values say otherwise.
        for column in self.columns:
            column.name = self.base.told("colonnes", column.head)
            known = self.form.column(column.head)
            if column.name or known is None or not column.values:
                continue
            name = known.name
            days = any(self._is_day(it) or self._is_hour(it) for it in column.values[:_SAMPLE])
            if name in _WHEN and not (days or column.sort in _PARTS):
                continue
            if name in ("jour", "debut", "fin") and column.sort == "heure":
                name = {"jour": "heure"}.get(name, name)
            elif name in ("heure", "heure_fin") and column.sort == "jour":
                name = {"heure": "jour", "heure_fin": "jour_fin"}[name]
            elif name in _TEXTS and column.sort in _NEVER:
                continue
            column.name = name
        places = [it for it in self.columns if it.name == "lieu"]
        if not self._has("adresse.commune") and places and places[-1].sort == "commune":
            places[-1].name = "adresse.commune"
        for place in places:
            if place.sort == "adresse" and not self._has("adresse_dite"):
                place.name = "adresse_dite"

    def _has(self, name: str) -> bool:
        return any(it.name == name for it in self.columns)

    def _name_days(self) -> None:
        free = [it for it in self.columns if it.sort == "jour" and it.name in ("", "jour")]
        whole = [it for it in free if it.name or not _OTHER_DAY.search(it.key)]
        parts = [it for it in self.columns if it.sort in _PARTS and it.name in ("", "jour")]
        begun = any(it.name == "debut" and it.sort == "jour" for it in self.columns)
        stems = {it.key.rstrip(" 0123456789") for it in whole}
        if begun:
            for column in whole:
                column.name = ""
        elif not whole and any(it.sort == "nombre" for it in parts):
            self._compose(parts)
        elif len(whole) > 1 and len(stems) == 1:  # « jour 1 », « jour 2 »
            self._join(whole, between=" ; ")
        elif len(whole) > 1:
            self._bound(whole)
        elif whole:
            whole[0].name = "jour"
            weekdays = [it for it in parts if it.sort == "semaine"]
            self._join([*weekdays[:1], whole[0]])
            for column in [it for it in parts if it.sort == "annee"][:1]:
                self._put_years(whole[0].rank, column.rank)
        for column in parts:
            again = column.name == "jour" or column.sort != "nombre"
            column.joined = column.joined or bool(whole and again)

    def _compose(self, parts: Sequence[_Column]) -> None:
        # « Samedi », « 6 », « mars »: of each sort its first column; what comes again is an end.
        begun: list[dict[str, _Column]] = [{}]
        for column in parts:
            column.sort = _part(column, begun[-1])
            if column.sort in begun[-1]:
                begun.append({})
            begun[-1][column.sort] = column
        whole = [it for it in begun if it.keys() >= {"nombre", "mois"}]
        if not whole and any(map(_is_month, self._sections)):
            whole = [it for it in begun if "nombre" in it][:1]
        moments = [[it[sort] for sort in _PARTS if sort in it] for it in (*whole, {}, {})]
        self._join(moments[0], moments[1])

    def _join(
        self, columns: Sequence[_Column], end: Sequence[_Column] = (), between: str = " "
    ) -> None:
        every = [*columns, *end]
        whole = next((it for it in every if it.sort in ("jour", "nombre")), None)
        if whole is None:
            return
        whole.name = "jour"
        # A year that is said once is that of both.
        has_year = any(it.sort == "annee" for it in columns)
        shared = [it for it in end if it.sort == "annee" and not has_year]
        for column in every:
            column.joined = column is not whole
        carried: dict[int, str] = {}
        for number, row in enumerate(self._under):
            for column in every:
                text = _spelt(column.sort, row.at(column.rank).text)
                if text or column.sort not in ("mois", "annee"):  # said once for a block
                    carried[column.rank] = text
            if carried[whole.rank] and len(every) > 1:
                ends = any(carried[it.rank] for it in end if it.sort == "nombre")
                texts = [carried.get(it.rank, "") for it in (*columns, *(end if ends else shared))]
                if ends:
                    texts.insert(len(columns), "au")
                self._put(number, whole.rank, between.join(filter(None, texts)))

    def _put_years(self, day: int, year: int) -> None:
        for number, row in enumerate(self._under):
            if row.at(day).text and row.at(year).text:
                own = int(row.at(year).text)
                self._put(number, day, _with_years(row.at(day).text, own, last=own))

    def _put(self, number: int, rank: int, text: str) -> None:
        row = self._under[number]
        cells = [*row.cells, *[Cell()] * (rank + 1 - len(row.cells))]
        cells[rank] = Cell(text)
        self._under[number] = Row(row.number, tuple(cells))

    def _bound(self, whole: Sequence[_Column]) -> None:
        # Several columns of days: a beginning and an end, where their heads say so; words say more.
        firsts = [it for it in whole if _FIRST.fullmatch(it.key)]
        heads = firsts or [it for it in whole if it.name == "jour"]
        ends = [it for it in whole if _LAST.fullmatch(it.key) and it not in heads]
        ends += [it for it in self.columns if it.name == "jour_fin" and it not in whole]
        full = _MOST * max(len(it.values) for it in whole)
        others = [it for it in whole if it not in (*heads, *ends) and len(it.values) >= full]
        words = [it for it in others if any(map(_is_worded, it.values))]
        for column in whole:
            column.name = ""
        if len(heads) != 1 or len(ends) > 1:
            self.guessed |= {it.head: "" for it in whole}
            return
        heads[0].name = "jour"
        for column in ends:
            column.name = "jour_fin"
        for column in words[:1]:
            column.joined = True
            self._say(column.rank, heads[0].rank, [it.rank for it in ends])

    def _say(self, words: int, first: int, last: Sequence[int]) -> None:
        # Days in words, where two other columns but bound them; what is of one day is said by its
        # two hours, unless it has more.
        for number, row in enumerate(self._under):
            day, text = row.at(first).text, row.at(words).text
            year = day[: len("2027")]
            told = _with_years(text, int(year), last=int(year)) if year.isdecimal() else text
            days = self._sessions(told)
            bounds = self._sessions(day)
            for rank in last:
                bounds += self._sessions(row.at(rank).text)
            if not (text and bounds) or (min(bounds) == max(bounds) and len(days) < 3):
                continue
            if not days or (days[0], days[-1]) == (min(bounds), max(bounds)):
                self._put(number, first, told)
                for rank in last:
                    self._put(number, rank, "")

    def _sessions(self, text: str) -> list[date]:
        with suppress(NotRead):
            sessions = read_words(text, self.base.portal.day, portal_zone()).sessions
            return sorted(chain.from_iterable((it.first, it.last or it.first) for it in sessions))
        return []

    def _name_rest(self) -> None:
        for column in self.columns:
            name = _FILLS.get(column.sort, "")
            free = not (column.name or column.joined) and column.sort != "image"
            if free and name and name in self._fields and not self._has(name):
                column.name = name
            for number, row in enumerate(self._under if name == "horaires_iso" else ()):
                slots = map("->".join, _SLOT.findall(row.at(column.rank).text))
                self._put(number, column.rank, " ".join(slots))
        texts = [*filter(self._is_title, self.columns)]
        if self._has("titre") or not texts:
            return
        # Of those that a head names alike, what says most: a sort or a place comes again.
        for heads in (_TITLE, _MAYBE, _ANY):
            if named := [it for it in texts if heads.search(it.key)]:
                break
        chosen = max(named, key=lambda it: len({*it.values}))
        chosen.name = "titre"
        if heads is _ANY:
            self.guessed[chosen.head] = "titre"

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(column.name for column in self.form.columns)

    def _is_title(self, column: _Column) -> bool:
        # Whether each row has a short text of its own there, be it under the head of a long one.
        most = max(len(it.values) for it in self.columns)
        free = column.sort == "texte" and column.name in ("", "resume", BODY) and not column.joined
        full = len(column.values) >= _MOST * most
        return free and full and 2 < mean(map(len, column.values)) < _LONG

    # The day of each row.

    @property
    def _above(self) -> list[Row]:
        return [row for row in self.grid.rows if row.number < self.head.number]

    @cached_property
    def _sections(self) -> list[str]:
        # What stands alone over its rows: a day, a month.
        alone = map(_alone, (*self._above, *self._under))
        return [text for text in alone if _is_month(text) or self._is_section(text)]

    @cached_property
    def _years(self) -> frozenset[tuple[int, int]]:
        # The years that the table says, each from January or from September.
        above = (
            it.text for row in self.grid.rows if row.number < self.head.number for it in row.cells
        )
        days = chain.from_iterable(it.values for it in self.columns if it.sort in ("jour", *_PARTS))
        for texts in ((self.grid.name, self.base.name, *above), days):
            found: set[tuple[int, int]] = set()
            for it in chain.from_iterable(map(_SEASON.finditer, texts)):
                first = int(it[1])
                found.add((first, first + (it[2] == f"{(first + 1) % 100:02d}")))
            if found:
                return frozenset(found)
        return frozenset()

    def _rows(self, rank: int) -> Iterator[Row]:
        # The rows, their day carried from the line over them, or from the row that begins a block.
        empty = [not row.at(rank).text for row in self._under if len(_texts(row)) > 1]
        blocks = sum(empty) >= _BLOCKS * len(empty)
        hours = [it.rank for it in self.columns if it.name == "heure"]
        above = [text for row in self._above if (text := _alone(row))]
        month = next(filter(_is_month, reversed(above)), "")
        day = self._dated(next(filter(self._is_section, reversed(above)), ""))
        hour = ""
        for row in self._under:
            alone = _alone(row)
            text = row.at(rank).text
            now = self._start(next((row.at(at).text for at in hours), ""))
            if _is_month(alone):
                month = alone
                day = hour = ""
                continue
            if self._is_section(alone):
                day = self._dated(alone)
                hour = ""
                continue
            if text:
                is_number = _part_in(text) == "nombre"
                day = self._dated(f"{text} {month}" if is_number and month else text)
            elif not (blocks and day and len(_texts(row)) > 1 and now >= hour):
                yield row
                continue
            hour = now
            cells = [*row.cells, *[Cell()] * (rank + 1 - len(row.cells))]
            cells[rank] = Cell(day, typed=cells[rank].typed)
            yield Row(row.number, tuple(cells))

    def _start(self, text: str) -> str:
        if text and self._is_hour(text):
            return f"{read_words(text, self.base.portal.day, portal_zone()).hours[0][0]}"
        return ""

    def _dated(self, text: str) -> str:
        # ``text`` with the year that the table says, if it says one.
        own = self.base.told("annee")
        years = {(int(own), int(own))} if own else self._years
        if len(years) != 1:
            return text
        first, last = next(iter(years))
        return _with_years(text, first, last=last)


def _is_worded(text: str) -> bool:
    return any(map(str.isalpha, text.upper().replace("T", "").replace("Z", "").replace("UTC", "")))


def _with_years(text: str, first: int, last: int) -> str:
    # ``text`` with the years of a season, where it says none.
    pieces = _pieces(text)
    found: list[tuple[int, int]] = []
    for before, it in pairwise((Token("", ""), *pieces)):
        if it.sign in "YS" or (it.sign == "D" and it.value[0]):
            found.clear()
        elif it.sign == "D":
            found.append((it.end, it.value[1]))
        elif it.sign == "m" and before.sign == "N":
            found.append((it.end, it.value))
    for end, month in reversed(found if first < last else found[-1:]):
        between = "/" if text[:end][-1].isdecimal() else " "
        text = f"{text[:end]}{between}{first if month >= _SUMMER else last}{text[end:]}"
    return text


@lru_cache(maxsize=4096)
def _pieces(text: str) -> list[Token]:
    with suppress(NotRead):
        return [*scanned(text, level(text), portal_zone())]
    return []


def _shape(text: str) -> str:
    # The sort of a value that has a form of its own.
    if text.startswith("data:") or is_picture(text):
        return "image"
    if text.isdecimal() and len(text) in (4, 5):
        return "annee" if len(text) == 4 and text.startswith("20") else "code_postal"
    return _part_in(text) or means_of(text)[0]


def _part_in(text: str) -> str:
    # What part of a day a text says, and nothing else; "" for none.
    signs = [it.sign.replace("p", "d") for it in _pieces(text)]
    for part, alike in _SIGNS.items():
        if alike[0] in signs and {*signs} <= {*alike}:
            return part
    return ""


def _part(column: _Column, before: Mapping[str, _Column]) -> str:
    # What part of a day a column of numbers says, after those ``before`` it.
    numbers = [int(it) for it in column.values if it.isdecimal()]
    if column.sort != "nombre" or "nombre" not in before or len(numbers) < len(column.values):
        return column.sort
    words = {*column.key.split()}
    if words & _OF_MONTHS and max(numbers) <= len(MOIS):
        return "mois"
    return "annee" if words & _OF_YEARS else "nombre"


def _spelt(sort: str, text: str) -> str:
    # A month by its name, a year with its century.
    if sort == "mois" and text.isdecimal():
        return MOIS[int(text) - 1]
    if sort == "annee" and len(text) == 2:
        return f"20{text}"
    return text


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if cell.text]


def _alone(row: Row) -> str:
    # What a row says that says one thing.
    texts = _texts(row)
    if len(texts) == 1:
        return texts[0]
    return ""


def _is_month(text: str) -> bool:
    return _part_in(text) == "mois"


def _is_word(cell: Cell) -> bool:
    return any(map(str.isalpha, cell.text)) and len(cell.text) < _LONG
