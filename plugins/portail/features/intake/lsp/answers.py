"""Answers to an editor about a front matter: keys and values to write, help on a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from portail.features.services.schemas.examples import written
from portail.features.services.schemas.front_matter import type_words
from portail.features.services.schemas.kind_schema import Schema
from portail.text.normalise import name_key

from .cursor import Cursor, group_at

# Most values proposed at once: typing more narrows them.
MOST = 200


class Names(Struct, frozen=True):
    """What values may name: titles of contents by their folder and their name, communes."""

    contents: Mapping[str, dict[str, str]]
    communes: Sequence[str]


class Proposal(Struct, frozen=True):
    """A text to write, the label beside it, its help; whether it is a key."""

    text: str
    label: str = ""
    help: str = ""
    is_key: bool = False


def proposals(schema: Schema, cursor: Cursor, names: Names, keys: Sequence[str]) -> list[Proposal]:
    """What may be written at ``cursor``; ``keys`` are the keys that are written already."""
    fields = group_at(schema, cursor.around)
    if not cursor.key:
        missing = [key for key in fields if cursor.around or key not in keys]
        return [
            Proposal(key, fields[key]["title"], field_help(key, fields[key]), is_key=True)
            for key in missing
        ]
    field = fields.get(cursor.key, {})
    options = [*_values(field.get("items", field), names)]
    typed = name_key(cursor.text)
    near = [option for option in options if typed in name_key(f"{option.text} {option.label}")]
    return sorted(near, key=lambda option: not name_key(option.text).startswith(typed))[:MOST]


def _values(field: Schema, names: Names) -> Iterator[Proposal]:
    for option in (field, *field.get("anyOf", ())):
        labels = option.get("x-libelles", ())
        yield from map(Proposal, map(str, option.get("enum", ())), labels)
        if option.get("type") == "boolean":
            yield from (Proposal("true", "oui"), Proposal("false", "non"))
        if option.get("x-completion") == "communes":
            yield from map(Proposal, names.communes)
        whole = option.get("x-code") == "E401"
        folders = names.contents if whole else option.get("x-references", ())
        for folder in folders:
            for name, title in names.contents.get(folder, {}).items():
                yield Proposal(f"{folder}/{name}" if whole else name, title)


def field_help(key: str, field: Schema) -> str:
    """What a field is, in Markdown: its title, its help, what one writes, its example."""
    words = type_words(field, "« {0} »")
    lines = [
        f"**{field['title']}** (`{key}`)",
        "",
        field["description"],
        "",
        f"À écrire : {words}.",
    ]
    if examples := field.get("examples"):
        lines += ["", f"Exemple : `{key}: {written(examples[0])}`"]
    return "\n".join(lines)


def hover(schema: Schema, cursor: Cursor, word: str) -> str:
    """The help on ``word`` under the cursor: that of a key, or of the field of a value with its
    label; ``""`` for none."""
    fields = group_at(schema, cursor.around)
    key = cursor.key or word
    if key not in fields:
        return ""
    field = fields[key]
    leaf = field.get("items", field)
    labels = dict(zip(leaf.get("enum", ()), leaf.get("x-libelles", ()), strict=False))
    value = f"`{word}` : {labels[word]}\n\n" if word in labels and cursor.key else ""
    return value + field_help(key, field)


WORD = re.compile(r"[\w-]+")


def word_at(line: str, column: int) -> tuple[str, int]:
    """The word of ``line`` at ``column`` (from 0), and where it ends; ``("", column)`` for none."""
    for match in WORD.finditer(line):
        if match.start() <= column <= match.end():
            return match[0], match.end()
    return "", column
