"""The page of the fields of one kind, drawn from its schema: tables in French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from portail.features.services.schemas.fields import example_of, fields_of
from portail.features.services.schemas.front_matter import groups_of, inside, lists_of, type_words
from portail.features.services.schemas.kind_schema import Schema
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.source.yaml_text import written
from portail.text.place import PLACE, Place


def fields_page(
    kind: Kind, schema: Schema, vocabularies: Vocabularies, place: Place = PLACE
) -> str:
    """The page, in Markdown: ``schema`` is that of ``kind`` at ``place``."""
    tables = _tables(kind, schema, place)
    return "\n".join([*_head(kind, schema), *tables, *_lists(schema, vocabularies)])


_HEAD = ("| clé | ce que c’est | ce qu’on écrit | exemple | codes |", "|---|---|---|---|---|")


def _head(kind: Kind, schema: Schema) -> Iterator[str]:
    info = kind.info
    yield from (f"# Champs d’{info.un}", "")
    page = info.url("NOM")
    yield f"Fichier : `content/{info.folder}/NOM.md`, publié à l’adresse `{page}`."
    example = f"[exemple](exemples/{kind.value}.md)"
    yield f"Modèle à compléter : `portail new {info.nom}`, ou l’{example}."
    yield f"Pour les logiciels : le [schéma JSON](schemas/{kind.value}.schema.json)."
    yield ""
    names = ", ".join(f"`{name}`" for name in schema["required"])
    yield f"**Obligatoires** : {names}."
    for choice in schema.get("allOf", ()):
        options = " ou ".join(f"`{option['required'][0]}`" for option in choice["anyOf"])
        code = choice["x-erreurs"]["anyOf"]["code"]
        yield f"**Un au moins** : {options} ({_code(code)})."
    yield ""
    yield f"Toute clé absente de ces tables est une erreur ({_code('E204')}) ; une valeur vide"
    yield f"aussi ({_code('E206')}). Le nom du fichier donne l’adresse de la page : elle ne s’écrit"
    yield "pas dans l’en-tête."
    yield ""


def _tables(kind: Kind, schema: Schema, place: Place) -> Iterator[str]:
    model = MODELS[kind]
    examples = {name: example_of(name, info, place) for name, info in fields_of(model)}
    common = set(Entry.model_fields)
    particular = {key: field for key, field in schema["properties"].items() if key not in common}
    shared = {key: field for key, field in schema["properties"].items() if key in common}
    required = set(schema["required"])
    if particular:
        yield from (f"## Ce qui est propre aux {kind.info.pluriel}", "")
        yield from _table(particular, examples, required)
    yield from ("## Ce qui est commun à tous les contenus", "")
    yield from _table(shared, examples, required)
    groups = list(
        chain.from_iterable(groups_of(key, field) for key, field in schema["properties"].items())
    )
    if groups:
        yield from ("## Groupes de champs", "")
    for path, group in groups:
        yield from (f"### `{path}`", "")
        inner = {key: field.get("examples", ()) for key, field in group["properties"].items()}
        examples = {key: _text(values[0]) for key, values in inner.items() if values}
        yield from _table(group["properties"], examples, set(group.get("required", ())))


def _table(
    fields: Mapping[str, Schema], examples: Mapping[str, Any], required: set[str]
) -> Iterator[str]:
    yield from _HEAD
    for key, field in fields.items():
        example = examples.get(key)
        shown = "" if example is None else f"`{cell(written(example))}`"
        meaning = (
            f"**{field['title']}.** {field['description']}{' *Obligatoire.*' * (key in required)}"
        )
        codes = " ".join(_code(code) for code in _codes(field))
        yield f"| `{key}` | {cell(meaning)} | {cell(type_words(field))} | {shown} | {codes} |"
    yield ""


def _text(example: Any) -> Any:
    if isinstance(example, bool):
        if example:
            return "true"
        return "false"
    if isinstance(example, list):
        return [_text(item) for item in example]
    if isinstance(example, dict):
        return {key: _text(value) for key, value in example.items()}
    if isinstance(example, float):
        return str(example).replace(".", ",")
    return str(example)


def _codes(field: Schema) -> list[str]:
    # Codes that a value of the field may raise, those of its groups left to their own table.
    faulty = [field, *inside(field)[:1]]
    codes: set[Any] = set()
    for schema in faulty:
        codes.update(error["code"] for error in schema.get("x-erreurs", {}).values())
    # These are at the head of the page, or in the column of types.
    return sorted(codes - {"E202", "E204", "E206"})


def _lists(schema: Schema, vocabularies: Vocabularies) -> Iterator[str]:
    names = list(dict.fromkeys(lists_of(schema)))
    if not names:
        return
    more = "Les synonymes courants sont compris aussi. Une instance peut étendre ces listes."
    yield from ("## Listes de valeurs", "", more, "")
    for name in names:
        yield from (f"### Liste {name}", "", "| valeur | affichée |", "|---|---|")
        for term in vocabularies[name].values():
            yield f"| `{term.code}` | {cell(term.label)} |"
        yield ""


def _code(code: str) -> str:
    return f"[{code}](codes/{code}.md)"


def cell(text: str) -> str:
    return text.replace("|", "\\|")
