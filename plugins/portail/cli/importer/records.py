"""Items of agendas, feeds and pages: what each asks for, once it is made to fit the model."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from portail.cli.importer.base import Base
from portail.cli.importer.engine import Asked
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.imports.compose import compose
from portail.imports.found import Found
from portail.model.faults import FieldPath
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
