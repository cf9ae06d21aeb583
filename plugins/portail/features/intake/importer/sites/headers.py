"""Headers of texts of other generators: Pelican's ``Key: value``, YAML, TOML, JSON.

Values are texts, lists and mappings of texts, whatever the format; keys are in lower case.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import yaml
from lxml import etree, html
from msgspec import Struct

from portail.diagnostics import Refused
from portail.features.intake.importer.sources.moments import of_iso
from portail.text.dates import typed_day
from portail.text.public import Said, said_in

Value: TypeAlias = str | Sequence["Value"] | Mapping[str, "Value"]

_HEAVIEST = 64_000
"""Signs of a header, or of the settings of a site: the limit of our own front matters."""
_DEEPEST = 12
_DAY = 40
"""Signs among which a day is looked for."""
_CLOSED = re.compile(r"(?:---|\.\.\.)[ \t]*")
_FENCE = re.compile(r"---[ \t]*")
_TOML = re.compile(r"\+\+\+[ \t]*")
_ROW = re.compile(r" {0,3}([A-Za-z0-9_-]{1,60}):[ \t]*(.*)")
"""A line of the metadata of Python-Markdown, which Pelican's headers are."""
_MORE = re.compile(r"(?:[ \t]+|(?=- ))(\S.*)")


class Header(Struct, frozen=True):
    """What a text says of itself, and the text under it."""

    values: Mapping[str, Value]
    body: str

    def text(self, *names: str) -> str:
        """The first of ``names`` that says something, on one line; a list gives its first."""
        for name in names:
            value = self.values.get(name, "")
            while isinstance(value, Sequence) and not isinstance(value, str):
                value = value[0] if value else ""
            if isinstance(value, str) and value.strip():
                return " ".join(value.split())
        return ""

    def listed(self, *names: str, cut: str = ",") -> tuple[str, ...]:
        """The values of all of ``names``; a text is cut at commas (semicolons, if it has any)."""
        terms: list[str] = []
        for name in names:
            value = self.values.get(name, "")
            if isinstance(value, str):
                sign = ";" if ";" in value and cut == "," else cut
                value = re.sub(r"^\[(.*)\]$", r"\1", value.strip()).split(sign)
            rows = value if isinstance(value, Sequence) else ()
            words = (row.strip(" \t\"'") for row in rows if isinstance(row, str))
            terms += [word for word in words if word]
        return tuple(dict.fromkeys(terms))


def pelican_header(text: str) -> Header:
    """A text of Pelican: rows up to a blank line, ``---`` or ``...``, opened by ``---`` or not."""
    lines = text.split("\n")
    rank = next((rank for rank, line in enumerate(lines) if line.strip()), 0)
    fenced = bool(lines and _FENCE.fullmatch(lines[rank]))
    start = rank + fenced
    values: dict[str, list[str]] = {}
    last = ""
    rank = start
    while rank < len(lines):
        line = lines[rank]
        if row := _ROW.fullmatch(line):
            last = row[1].lower().replace("-", "_")
            values.setdefault(last, []).extend(filter(None, [row[2].strip()]))
        elif last and (more := _MORE.fullmatch(line)):
            values[last].append(more[1].removeprefix("- "))
        else:
            break
        rank += 1
    ended = rank < len(lines) and _CLOSED.fullmatch(lines[rank])
    if not values:
        return Header({}, text)
    body = "\n".join(lines[rank + bool(ended) :])
    return Header({key: _joined(key, rows) for key, rows in values.items()}, body)


_LISTS = frozenset({"tags", "keywords", "authors", "categories"})


def _joined(key: str, rows: list[str]) -> Value:
    """A text of several lines; a list keeps them apart, unless it cuts at commas."""
    if key in _LISTS and len(rows) > 1:
        return [part.strip() for row in rows for part in row.split(",") if part.strip()]
    return " ".join(rows)


def html_header(text: str) -> Header:
    """A page of Pelican in HTML: its ``title``, its ``meta`` tags, what its ``body`` holds. Raises
    ``Refused`` for a page without ``body``."""
    try:
        page = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        raise Refused("Ce fichier HTML est vide.") from None
    if not re.search(r"<body[\s>]", text, re.IGNORECASE):
        raise Refused("Ce fichier HTML n’a pas de « body » : l’ancien site n’en montrait rien.")
    values: dict[str, list[str]] = {}
    for tag in page.iterfind("./head/meta[@name]"):
        name = tag.get("name", "").strip().lower()
        content = tag.get("content") or tag.get("contents") or ""
        values.setdefault("tags" if name == "keywords" else name, []).append(content)
    if title := " ".join((page.findtext("./head/title") or "").split()):
        values["title"] = [title]
    body = re.split(r"<body(?:\s[^>]*)?>", text, maxsplit=1, flags=re.IGNORECASE)[-1]
    body = re.split(r"</body\s*>", body, maxsplit=1, flags=re.IGNORECASE)[0]
    return Header({key: _joined(key, rows) for key, rows in values.items()}, body)


