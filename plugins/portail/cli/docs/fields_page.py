"""The page of the fields of one kind, drawn from its schema: tables in French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.schemas.fields import example_of, fields_of
from portail.schemas.kind_schema import Schema
from portail.schemas.tables import groups_of, inside, lists_of
from portail.schemas.words import type_words
from portail.schemas.yaml_text import written

__all__ = ["fields_page"]

_HEAD = (
    "| clé | ce que c’est | ce qu’on écrit | exemple | codes |",
    "|---|---|---|---|---|",
)
_CODES = "../../codes"


def fields_page(kind: Kind, schema: Schema, vocabularies: Vocabularies) -> str:
    """The Markdown page of ``kind``, whose schema is ``schema``."""
    return "\n".join([*_head(kind, schema), *_tables(kind, schema), *_lists(schema, vocabularies)])


def _head(kind: Kind, schema: Schema) -> Iterator[str]:
    info = kind.info
    yield f"# Champs d’{info.un}"
    yield ""
    page = info.url("NOM")
    yield f"Fichier : `content/{info.folder}/NOM.md`, publié à l’adresse `{page}`."
    example = f"[exemple](../exemples/{kind.value}.md)"
    yield f"Modèle à compléter : `portail new {info.nom}`, ou l’{example}."
    yield f"Pour les logiciels : le [schéma JSON](../../schemas/{kind.value}.schema.json)."
    yield ""
    names = ", ".join(f"`{name}`" for name in schema["required"])
    yield f"**Obligatoires** : {names}."
    for choice in schema.get("allOf", ()):
        options = " ou ".join(f"`{one['required'][0]}`" for one in choice["anyOf"])
        code = choice["x-erreurs"]["anyOf"]["code"]
        yield f"**Un au moins** : {options} ({_code(code)})."
    yield ""
    yield f"Toute clé absente de ces tables est une erreur ({_code('E204')}) ; une valeur vide"
    yield f"aussi ({_code('E206')}). Le nom du fichier donne l’adresse de la page : elle ne s’écrit"
    yield "pas dans l’en-tête."
    yield ""


def _tables(kind: Kind, schema: Schema) -> Iterator[str]:
    model = MODELS[kind]
    examples = {name: example_of(name, info) for name, info in fields_of(model)}
    common = set(Entry.model_fields)
    own = {key: one for key, one in schema["properties"].items() if key not in common}
    shared = {key: one for key, one in schema["properties"].items() if key in common}
    required = set(schema["required"])
    if own:
        yield from (f"## Ce qui est propre aux {kind.info.pluriel}", "")
        yield from _table(own, examples, required)
    yield from ("## Ce qui est commun à tous les contenus", "")
    yield from _table(shared, examples, required)
    groups = [found for key, one in schema["properties"].items() for found in groups_of(key, one)]
    if groups:
        yield from ("## Groupes de champs", "")
    for path, group in groups:
        yield from (f"### `{path}`", "")
        examples = {key: _first(one) for key, one in group["properties"].items()}
        yield from _table(group["properties"], examples, set(group.get("required", ())))


def _table(
    fields: Mapping[str, Schema], examples: Mapping[str, Any], required: set[str]
) -> Iterator[str]:
    yield from _HEAD
    for key, one in fields.items():
        example = examples.get(key)
        shown = "" if example is None else f"`{_cell(written(example))}`"
        what = f"**{one['title']}.** {one['description']}"
        if key in required:
            what += " *Obligatoire.*"
        codes = " ".join(_code(code) for code in _codes(one))
        yield f"| `{key}` | {_cell(what)} | {_cell(type_words(one))} | {shown} | {codes} |"
    yield ""


def _first(schema: Schema) -> Any:
    """The example of a field inside a group, as a file writes it."""
    example = next(iter(schema.get("examples", ())), None)
    return _text(example) if example is not None else None


def _text(example: Any) -> Any:
    """The text of an example that JSON has typed."""
    if isinstance(example, bool):
        return "true" if example else "false"
    if isinstance(example, list):
        return [_text(one) for one in example]
    if isinstance(example, dict):
        return {key: _text(one) for key, one in example.items()}
    return str(example).replace(".", ",") if isinstance(example, float) else str(example)


def _codes(schema: Schema) -> list[str]:
    """Codes that a value of the field may raise, those of its groups left to their own table."""
    found = {one["code"] for one in schema.get("x-erreurs", {}).values()}
    for held in inside(schema)[:1]:
        found |= {one["code"] for one in held.get("x-erreurs", {}).values()}
    # Said once at the head of the page, or by the column of types.
    return sorted(found - {"E202", "E204", "E206"})


def _lists(schema: Schema, vocabularies: Vocabularies) -> Iterator[str]:
    """The controlled lists that the fields of the page draw from."""
    names = list(dict.fromkeys(lists_of(schema)))
    if not names:
        return
    yield from ("## Listes de valeurs", "")
    yield "Les synonymes courants sont compris aussi. Une instance peut étendre ces listes."
    yield ""
    for name in names:
        yield from (f"### Liste {name}", "", "| valeur | affichée |", "|---|---|")
        for term in vocabularies[name].values():
            yield f"| `{term.code}` | {_cell(term.label)} |"
        yield ""


def _code(code: str) -> str:
    return f"[{code}]({_CODES}/{code}.md)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
