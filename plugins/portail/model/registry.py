"""Model of each kind, and the reference fields of each model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel

from portail.model.annonce import Annonce
from portail.model.article import Article
from portail.model.auteur import Auteur
from portail.model.communaute import Communaute
from portail.model.dossier import Dossier
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.faults import FieldPath
from portail.model.fields import Reference
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.newsletter import Newsletter
from portail.model.page import Page
from portail.model.projet import Projet
from portail.model.ressource import Ressource
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire

__all__ = ["MODELS", "references_of"]

MODELS: Mapping[Kind, type[Entry]] = MappingProxyType(
    {
        model.kind: model
        for model in (
            Article,
            Event,
            Annonce,
            Ressource,
            Lieu,
            Dossier,
            Communaute,
            Projet,
            Territoire,
            TempsFort,
            Auteur,
            Newsletter,
            Page,
        )
    }
)


def references_of(
    entry: BaseModel, prefix: FieldPath = ()
) -> Iterator[tuple[FieldPath, str, Reference]]:
    """Every (field path, value, reference) that ``entry`` names, in the order of its fields."""
    for name, reference, below in _plan(type(entry)):
        value = getattr(entry, name)
        if not value:
            continue
        several = isinstance(value, tuple)
        for rank, one in enumerate(value if several else (value,)):
            loc = (*prefix, name, rank) if several else (*prefix, name)
            if reference is not None:
                yield loc, one, reference
            elif below:
                yield from references_of(one, loc)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, Reference | None, bool], ...]:
    rows = []
    for name, info in model.model_fields.items():
        leaves = list(_leaves(info.annotation)) + list(info.metadata)
        reference = next((leaf for leaf in leaves if isinstance(leaf, Reference)), None)
        below = any(
            isinstance(leaf, type) and issubclass(leaf, BaseModel) and _plan(leaf)
            for leaf in leaves
        )
        if reference or below:
            rows.append((name, reference, below))
    return tuple(rows)


def _leaves(annotation: Any) -> Iterator[Any]:
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from _leaves(argument)
