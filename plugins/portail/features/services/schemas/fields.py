"""The fields of a model as a contributor meets them: which ones, and an example of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from portail.model.entry import Entry, Groupe
from portail.text.place import PLACE, Place, filled

# Fields that a file writes as a mapping of free names, and the model keeps as rows.
MAPPINGS = frozenset({"editions", "reseaux_sociaux"})

_FROM_PATH = ("slug", "source")
_EXAMPLES = {"reseaux_sociaux": {"mastodon": "https://example.org/@structure"}}


def fields_of(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Names and descriptions of the fields that a file may write, in the order of the model."""
    for name, info in model.model_fields.items():
        if not (issubclass(model, Entry) and (name in _FROM_PATH or name in model.closed)):
            yield name, info


def is_list(name: str, info: FieldInfo) -> bool:
    """Whether a file writes the field as a list."""
    mapping = name in MAPPINGS or holds_pairs(info)
    return get_origin(info.annotation) is tuple and not mapping


def holds_pairs(info: FieldInfo) -> bool:
    """Whether a file writes the field as a mapping of free names to texts."""
    return get_args(info.annotation)[:1] == (tuple[str, str],)


def example_of(name: str, info: FieldInfo, place: Place | None = PLACE) -> Any:
    """The example of a field at ``place`` (still to be filled without one), as a file writes it;
    ``None`` when the model gives none."""
    example = (info.examples or [None])[0] or _EXAMPLES.get(name)
    if example is None:
        return None
    if place:
        example = filled(example, place.words)
    if is_list(name, info) and not isinstance(example, list):
        return [example]
    return example


def group_of(info: FieldInfo) -> type[Groupe] | None:
    stack: list[Any] = [info.annotation]
    while stack:
        annotation = stack.pop()
        if isinstance(annotation, type) and issubclass(annotation, Groupe):
            return annotation
        stack.extend(get_args(annotation))
    return None
