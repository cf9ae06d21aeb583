"""A field of the visual editor, from its JSON Schema.

What the editor writes must be what a file writes: one value of a list by its code, nothing for
what is empty. A field whose form the editor cannot keep is left out: it stays in the file as it is.
A moment is typed, « 2021-10-09 14:00 » or « 2021-10-09 » for a whole day: a calendar with hours
would make the day begin at midnight.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from portail.schemas.kind_schema import Schema

__all__ = ["Field", "fields_for"]

Field = dict[str, Any]

LEFT_OUT = frozenset({"elements", "editions", "pret"})
"""Rows that may be a word or a group; a mapping whose names are numbers, which become a list; a
group that says something even empty (``pret: {}``), which would be left out."""

_LONG = 200
_UNBOUNDED = 1_000_000
_MOMENT = "Écrivez 2021-10-09 14:00, ou 2021-10-09 pour la journée entière."
_DECIMAL = r"^-?\d+([.,]\d+)?$"


def fields_for(schema: Schema, collections: Container[str]) -> Iterator[Field]:
    """The fields of a group, in its order; ``collections`` are the folders that the editor lists,
    among which a reference is chosen."""
    asked = schema.get("required", ())
    for name, one in schema["properties"].items():
        if name not in LEFT_OUT:
            yield _field(name, one, collections, required=name in asked)


def _field(name: str, schema: Schema, known: Container[str], *, required: bool) -> Field:
    told: Field = {"name": name, "label": schema.get("title", name)}
    if hint := _hint(schema):
        told["hint"] = hint
    # A group is open to be filled once it is wanted: what is asked inside is asked only then.
    told["required"] = required
    match schema.get("type"):
        case "array":
            return told | _list(schema, known, required=required)
        case "object":
            return told | _group(schema, known)
        case "boolean":
            words = (("Oui", True), ("Non", False))
            options = [{"label": label, "value": value} for label, value in words]
            return told | {"widget": "select", "options": options}
        case "integer":
            return told | {"widget": "number", "value_type": "int"} | _bounds(schema)
        case "number":  # as text: « 5,50 » would be lost
            rule = [_DECIMAL, "Écrivez un nombre, par exemple 5,50."]
            return told | {"widget": "string", "pattern": rule}
    return told | _text(name, schema, known)


def _hint(schema: Schema) -> str:
    said = str(schema.get("description", ""))
    example = (schema.get("examples") or [None])[0]
    plain = isinstance(example, str | int | float) and not isinstance(example, bool)
    if plain and "enum" not in schema and example != "…":
        said += f" Par exemple : {example}"
    # Hints are Markdown.
    return said.strip().replace("*", "\\*")


def _bounds(schema: Schema) -> Field:
    bounds = {"min": schema.get("minimum"), "max": schema.get("maximum")}
    return {key: one for key, one in bounds.items() if one is not None and abs(one) < _UNBOUNDED}


def _list(schema: Schema, known: Container[str], *, required: bool) -> Field:
    items = schema["items"]
    limits: Field = {"min": 1} if required else {}
    if "maxItems" in schema:
        limits["max"] = schema["maxItems"]
    if "properties" in items:
        rows = {
            "fields": [*fields_for(items, known)],
            "collapsed": "auto",
            "label_singular": "une ligne",
        }
        return {"widget": "list", **rows, **limits}
    if "enum" in items:
        return {"widget": "select", "multiple": True, "options": _options(items), **limits}
    folder = _folder(items, known)
    if folder:
        return {**_relation(folder), "multiple": True, **limits}
    rule = {"pattern": _rule(items)} if "pattern" in items else {}
    return {"widget": "list", **rule, **limits}


def _group(schema: Schema, known: Container[str]) -> Field:
    if "properties" in schema:
        return {"widget": "object", "collapsed": "auto", "fields": [*fields_for(schema, known)]}
    return {"widget": "keyvalue", "key_label": "Nom", "value_label": "Valeur"}


def _text(name: str, schema: Schema, known: Container[str]) -> Field:
    """The widget of one value that is text, to read it and to choose it."""
    if "enum" in schema:
        return {"widget": "select", "options": _options(schema)}
    if folder := _folder(schema, known):
        return _relation(folder)
    if name == "fichier":
        return {"widget": "image", "choose_url": False}
    if schema.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if "pattern" in schema:
        return {"widget": "string", "pattern": _rule(schema)}
    kinds = {"uri": "url", "email": "email"}
    if kind := kinds.get(schema.get("format", "")):
        return {"widget": "string", "type": kind}
    limit = schema.get("maxLength")
    plain: Field = {"maxlength": limit} if limit else {}
    if limit and limit > _LONG:
        return {"widget": "text", **plain}
    return {"widget": "string", "use_emoji_autocomplete": False, **plain}


def _options(schema: Schema) -> list[dict[str, str]]:
    pairs = zip(schema["x-libelles"], schema["enum"], strict=True)
    return [{"label": label, "value": code} for label, code in pairs]


def _folder(schema: Schema, known: Container[str]) -> str:
    """The one folder that a reference names, of those that the editor lists; empty when it may be
    of several, or a plain name."""
    named = schema.get("x-references", ())
    one = len(named) == 1 and "maxLength" not in schema and named[0] in known
    return str(named[0]) if one else ""


def _relation(folder: str) -> Field:
    return {
        "widget": "relation",
        "collection": folder,
        "value_field": "{{slug}}",
        "display_fields": ["titre"],
        "search_fields": ["titre"],
    }


def _rule(schema: Schema) -> list[str]:
    """A pattern, and what to write instead of what it refuses."""
    if schema.get("x-code") == "E210":
        return [schema["pattern"], _MOMENT]
    told = schema.get("x-erreurs", {}).get("pattern", {})
    said = str(told.get("remede") or told.get("message") or "")
    return [
        schema["pattern"],
        said if said and "{" not in said else "Ce n’est pas la forme attendue.",
    ]
