"""The form of the file of a sent week: its keys, their types; which files a proposal touches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel, ValidationError

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import Fault, FieldPath
from portail.source.loader import Listing, Media
from portail.source.validation import models_in, without_misspelt
from portail.text.suggest import nearest

from .issue import Frozen
from .json_nodes import TAKE_AGAIN, doubled_keys, read_json

# Suffix of the file of a sent week.
SUFFIX = ".envoi.json"

# Faults reported for one file: a hostile one could have a hundred thousand unknown keys.
_MOST = 500
_EXPECTED = {
    "string": "un texte entre guillemets est attendu",
    "date": 'un jour est attendu, entre guillemets, par exemple "2027-09-30"',
    "int": "un nombre entier est attendu",
    "bool": "true ou false est attendu",
    "tuple": "une liste entre crochets est attendue",
    "dict": "un groupe entre accolades est attendu",
    "model": "un groupe entre accolades est attendu",
    "json": "un texte contient la moitié d’un signe, ou le fichier est mal formé",
    "literal": "cette valeur n’est pas de celles qui sont admises",
}


def read_form(
    text: str, path: PurePosixPath
) -> tuple[Frozen | None, Any, list[Fault], list[Diagnostic]]:
    """Read the text of the file of a week: what it says, its bare JSON, every fault (E106, E127,
    E128).
    """
    values, diagnostics = read_json(text, path)
    if diagnostics:
        return None, None, [], diagnostics
    diagnostics = doubled_keys(text, path)
    try:
        return Frozen.model_validate_json(text, strict=True), values, [], diagnostics
    except ValidationError as error:
        return None, values, _faults(error), diagnostics


def check_frozen(before: Listing, after: Listing, name: str) -> list[Diagnostic]:
    """Files of sent weeks that a proposal brings, changes or takes out (E133)."""
    old, new = ({media.path.parts[1:]: media for media in _weeks(side)} for side in (before, after))
    diagnostics = []
    for key in sorted(old.keys() | new.keys()):
        was = old.get(key)
        now = new.get(key)
        if was and now and was.file.read_bytes() == now.file.read_bytes():
            continue
        done = "modifié" if was and now else "ajouté" if now else "supprimé"
        remedy = "Retirez-le de la proposition." if was is None else "Remettez-le tel qu’il était."
        details = {"nom": key[-1], "fait": done, "remede": remedy}
        diagnostics.append(diagnostic("E133", Position(PurePosixPath(name, *key)), **details))
    return diagnostics


def _weeks(listing: Listing) -> Iterator[Media]:
    return (file for file in listing.beside if file.path.name.endswith(SUFFIX))


def _faults(error: ValidationError) -> list[Fault]:
    # One fault per error of pydantic, but for keys that are missing because misspelt.
    rows = error.errors(include_url=False)[:_MOST]
    return without_misspelt([_fault(row) for row in rows], rows)


def _fault(error: Any) -> Fault:
    loc = tuple(error["loc"])
    kind = str(error["type"])
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "le fichier")
    values: dict[str, object] = {"cle": name, "remede": TAKE_AGAIN}
    if kind == "missing":
        return Fault("E128", loc[:-1], {**values, "raison": "cette clé manque"})
    if kind == "extra_forbidden":
        near = nearest(name, sorted(_keys_at(loc[:-1])), limit=1)
        if near:
            values |= {"remede": f"Vouliez-vous dire « {near[0]} » ?", "_meant": near[0]}
        return Fault("E128", loc, {**values, "raison": "cette clé n’existe pas ici", "_key": True})
    expected = _EXPECTED.get(kind.partition("_")[0], "cette valeur n’est pas admise")
    return Fault("E128", loc, {**values, "raison": expected})


def _keys_at(loc: FieldPath) -> frozenset[str]:
    models: list[type[BaseModel]] = [Frozen]
    for step in loc:
        for model in models:
            if str(step) in model.model_fields:
                models = [*models_in(model.model_fields[str(step)].annotation, BaseModel)]
                break
    return frozenset(name for model in models for name in model.model_fields)
