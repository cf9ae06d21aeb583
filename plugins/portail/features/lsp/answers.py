"""What an editor is answered about a front matter: keys, values, what a field is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from portail.features.lsp.cursor import Cursor, group_at
from portail.features.schemas.examples import written
from portail.features.schemas.front_matter import type_words
from portail.features.schemas.kind_schema import Schema
from portail.text.normalise import name_key

MOST = 200
"""Values that are proposed at once: one types more for the others."""


class Known(Struct, frozen=True):
    """What values may name: titles of contents by their folder and their name, communes."""

    contents: Mapping[str, dict[str, str]]
    communes: Sequence[str]


class Proposal(Struct, frozen=True):
    """Something that may be written: what, the words beside it, what it is; whether it is a key."""

    text: str
    label: str = ""
    told: str = ""
    is_key: bool = False


def proposals(schema: Schema, cursor: Cursor, known: Known, said: Sequence[str]) -> list[Proposal]:
    """What may be written at ``cursor``; ``said`` are the keys that are written already."""
    fields = group_at(schema, cursor.around)
    if not cursor.key:
        missing = [key for key in fields if cursor.around or key not in said]
        return [
            Proposal(key, fields[key]["title"], field_told(key, fields[key]), is_key=True)
            for key in missing
        ]
    field = fields.get(cursor.key, {})
    found = [*_values(field.get("items", field), known)]
    typed = name_key(cursor.text)
    near = [one for one in found if typed in name_key(f"{one.text} {one.label}")]
    return sorted(near, key=lambda one: not name_key(one.text).startswith(typed))[:MOST]


def _values(field: Schema, known: Known) -> Iterator[Proposal]:
    for option in (field, *field.get("anyOf", ())):
        labels = option.get("x-libelles", ())
        yield from map(Proposal, map(str, option.get("enum", ())), labels)
        if option.get("type") == "boolean":
            yield from (Proposal("true", "oui"), Proposal("false", "non"))
        if option.get("x-completion") == "communes":
            yield from map(Proposal, known.communes)
        whole = option.get("x-code") == "E401"
        folders = known.contents if whole else option.get("x-references", ())
        for folder in folders:
            for name, title in known.contents.get(folder, {}).items():
                yield Proposal(f"{folder}/{name}" if whole else name, title)


def field_told(key: str, field: Schema) -> str:
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
    """What is told of ``word`` under the cursor: a key, or the field of a value and its label;
    ``""`` for nothing."""
    fields = group_at(schema, cursor.around)
    key = cursor.key or word
    if key not in fields:
        return ""
    field = fields[key]
    held = field.get("items", field)
    labels = dict(zip(held.get("enum", ()), held.get("x-libelles", ()), strict=False))
    value = f"`{word}` : {labels[word]}\n\n" if word in labels and cursor.key else ""
    return value + field_told(key, field)


WORD = re.compile(r"[\w-]+")


def word_at(line: str, column: int) -> tuple[str, int]:
    """The word of ``line`` at ``column`` (from 0), and where it ends; ``("", column)`` for none."""
    for found in WORD.finditer(line):
        if found.start() <= column <= found.end():
            return found[0], found.end()
    return "", column
