"""JSON Schema of each kind, from its model: what a form, an editor or a CMS needs to know.

Draft 2020-12. Beside the standard words, ``x-erreurs`` gives for each constraint the code,
sentence and remedy of a file that breaks it; ``x-libelles`` the French labels of an ``enum``;
``x-references`` the folders that a reference names; ``x-completion`` a list too long to write out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from portail.model.entry import Entry, Groupe
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.schemas.errors import add_errors, told
from portail.schemas.fields import example_of, fields_of, group_of

__all__ = ["BASE", "Schema", "kind_schema", "typed_example"]

Schema = dict[str, Any]

BASE = "https://json-schema.org/draft/2020-12/schema"
_NO_HTML = {"not": {"pattern": "</?[a-zA-Z][^<>]*>|<!--"}}
_MANY = [str(rank) for rank in range(5_000)]

_TEXT = {"type": "string", "x-code": "E202"}


def kind_schema(kind: Kind, vocabularies: Vocabularies) -> Schema:
    """The schema of the front matter of ``kind``, lists of ``vocabularies`` written out."""
    model, info = MODELS[kind], kind.info
    schema = _group(model, vocabularies)
    add_errors(schema)
    choices = [_one_of(fault.needs, fault.code, fault.values) for fault in _choices(model)]
    return {
        "$schema": BASE,
        "$id": f"{kind.value}.schema.json",
        "title": info.nom[0].upper() + info.nom[1:],
        "description": f"En-tête d’un fichier de content/{info.folder}/.",
        **schema,
        **({"allOf": choices} if choices else {}),
    }


def _choices(model: type[Entry]) -> Iterator[Any]:
    """The rules « one of these fields at least », found by giving the model none of its fields."""
    nothing = SimpleNamespace(**dict.fromkeys(model.model_fields))
    return (fault for fault in model.rules(nothing) if len(fault.needs) > 1)


def _one_of(names: tuple[str, ...], code: str, values: Mapping[str, object]) -> Schema:
    """One field of ``names`` at least."""
    options = [{"required": [name]} for name in names]
    return {"anyOf": options, "x-erreurs": {"anyOf": told(code, values)}}


def _group(model: type[BaseModel], vocabularies: Vocabularies) -> Schema:
    """A mapping of fields: the front matter, or a group inside it."""
    written = _written(model)
    properties = {
        name: _field(name, info, written["properties"][name], vocabularies)
        for name, info in fields_of(model)
    }
    asked = model.obligatoires if issubclass(model, Entry) else ()
    absences = model.absences if issubclass(model, Groupe) else {}
    required = [name for name, info in fields_of(model) if info.is_required() or name in asked]
    for name in required:
        absence = told(absences.get(name, "E201"), {"cle": name})
        properties[name]["x-erreurs"] = {"required": absence}
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": required} if required else schema


@cache
def _written(model: type[BaseModel]) -> Mapping[str, Any]:
    """What pydantic says of a model, which takes long; nobody may change it."""
    return model.model_json_schema()


def _field(name: str, info: FieldInfo, written: Schema, vocabularies: Vocabularies) -> Schema:
    inner = group_of(info)
    own = _FORMS.get(name)
    if own:
        schema = own(inner, vocabularies)
    elif _value(written).get("type") == "array":
        items = _group(inner, vocabularies) if inner else _leaf(_value(written)["items"])
        schema = {"type": "array", "items": items, **_limits(info)}
    else:
        schema = _group(inner, vocabularies) if inner else _leaf(_value(written))
    _enumerate(schema, vocabularies)
    _enumerate(schema.get("items", {}), vocabularies)
    told_of: Schema = {"title": info.title, "description": info.description}
    default = info.default if isinstance(info.default, str | int) and info.default else None
    if default is not None:
        told_of["default"] = default
    example = example_of(name, info)
    if example is not None:
        told_of["examples"] = [typed_example(example, schema)]
    return {**told_of, **schema}


def _value(written: Schema) -> Schema:
    """A field without « or null », which a file cannot write."""
    for option in written.get("anyOf", ()):
        if option.get("type") != "null":
            return dict(option)
    return written


def _leaf(written: Schema) -> Schema:
    kept = {key: value for key, value in written.items() if key[:2] == "x-" or key in _WORDS}
    if kept.get("maxLength") and kept.get("x-code") == "E205":
        kept.update(_NO_HTML)
    return kept


_WORDS = ("type", "format", "pattern", "minLength", "maxLength", "minimum", "maximum")


def _limits(info: FieldInfo) -> Schema:
    """The limit of a list, which its validator alone knows: it is given too many values."""
    for annotation in info.metadata:
        check = getattr(annotation, "func", None)
        if check is None:
            continue
        try:
            check(list(_MANY), SimpleNamespace(field_name=""))
        except PydanticCustomError as error:
            if error.type == "E227" and error.context:
                return {"maxItems": error.context["values"]["limite"], "uniqueItems": True}
    return {}


def _enumerate(schema: Schema, vocabularies: Vocabularies) -> None:
    name = schema.get("x-vocabulaire")
    if name:
        schema |= listed(name, vocabularies)


def listed(name: str, vocabularies: Vocabularies) -> Schema:
    """The codes of a controlled list, in its order, with their French labels."""
    terms = vocabularies[name].values()
    return {"enum": [term.code for term in terms], "x-libelles": [term.label for term in terms]}


def typed_example(example: Any, schema: Schema) -> Any:
    """An example as JSON types it: front matter is text, a schema has numbers and booleans."""
    kind = schema.get("type")
    if isinstance(example, list):
        return [typed_example(one, schema.get("items", {})) for one in example]
    if isinstance(example, dict):
        inside = schema.get("properties", {})
        other = schema.get("additionalProperties") or {}
        return {key: typed_example(one, inside.get(key, other)) for key, one in example.items()}
    if kind == "boolean":
        return example == "true"
    if kind in ("integer", "number"):
        number = float(str(example).replace(",", "."))
        return int(number) if number.is_integer() else number
    return example


def _editions(inner: type[BaseModel] | None, vocabularies: Vocabularies) -> Schema:
    assert inner is not None
    edition = _group(inner, vocabularies)
    del edition["properties"]["annee"]
    edition["required"] = [name for name in edition["required"] if name != "annee"]
    if not edition["required"]:
        del edition["required"]
    years = {"propertyNames": {"pattern": r"^(199\d|20\d\d|2100)$"}}
    return {"type": "object", **years, "additionalProperties": edition}


def _element(inner: type[BaseModel] | None, vocabularies: Vocabularies) -> Schema:
    assert inner is not None
    group = _group(inner, vocabularies)
    reference = dict(group["properties"]["ref"])
    return {"type": "array", "maxItems": 200, "items": {"anyOf": [reference, group]}}


def _texts(inner: type[BaseModel] | None, vocabularies: Vocabularies) -> Schema:
    return {"type": "object", "additionalProperties": dict(_TEXT)}


def _addresses(inner: type[BaseModel] | None, vocabularies: Vocabularies) -> Schema:
    address = {"type": "string", "format": "uri", "x-code": "E219"}
    return {"type": "object", "additionalProperties": address}


# Fields whose form in a file is not that of the value: a mapping that the model keeps as rows,
# a row that may be written as one word.
_FORMS = {
    "editions": _editions,
    "elements": _element,
    "ids_externes": _texts,
    "reseaux_sociaux": _addresses,
}
