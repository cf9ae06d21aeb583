"""Front matter as a file would write it: canonical values, tables of fields, words of types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, time
from functools import cache
from typing import Any, TypeAlias
from unicodedata import normalize

from pydantic import BaseModel

from portail.late import expression
from portail.model.entry import Entry
from portail.model.registry import leaves
from portail.model.scalars import Typed
from portail.resources import rows_of
from portail.text.typography import unmarked

from .fields import fields_of
from .kind_schema import Schema

# From the INSEE code of a commune to what a file writes (``Geography.label``).
NameOf: TypeAlias = Callable[[str], str]
Form: TypeAlias = Callable[[Any, NameOf], Any]


def front_matter_of(
    entry: Entry, commune: NameOf, defaults: Collection[str] = ()
) -> dict[str, Any]:
    """The front matter of ``entry``, typed as its JSON Schema says; read again, it is ``entry``.

    What is unset or default is left out, but for the fields of ``defaults``, and what is never told
    of one content (``Groupe.tus``). What is of others has no default.
    """
    if entry.d_apres:
        defaults = {*defaults, "auteurs", "licence"}
    front = _group(entry, commune, defaults)
    if entry.exemple:
        front["titre"] = unmarked(entry.titre)
    return front


def _group(group: BaseModel, commune: NameOf, defaults: Collection[str] = ()) -> dict[str, Any]:
    values = {}
    said = vars(group)
    for name, default, form in _plan(type(group)):
        value = said[name]
        if value is not None and (value != default or name in defaults):
            abroad = form is _home and said.get("pays")
            plain = form is _value and type(value) in _PLAIN  # the most
            values[name] = value if plain or abroad else form(value, commune)
    return values


def _value(value: Any, commune: NameOf) -> Any:
    if isinstance(value, tuple):
        return [item if type(item) in _PLAIN else _value(item, commune) for item in value]
    if isinstance(value, BaseModel):
        return _group(value, commune)
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def _home(value: Any, commune: NameOf) -> Any:
    return commune(value)


def _editions(value: Any, commune: NameOf) -> dict[str, Any]:
    rows = (_group(edition, commune) for edition in value)
    return {str(row.pop("annee")): row for row in rows}


_PLAIN = frozenset({str, int, bool, type(None)})
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370), "")
_ASCII = expression(r"[^A-Za-z0-9]+")
# Fields that a file writes as a mapping of free names (``fields.MAPPINGS``), or by a code.
_FORMS: dict[str, Form] = {
    "editions": _editions,
    "ids_externes": lambda value, commune: dict(value),
    "pays": lambda value, commune: _ASCII.sub("-", normalize("NFD", value).translate(_ACCENTS)),
    "reseaux_sociaux": lambda value, commune: dict(value),
}


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, Any, Form], ...]:
    return tuple(
        (
            name,
            info.get_default(call_default_factory=False),
            _home if _is_commune(info) else _FORMS.get(name, _value),
        )
        for name, info in fields_of(model)
        if name not in getattr(model, "tus", ())
    )


def _is_commune(info: Any) -> bool:
    marks = (*leaves(info.annotation), *info.metadata)
    typed = (mark for mark in marks if isinstance(mark, Typed))
    return any(mark.schema.get("x-completion") == "communes" for mark in typed)


def inside(schema: Schema) -> tuple[Schema, ...]:
    """What a list or a mapping of free names may hold; nothing for what is neither."""
    inner = schema.get("items") or schema.get("additionalProperties")
    if isinstance(inner, dict):
        return (inner, *inner.get("anyOf", ()))
    return ()


def groups_of(path: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    if "properties" in schema:
        yield path, schema
        for key, inner in schema["properties"].items():
            yield from groups_of(f"{path}.{key}", inner)
    for option in inside(schema):
        yield from groups_of(path, option)


def lists_of(schema: Schema) -> Iterator[str]:
    if "x-vocabulaire" in schema:
        yield schema["x-vocabulaire"]
    for inner in schema.get("properties", {}).values():
        yield from lists_of(inner)
    for option in inside(schema):
        yield from lists_of(option)


_WORDS: Mapping[str, Mapping[str, str]] = rows_of("services.schemas", "mots")
_LISTE = "[liste {0}](#liste-{0})"


def type_words(schema: Schema, liste: str = _LISTE) -> str:
    """What to write in a field, in Markdown: « liste de 3 au plus : au choix dans la liste
    themes »; ``liste`` is how a controlled list is written, ``{0}`` its name."""
    kind = schema.get("type")
    if kind == "array":
        limit = ""
        if "maxItems" in schema:
            limit = f" de {schema['maxItems']} au plus"
        return f"liste{limit} : {type_words(schema['items'], liste)}"
    if kind == "object" or "anyOf" in schema:
        return _mapping_words(schema, liste)
    if "x-vocabulaire" in schema:
        return f"au choix dans la {liste.format(schema['x-vocabulaire'])}"
    if "x-references" in schema and schema.get("x-code") != "E401":
        folders = " ou ".join(f"`{name}`" for name in schema["x-references"])
        named = f"nom de fichier d’un contenu de {folders}"
        if "maxLength" in schema:
            return f"{named}, ou nom en toutes lettres"
        return named
    if kind in ("integer", "number"):
        noun = "nombre entier" if kind == "integer" else "nombre"
        if schema.get("x-code") == "E223":
            noun = "degrés"
        if "maximum" not in schema:
            return noun
        return f"{noun} de {_figure(schema['minimum'])} à {_figure(schema['maximum'])}"
    if schema.get("x-code") == "E210":
        alternative = f", ou « {schema['x-mot']} »" if "x-mot" in schema else ", heure facultative"
        return "date `AAAA-MM-JJ`" + ("" if "format" in schema else alternative)
    if "maxLength" in schema and schema.get("x-code") == "E205":
        return f"texte, {schema['maxLength']} signes au plus"
    return _WORDS["codes"].get(schema.get("x-code", "")) or _plain_words(schema)


def _plain_words(schema: Schema) -> str:
    # The words of what no code checks: a value that is read, not written.
    if schema.get("type") == "boolean":
        return _WORDS["codes"]["E226"]
    if "const" in schema or "enum" in schema:
        return " ou ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    return _WORDS["formats"].get(schema.get("format", ""), "texte")


def _mapping_words(schema: Schema, liste: str) -> str:
    if "anyOf" in schema:
        return " ou ".join(type_words(option, liste) for option in schema["anyOf"])
    inside = schema.get("additionalProperties")
    if isinstance(inside, dict):
        value = "groupe" if "properties" in inside else type_words(inside, liste)
        return f"`nom: valeur`, plusieurs fois ; la valeur : {value}"
    return "groupe de champs, voir plus bas"


def _figure(number: float) -> str:
    # A number as French writes it: thousands apart from 10 000 on, a comma before decimals.
    whole = f"{int(number):,}" if abs(number) >= 10_000 else f"{number:.10g}"
    return whole.replace(",", "\u202f").replace(".", ",")
