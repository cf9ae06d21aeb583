"""Model of each kind, and the reference fields of each model."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from portail.late import Late

from . import genres
from .collections import Page
from .entry import Entry
from .event import Event
from .faults import FieldPath
from .fields import Reference
from .kinds import BY_FOLDER, RENEWED, ROWS, Kind

# Fields that name who answers for a content.
SIGNING = frozenset(
    {"auteurs", "organisateurs", "organisme", "porteur", "porteurs", "proprietaire"}
)

# Pages, which every portal has; events, which the kernel still reads whole.
_HERE: Mapping[Kind, type[Entry]] = {model.kind: model for model in (Event, Page)}


class _Models(Mapping[Kind, type[Entry]]):
    """The model of each kind that the portal has; that of a feature is imported when it is first
    asked for."""

    def __getitem__(self, kind: Kind) -> type[Entry]:
        return _model(kind)

    def __iter__(self) -> Iterator[Kind]:
        return iter(ROWS)

    def __len__(self) -> int:
        return len(ROWS)


@cache
def _model(kind: Kind) -> type[Entry]:
    row = ROWS[kind]
    if kind in _HERE:
        return _HERE[kind]
    if genre := genres.of(kind):
        return genre.model
    name = f"{row.feature}.model"
    own: Any = None
    if find_spec(name):
        own = Late(name, row.info.class_name).get()
    if row.info.champs:
        own = genres.model_said(kind, row.info, own)
    model: type[Entry] = own
    return model


MODELS: Mapping[Kind, type[Entry]] = _Models()


def __getattr__(name: str) -> type[Entry]:
    """The model of a kind: what was kept of a content says where its class is."""
    folder = name.removeprefix(genres.CLASS)
    if folder != name and folder in BY_FOLDER:
        return MODELS[BY_FOLDER[folder]]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Mention(NamedTuple):
    """One value of a reference field: where it stands, what it says, the folders that it may
    name.
    """

    loc: FieldPath
    value: str
    reference: Reference
    folders: tuple[str, ...]

    def named(self, refs: Container[str]) -> str | None:
        """The reference (``lieux/x``) among ``refs`` that the value names; ``None`` for nothing,
        or for a plain name."""
        value = self.value
        if "/" in value:
            kind = value.partition("/")[0]
            if kind in self.folders and value in refs:
                return value
            return None
        for folder in self.folders:
            ref = f"{folder}/{value}"
            if ref in refs:
                return ref
        return None


def references_of(
    entry: BaseModel, field: str = "", *, prefix: FieldPath = ()
) -> Iterator[Mention]:
    """The mentions in all reference fields of ``entry``, or in ``field`` alone, in model order."""
    said = vars(entry)
    for name, reference, folders in _plan(type(entry)):
        value = said[name]
        if not value or (field and name != field):
            continue
        several = isinstance(value, tuple)
        for rank, item in enumerate(value if several else (value,)):
            loc = (*prefix, name, rank) if several else (*prefix, name)
            if reference is not None:
                yield Mention(loc, item, reference, folders)
            else:
                yield from references_of(item, prefix=loc)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, Reference | None, tuple[str, ...]], ...]:
    rows = []
    for name, info in model.model_fields.items():
        parts = [*leaves(info.annotation), *info.metadata]
        reference = next((leaf for leaf in parts if isinstance(leaf, Reference)), None)
        below = any(
            isinstance(leaf, type) and issubclass(leaf, BaseModel) and _plan(leaf) for leaf in parts
        )
        if reference or below:
            kinds = reference.kinds if reference else ()
            rows.append((name, reference, tuple(kind.value for kind in kinds)))
    return tuple(rows)


RENEWED.append(_plan.cache_clear)


def leaves(annotation: Any) -> Iterator[Any]:
    """An annotation, then what it is made of, metadata included."""
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from leaves(argument)
