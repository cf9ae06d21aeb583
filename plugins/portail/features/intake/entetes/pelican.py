"""Pelican headers (without « --- ») turned into front matter, row by row; what has no field becomes
a comment."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct, structs
from unidecode import unidecode

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.aliases import ALIASES, LISTS
from portail.model.faults import MEANT
from portail.model.kinds import FORMS, Kind
from portail.model.registry import MODELS
from portail.model.scalars import Reading
from portail.source.document import (
    HEADED,
    ROW,
    YAML,
    Node,
    Parts,
    in_flow,
    is_fence,
    parse_front_matter,
    quoted,
)
from portail.text.normalise import fold
from portail.text.public import Fate, publication, said_in
from portail.text.shapes import is_day, key_of
from portail.text.suggest import nearest

# Ends of the names of Markdown files, in lower case; ours is the first.
MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})

_DAYS = frozenset({"publie_le", "modifie"})
_WORDS = frozenset({"category", "tags", "keywords"})
_OLD = frozenset({"url", "save_as"})
_NAMES = {**ALIASES, "auteur": "auteurs"}
# Keys that only drive Pelican.
_UNUSED = frozenset({"template", "translation"})
# Pelican keys that are not simply another name of one of our fields.
_OTHERS = frozenset({"slug", "category", "status", *_OLD, *_UNUSED})
"""A tag that says the language of a text, as French themes of Pelican have it."""
_MOST_THEMES = 3
"""What closes metadata for Python-Markdown, opened by ``---`` or not; else a blank line does."""


class _Row(NamedTuple):
    """Lines of a header under one key; ``line`` is the first, from 1."""

    key: str
    value: str
    lines: tuple[str, ...]
    line: int


class Extent(NamedTuple):
    """Where a header of Pelican stands: its lines (from 1, the last included) and its rows."""

    first: int
    last: int
    rows: tuple[_Row, ...]


class Adopted(Struct, frozen=True):
    """A text whose header was Pelican’s, read as ours."""

    # The header as the file has it, and the body.
    parts: Parts
    # The same header in our keys.
    front: str
    # Line of the file behind each line of ``front``.
    lines: tuple[int, ...]
    advice: Diagnostic
    text: tuple[str, ...]

    def read(self, path: PurePosixPath) -> tuple[Node | None, list[Diagnostic]]:
        """The front matter and what is wrong with it, placed where the file says it."""
        root, diagnostics = parse_front_matter(self.front, path, 1)
        if root is not None:
            self._place(root)
        return root, [self.advice, *(self._placed(diagnostic) for diagnostic in diagnostics)]

    def _placed(self, fault: Diagnostic) -> Diagnostic:
        line = self._line(fault.position.line)
        return structs.replace(fault, position=Position(fault.position.path, line, 1, 0))

    def _line(self, line: int) -> int:
        lines = self.lines or (self.advice.position.line,)
        return lines[min(line, len(lines)) - 1]

    def _place(self, node: Node) -> None:
        node.line = self._line(node.line)
        row = self.text[node.line - 1]
        shown = node.value if isinstance(node.value, str) else ""
        start = row.find(shown, row.find(":") + 1) if shown else row.find(":") + 1
        node.column = max(start, 0) + 1
        node.length = len(shown) if start >= 0 else 0
        if node.key:
            name = "".join(row.partition(":")[0].split()[:1])
            node.key = (self._line(node.key[0]), row.find(name) + 1, len(name))
        inside = node.value
        if not isinstance(inside, str):
            for child in inside.values() if isinstance(inside, dict) else inside:
                self._place(child)


def adopted(
    text: str, path: PurePosixPath, kind: Kind, slug: str, reading: Reading
) -> Adopted | None:
    """``text`` as a content of ``kind``, when its header is Pelican’s (A159); else ``None``."""
    header = extent(text, kind)
    if header is None:
        return None
    lines = text.split("\n")
    writer = _Writer(kind, slug, reading, header.rows)
    written = [(line, row.line) for row in header.rows for line in writer.lines(row)]
    front = [line for line, _ in written]
    first = lines[header.first - 1]
    advice = diagnostic(
        "A159",
        Position(path, header.first, 1, len(first)),
        paste="\n".join(["---", *front, "---"]),
    )
    own = "\n".join(lines[: header.last])
    parts = Parts(own, 1, "\n".join(lines[header.last :]), header.last + 1)
    ranks = tuple(rank for _, rank in written)
    return Adopted(parts, "\n".join(front), ranks, advice, tuple(lines))


def extent(text: str, kind: Kind) -> Extent | None:
    """The header of Pelican, if ``text`` begins with one and has no other."""
    lines = text.split("\n")
    start = _blank(lines, 0)
    opened = start < len(lines) and is_fence(lines[start])
    end, rows = _headed(lines, start + opened)
    ours = MODELS[kind].model_fields.keys()
    theirs = (_NAMES.keys() | _OTHERS) - ours
    closing = "".join(lines[end : end + 1]).rstrip(" \t") in ("---", "...")
    keys = theirs if closing else theirs | ours
    if not keys.intersection(row.key for row in rows):  # a text may begin by « Note: … »
        return None
    if closing and not (opened and is_fence(lines[end])):
        return Extent(start + 1, end + 1, tuple(rows))
    if opened or closing or _fenced(lines, _blank(lines, end)):
        return None
    return Extent(start + 1, end, tuple(rows))


def _fate(row: _Row) -> Fate | None:
    # What a row makes of its text, by the words of its publication; ``None`` for any other.
    said = said_in("pelican", {row.key: row.value.strip("'\"")}) if row.key != "date" else ()
    return publication(said, date.max).fate if said else None


def _blank(lines: Sequence[str], rank: int) -> int:
    while rank < len(lines) and not lines[rank].strip():
        rank += 1
    return rank


def _goes_on(line: str) -> bool:
    below = line.startswith((" ", "\t", "- ")) and line.strip()
    return bool(below) and not HEADED.fullmatch(line)


def _headed(lines: Sequence[str], start: int) -> tuple[int, list[_Row]]:
    # Rows of Markdown’s own metadata, up to a line that is none; the rank of that line.
    rows: list[_Row] = []
    rank = start
    while rank < len(lines) and (match := HEADED.fullmatch(lines[rank])):
        end = rank + 1
        while end < len(lines) and _goes_on(lines[end]):
            end += 1
        key = fold(match[1]).replace("-", "_")
        glue = ", " if key in LISTS else " "
        *above, last = (match[2] or "").strip(), *map(str.strip, lines[rank + 1 : end])
        value = "".join(f"{one}{' ' if one.endswith(',') else glue}" for one in above if one) + last
        rows.append(_Row(key, value, tuple(lines[rank:end]), rank + 1))
        rank = end
    return rank, rows


def _fenced(lines: Sequence[str], start: int) -> bool:
    if not is_fence("".join(lines[start : start + 1])):
        return False
    rest = (line for line in lines[start + 1 :] if not ROW.fullmatch(line))
    headed = HEADED.fullmatch("".join(lines[start + 1 : start + 2]))
    return headed is not None and is_fence(next(rest, ""))


class _Writer:
    """Rows of Pelican as lines of ours."""

    def __init__(self, kind: Kind, slug: str, reading: Reading, rows: Sequence[_Row]) -> None:
        self.kind = kind
        self.slug = slug
        self.reading = reading
        self.fields = MODELS[kind].model_fields.keys() - {"slug", "source"}
        self.own = {row.key for row in rows if row.key in self.fields}
        self.others = {row.key for row in rows} - self.own
        self.written: set[str] = set()
        self.lists: dict[str, list[str]] = {"themes": [], "mots_cles": [], "anciennes_urls": []}
        self.owners: dict[str, _Row] = {}
        self.category: dict[_Row, str] = {}
        self.gathered: set[_Row] = set()
        for row in rows:
            self._gather(row)

    def lines(self, row: _Row) -> Iterator[str]:
        yield from self._said(row)
        for field, values in self.lists.items():
            if self.owners.get(field) is row:
                yield f"{field}: [{', '.join(map(in_flow, values))}]"

    def _said(self, row: _Row) -> Iterator[str]:
        name = row.key
        ours = _NAMES.get(row.key, "")
        if row in self.category:
            yield self.category[row]
        elif row in self.gathered:
            return
        elif name in self.fields or (self.kind.info.dated and name == "date"):
            yield from self._plain(row, name)
        elif (fate := _fate(row)) in (Fate.READY, Fate.DRAFT):
            if fate is Fate.DRAFT and "statut" not in self.own | self.written:
                self.written.add("statut")
                yield "statut: brouillon"
        elif ours in self.fields and ours not in self.own | self.written:
            self.written.add(ours)
            yield from self._renamed(row, ours)
        elif name in _UNUSED or not (fate or self._near(name)):
            yield from (f"# {line.strip()}" for line in row.lines)
        else:
            yield from self._plain(row, name)

    def _near(self, name: str) -> bool:
        # Whether ``name`` may be meant for a field of ours, which a diagnostic then tells.
        meant = name in ALIASES or MEANT.get(name) in self.fields
        return meant or bool(nearest(name, sorted(self.fields), limit=1))

    def _plain(self, row: _Row, name: str) -> Iterator[str]:
        if _nested(row):
            yield from (f"{name}:", *row.lines[1:])
            return
        # Keys of Pelican have a capital and values without quotes; others are YAML already.
        plain = row.value[:1] == "[" or row.lines[0][0].islower()
        group = row.value[:1] == "{" and row.key in self.fields
        ours = YAML.fullmatch(row.value) and (plain or group)
        yield f"{name}: {row.value if ours else quoted(row.value)}".rstrip()

    def _renamed(self, row: _Row, ours: str) -> Iterator[str]:
        if ours in _DAYS:
            day = row.value.strip("'\"").replace("T", " ")
            first, blank, _ = day.partition(" ")
            yield f"{ours}: {first if blank and is_day(first) else quoted(day)}"
        elif ours == "auteurs" and len(row.lines) == 1:
            many = _values(row) if row.key == "authors" else [_bare(row.value)]
            yield f"{ours}: [{', '.join(map(in_flow, many))}]"
        else:
            yield from self._plain(row, ours)

    def _gather(self, row: _Row) -> None:
        name = row.key
        if name in self.fields or (name in _WORDS and "mots_cles" in self.own):
            return
        if name in _OLD or name == "slug":
            if "anciennes_urls" not in self.own:
                self._remember(row)
        elif name in _WORDS:
            self.gathered.add(row)
            for value in _values(row):
                if self._is_language(row, value):
                    continue
                if not (name == "category" and self._is_category(row, value)):
                    self._tag(row, value)

    def _is_language(self, row: _Row, value: str) -> bool:
        name, _, code = value.lower().partition(":")
        says = name == "lang" and len(code) == 2 and code.isalpha()
        declared = {"langue", "lang"} & (self.own | self.others)
        if not says or declared or row in self.category:
            return False
        self.category[row] = f"langue: {code}"
        return True

    def _is_category(self, row: _Row, value: str) -> bool:
        sort = self.kind.info.sort if self.kind in FORMS else None
        taken = self.own | {line.partition(":")[0] for line in self.category.values()}
        term = self.reading.vocabularies[sort.codes].find(value) if sort else None
        if sort is None or term is None or sort.field in taken or row in self.category:
            return False
        self.category[row] = f"{sort.field}: {term.code}"
        return True

    def _tag(self, row: _Row, value: str) -> None:
        # A theme when the list has it, a word too unless the theme is that very word.
        term = self.reading.vocabularies["themes"].find(value)
        themes = self.lists["themes"]
        if (
            term
            and "themes" not in self.own
            and (term.code in themes or len(themes) < _MOST_THEMES)
        ):
            self._add("themes", term.code, row)
            if fold(value) in {fold(term.label), fold(term.code)}:
                return
        self._add("mots_cles", value, row)

    def _remember(self, row: _Row) -> None:
        self.gathered.add(row)
        value = _bare(row.value)
        if row.key == "slug":
            if value in {"", self.slug}:
                return
            value = f"{'pages/' if self.kind.info.at_root else ''}{value}.html"
        if value.startswith(("http://", "https://")):
            value = value.partition("://")[2].partition("/")[2]
        path = value.removesuffix("index.html")
        self._add("anciennes_urls", f"/{path.lstrip('/')}", row)

    def _add(self, field: str, value: str, row: _Row) -> None:
        if value not in self.lists[field]:
            self.lists[field].append(value)
            self.owners.setdefault(field, row)


def _nested(row: _Row) -> bool:
    below = "".join(row.lines[1:2]).lstrip(" \t")
    return below.startswith("- ") or key_of(below) != ""


def _bare(value: str) -> str:
    plain = _plain_yaml(f"a: {value}")
    return plain if isinstance(plain, str) else value


def _values(row: _Row) -> list[str]:
    # The values of a row that is a list: YAML’s, else cut at semicolons or commas.
    text = row.value
    if text.startswith("[") or _nested(row):
        first, *rest = row.lines
        plain = _plain_yaml("\n".join(("a:" + first.partition(":")[2], *rest)))
        if isinstance(plain, list):
            return [value.strip() for value in plain if isinstance(value, str) and value.strip()]
        text = plain if isinstance(plain, str) else text
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def _plain_yaml(text: str) -> object:
    root = parse_front_matter(text, PurePosixPath(), 1)[0]
    inside = root.plain() if root else None
    return inside.get("a") if isinstance(inside, dict) else None


# ``SLUG_REGEX_SUBSTITUTIONS`` of Pelican 4.
_SUBSTITUTIONS = (
    (r"[^\w\s-]", ""),
    (r"(?u)\A\s*", ""),
    (r"(?u)\s*\Z", ""),
    (r"[-\s]+", "-"),
)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def pelican_slug(text: str) -> str:
    """The slug that Pelican makes of a title or of a name of category.

    >>> pelican_slug("L’eau : d’où vient-elle ?")
    'leau-dou-vient-elle'
    """
    slug = unidecode(html.unescape(_TAG.sub("", text)) if "<" in text else text)
    for pattern, by in _SUBSTITUTIONS:
        slug = re.sub(pattern, by, slug, flags=re.IGNORECASE)
    return slug.lower().strip()
