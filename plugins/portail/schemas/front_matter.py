"""A content as its file would write it: every value in its canonical spelling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, time
from functools import cache
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel

from portail.model.entry import Entry
from portail.model.fields import Typed
from portail.schemas.fields import fields_of

__all__ = ["NameOf", "front_matter_of"]

NameOf: TypeAlias = Callable[[str], str]
"""From the INSEE code of a commune to what a file writes (``Geography.label``)."""


def front_matter_of(
    entry: Entry, commune: NameOf, defaults: Collection[str] = ()
) -> dict[str, Any]:
    """The front matter of ``entry``, typed as its JSON Schema says; read again, it is ``entry``.

    Keys are in the order of the model. Days are ISO 8601, moments « 2021-10-09 14:00 », periods
    « 2021-11-01..2021-11-07 », whole numbers have no decimals; a row that may be one word is
    always a group, so that a field has one type. What is not set is left out, and so is what
    has its default value, but for the fields of ``defaults``.
    """
    return _group(entry, commune, defaults)


def _group(group: BaseModel, commune: NameOf, defaults: Collection[str] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, default, is_commune in _plan(type(group)):
        value = getattr(group, name)
        if value != default or name in defaults:
            form = _FORMS.get(name, _value)
            found[name] = commune(value) if is_commune else form(value, commune)
    return found


def _value(value: Any, commune: NameOf) -> Any:
    if isinstance(value, BaseModel):
        return _group(value, commune)
    if isinstance(value, tuple):
        return [_value(one, commune) for one in value]
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _pairs(value: Any, commune: NameOf) -> dict[str, Any]:
    return dict(value)


def _editions(value: Any, commune: NameOf) -> dict[str, Any]:
    rows = (_group(one, commune) for one in value)
    return {str(row.pop("annee")): row for row in rows}


_FORMS: dict[str, Callable[[Any, NameOf], Any]] = {
    "editions": _editions,
    "ids_externes": _pairs,
    "reseaux_sociaux": _pairs,
}
"""Fields that a file writes as a mapping of free names (``fields.MAPPINGS``)."""


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, Any, bool], ...]:
    """Fields of a model: name, default value, whether it is a commune."""
    return tuple(
        (name, info.get_default(call_default_factory=False), _is_commune(info))
        for name, info in fields_of(model)
    )


def _is_commune(info: Any) -> bool:
    marks = (*_leaves(info.annotation), *info.metadata)
    typed = (one for one in marks if isinstance(one, Typed))
    return any(one.schema.get("x-completion") == "communes" for one in typed)


def _leaves(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from _leaves(argument)
