"""From answers to the text of a file: fields in the order of their model, written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portail.cli.terminal import cells
from portail.model.kinds import Kind
from portail.schemas.kind_schema import Schema
from portail.schemas.template import template
from portail.schemas.yaml_text import written

__all__ = ["body_of", "composed", "nested"]

_WIDTH = 100
_BULLET = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s")


def nested(front: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
    """Values by path, as the groups of a front matter, in the order of ``schema``.

    One séance alone is written ``debut`` and ``fin``.
    """
    found: dict[str, Any] = {}
    for path, value in front.items():
        *groups, name = path.split(".")
        inside = found
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[name] = value
    rows = found.get("seances")
    if rows and len(rows) == 1:
        del found["seances"]
        found |= rows[0]
    return _ordered(found, schema)


def _ordered(values: dict[str, Any], schema: Schema) -> dict[str, Any]:
    known = schema.get("properties", {})
    ordered = sorted(values, key=lambda name: list(known).index(name))
    return {
        name: _ordered(values[name], known[name])
        if isinstance(values[name], dict)
        else values[name]
        for name in ordered
    }


def body_of(lines: Sequence[str]) -> str:
    """The body that lines make: each is a paragraph, but for the elements of a list."""
    text = ""
    for before, line in zip(("", *lines), lines, strict=False):
        follows = _BULLET.match(before) and _BULLET.match(line)
        text += ("\n" if follows else "\n\n") + line if text else line
    return text


def composed(kind: Kind, values: Mapping[str, Any], body: str, *, complete: bool = False) -> str:
    """The text of the file; ``complete`` adds every other field as a comment."""
    if complete:
        article = "e" if kind.info.article == "une" else ""
        head = f"Un{article} {kind.info.nom}. Ces lignes en « # » ne sont pas publiées."
        return template(kind, values, {}, body, head)
    rows = ["---"]
    for key, value in values.items():
        rows += _field(key, value)
    return "\n".join([*rows, "---", *(["", body] if body else []), ""])


def _field(key: str, value: Any) -> Iterator[str]:
    """A field: on one line, or on several when it would be long or is a list of groups."""
    line = f"{key}: {written(value)}"
    if isinstance(value, list) and isinstance(value[0], dict):
        yield f"{key}:"
        for row in value:
            for rank, (name, one) in enumerate(row.items()):
                yield f"  {' ' if rank else '-'} {name}: {written(one)}"
    elif isinstance(value, str) or cells(line) <= _WIDTH:
        yield line
    elif isinstance(value, dict):
        yield f"{key}:"
        yield from (f"  {name}: {written(one)}" for name, one in value.items())
    else:
        yield f"{key}:"
        yield from (f"  - {written(one)}" for one in value)
