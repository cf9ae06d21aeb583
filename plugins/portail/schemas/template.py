"""A content file to complete: the fields that are given, and all the others as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.schemas.fields import example_of, fields_of
from portail.schemas.yaml_text import written

__all__ = ["BODY", "MINIMUM", "template"]

BODY = "Écrivez ici le texte."
"""Body of a new file."""

MINIMUM: Mapping[Kind, Mapping[str, Any]] = {
    Kind.EVENT: {"debut": "2021-10-09 14:00", "adresse": {"commune": "Wizernes"}},
    Kind.LIEU: {"commune": "Wizernes"},
    Kind.DOSSIER: {"regle": {"theme": "numerique"}},
    Kind.COMMUNAUTE: {"regle": {"mot_cle": "thèse"}},
    Kind.TEMPS_FORT: {"periode": "octobre"},
    Kind.PROJET: {"porteurs": ["Association Exemple"]},
}
"""What a kind needs besides its required fields: one way to say when, where or what."""


def template(
    kind: Kind, given: Mapping[str, Any], notes: Mapping[str, str], body: str, head: str
) -> str:
    """The text of a file of ``kind``.

    ``given`` are its fields and their values, in order; ``notes`` the sentences above some of
    them; ``head`` the first comment. Every other field follows as a comment: what it is, then
    the line to complete, its example beside its key.
    """
    rows = ["---", *(f"# {line}" for line in head.split("\n"))]
    for key, value in given.items():
        if key in notes:
            rows.append(f"# {notes[key]}")
        rows += _lines(key, value)
    rows += ["", "# Facultatif : retirez le « # » devant la clé des champs utiles."]
    for key, info in _optional(MODELS[kind], given):
        rows += ["", f"# {info.title} : {_sentence(info)}"]
        example = example_of(key, info)
        rows.append(f"# {key}:" if example is None else f"# {key}: {written(example)}")
    return "\n".join([*rows, "---", "", body, ""])


def _optional(model: type[Entry], given: Mapping[str, Any]) -> list[tuple[str, FieldInfo]]:
    """Fields of the kind itself, then those common to all kinds."""
    fields = [(name, info) for name, info in fields_of(model) if name not in given]
    return sorted(fields, key=lambda field: field[0] in Entry.model_fields)


def _lines(key: str, value: Any) -> Iterator[str]:
    """A field on one line; the rows of a list of groups on one line each."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{key}:"
        yield from (f"  - {written(row)}" for row in value)
    else:
        yield f"{key}: {written(value)}"


def _sentence(info: FieldInfo) -> str:
    text = info.description or ""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