def fenced_header(text: str) -> Header:
    """A text of Jekyll or Hugo: YAML between ``---``, TOML between ``+++``, or JSON; without one,
    all of it is the body. Raises ``Refused`` for a header that cannot be read."""
    stripped = text.lstrip("\n")
    lines = stripped.split("\n")
    if _FENCE.fullmatch(lines[0]):
        front, body = _between(lines, _CLOSED)
        return Header(yaml_values(front), body)
    if _TOML.fullmatch(lines[0]):
        front, body = _between(lines, _TOML)
        return Header(toml_values(front), body)
    if stripped.startswith("{") and not stripped.startswith(("{{", "{%")):
        return _json_header(stripped)
    return Header({}, text)


def _between(lines: list[str], closing: re.Pattern[str]) -> tuple[str, str]:
    for rank, line in enumerate(lines[1:], 1):
        if closing.fullmatch(line):
            return "\n".join(lines[1:rank]), "\n".join(lines[rank + 1 :])
    raise Refused(f"L’en-tête ouvert par « {lines[0].strip()} » n’est pas fermé.")


def _json_header(text: str) -> Header:
    try:
        value, end = json.JSONDecoder().raw_decode(text[:_HEAVIEST])
    except (ValueError, RecursionError):
        raise Refused("L’en-tête commence par « { » et n’est pas du JSON.") from None
    if not isinstance(value, Mapping):
        raise Refused("L’en-tête JSON n’est pas une liste de champs.")
    return Header(plain_values(value), text[end:].lstrip("\n"))


def yaml_values(text: str) -> Mapping[str, Value]:
    """YAML as texts, nothing of which is built nor repeated, keys in lower case. Raises
    ``Refused``."""
    _weigh(text)
    try:
        events = yaml.parse(text, Loader=yaml.CBaseLoader)
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            raise Refused("L’en-tête a un renvoi YAML (« *nom ») : écrivez-y la valeur.")
        read = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 (it builds texts alone)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (ligne {mark.line + 2})" if mark else ""
        raise Refused(f"L’en-tête n’est pas du YAML valide{where}.") from None
    read = {} if read is None else read
    if not isinstance(read, Mapping):
        raise Refused("L’en-tête n’est pas une liste de champs « clé: valeur ».")
    return plain_values(read)


def toml_values(text: str) -> Mapping[str, Value]:
    """TOML as texts, keys in lower case. Raises ``Refused``."""
    _weigh(text)
    try:
        return plain_values(tomllib.loads(text))
    except (ValueError, RecursionError):
        raise Refused("L’en-tête n’est pas du TOML valide.") from None


def _weigh(text: str) -> None:
    if len(text) > _HEAVIEST:
        raise Refused(f"L’en-tête dépasse {_HEAVIEST // 1000} ko.")


def plain_values(values: Mapping[Any, Any]) -> Mapping[str, Value]:
    """``values`` of a program as texts, keys in lower case. Raises ``Refused``."""
    return lowered(_plain_group(values, 0))


def _plain_group(values: Mapping[Any, Any], depth: int) -> dict[str, Value]:
    return {str(key): _plain(inner, depth + 1) for key, inner in values.items()}


def _plain(value: Any, depth: int) -> Value:
    if depth > _DEEPEST:
        raise Refused("L’en-tête a trop de niveaux.")
    if isinstance(value, Mapping):
        return _plain_group(value, depth)
    if isinstance(value, list | tuple):
        return [_plain(inner, depth + 1) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value in ("~", "null") else str(value)


def lowered(values: Mapping[str, Value]) -> dict[str, Value]:
    """The same with keys in lower case, the first of two that become one."""
    by_key: dict[str, Value] = {}
    for key, value in values.items():
        by_key.setdefault(key.lower(), value)
    return by_key


def day_of(written: str) -> str:
    """The ISO day of a date of another generator; "" for none.

    >>> day_of("2021-3-4 16:08"), day_of("2021-03-04T23:30:00Z"), day_of("04/03/2021")
    ('2021-03-04', '2021-03-04', '2021-03-04')
    """
    year, month, day = typed_day(written[:_DAY]) or (0, 0, 0)
    valid = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if valid else ""


PUBLISHED = ("publishdate", "pubdate")
"""Keys of the day from which Hugo shows a text, before that of the text itself."""


def said_of(generator: str, header: Header) -> tuple[Said, ...]:
    """What a header says of the publication of its text. A day that cannot be read counts, but for
    that of the text: it was shown."""
    read = {name: value for name, value in header.values.items() if name != "date"}
    day = iso_day(header.text("date"))
    if day and not header.text(*PUBLISHED):
        read["date"] = day
    return said_in(generator, read, iso_day)


def iso_day(written: str) -> str:
    """The day of a date on the clock of the portal, else as it is written; "" for none."""
    return (of_iso(written.replace(" ", "T", 1)) or day_of(written))[:10]


def is_true(written: str) -> bool:
    """Whether a switch of a header is on."""
    return written.strip().lower() in ("true", "yes", "on", "1")
