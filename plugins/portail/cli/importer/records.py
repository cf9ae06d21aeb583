"""What each item of a source asks for: made to fit the model, completed by the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from portail.cli.importer.base import Base
from portail.cli.importer.engine import TOGETHER, Asked
from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.imports.compose import compose
from portail.imports.found import Found
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.schemas.fields import fields_of, group_of, is_list
from portail.text.suggest import nearest
from portail.workbooks.columns import BODY

_TOLD_EVERY = 100
_UNITS = {"ligne": "la ligne", "élément": "l’élément", "page": "la page"}


def asked_of_items(items: Iterable[Found], unit: str, base: Base) -> Iterator[Asked]:
    """What each item asks for, the best that the portal makes of it; one that cannot be read says
    so (E142)."""
    for found in _told(items):
        record = compose(found, base.known_names)
        values = _flat(record.values) | ({BODY: record.body} if record.body else {})
        place = base.at(found.row)
        said = {"titre": found.titre or "sans titre", "raison": found.refused}
        yield Asked(
            number=found.row,
            kind=record.kind,
            values=values,
            place=partial(_placed, place),
            at=partial(_at, place),
            namespace=record.namespace,
            identifier=record.identifier,
            unit=_UNITS.get(unit, unit),
            alone=True,
            diagnostics=(diagnostic("E142", place, **said),) if found.refused else (),
            losses=record.losses,
            picture=record.picture,
        )


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field, those of a group each by its own (``tarif.prix``)."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{key}": one for key, one in value.items()}
        else:
            found[name] = value
    return found


def _placed(place: Position, found: Diagnostic, path: FieldPath) -> Diagnostic:
    return replace(found, position=place, paste="", label="")


def _at(place: Position, name: str) -> Position:
    return place


def _told(items: Iterable[Found]) -> Iterator[Found]:
    """``items``, their number told from time to time to whoever watches."""
    shown = sys.stderr.isatty()
    for number, one in enumerate(items, 1):
        if shown and number % _TOLD_EVERY == 0:
            sys.stderr.write(f"\r{number} éléments lus…")
        yield one
    if shown:
        sys.stderr.write("\r\x1b[K")


# What the source never says, given once: ``--avec format=conference``.


def given(asked: Iterable[Asked], options: Sequence[str]) -> Iterator[Asked]:
    """``asked``, each with what ``options`` say (``tarif.gratuit=true``) and it does not; several
    values of a list are parted by semicolons. Raises ``ConfigError``."""
    rows = [option.partition("=") for option in options]
    for one in asked:
        values = {name.strip(): _value(one.kind, name.strip(), text) for name, _, text in rows}
        said = {_said(one.kind, name) for name in one.values}
        added = {name: it for name, it in values.items() if _said(one.kind, name) not in said}
        yield replace(one, values={**one.values, **added}) if added else one


def _said(kind: Kind, name: str) -> str:
    """What a field tells: two that say one thing in two ways are the same."""
    key = name.partition(".")[0]
    together = TOGETHER if kind is Kind.EVENT else {}
    return next((part for part, keys in together.items() if key in keys), name)


def _value(kind: Kind, name: str, text: str) -> Any:
    """``text`` for the field ``name``: a list where the model has one. Raises ``ConfigError``."""
    key, _, inner = name.partition(".")
    known = dict(fields_of(MODELS[kind]))
    if inner and key in known:
        group = group_of(known[key])
        known, key = dict(fields_of(group)) if group else {}, inner
    if key not in known or not text.strip():
        near = nearest(key, known, limit=1)
        meant = f" Le plus proche : « {near[0]} »." if near and key not in known else ""
        raise ConfigError(
            f"« --avec {name}={text} » : écrivez CHAMP=VALEUR, avec un champ de ces fiches "
            f"({kind.info.nom}).{meant}"
        )
    if is_list(key, known[key]):
        return [one.strip() for one in text.split(";") if one.strip()]
    return text.strip()
