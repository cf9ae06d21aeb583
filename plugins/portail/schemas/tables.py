"""A schema cut in tables of fields: what the documents and the dictionary of open data show."""

from __future__ import annotations

from collections.abc import Iterator

from portail.schemas.kind_schema import Schema

__all__ = ["groups_of", "inside", "lists_of"]


def inside(schema: Schema) -> tuple[Schema, ...]:
    """What a list or a mapping of free names may hold; nothing for what is neither."""
    held = schema.get("items") or schema.get("additionalProperties")
    return (held, *held.get("anyOf", ())) if isinstance(held, dict) else ()


def groups_of(path: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Every group of fields of the value of ``path``, itself first, with its own path:
    ``tarif.tranches``."""
    if "properties" in schema:
        yield path, schema
        for key, one in schema["properties"].items():
            yield from groups_of(f"{path}.{key}", one)
    for option in inside(schema):
        yield from groups_of(path, option)


def lists_of(schema: Schema) -> Iterator[str]:
    """Names of the controlled lists that ``schema`` draws from, in order, some twice."""
    if "x-vocabulaire" in schema:
        yield schema["x-vocabulaire"]
    for one in schema.get("properties", {}).values():
        yield from lists_of(one)
    for option in inside(schema):
        yield from lists_of(option)
