"""The form of ``2021-s39.envoi.json``: JSON whose keys and types are those of ``Frozen``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import Fault, FieldPath
from portail.model.issue import Frozen
from portail.source.json_nodes import doubled_keys, read_json
from portail.source.loader import Listing
from portail.text.suggest import nearest

__all__ = ["SUFFIX", "check_frozen", "read_form"]

SUFFIX = ".envoi.json"
"""How the name of the file of a week ends."""

_AGAIN = "Reprenez le fichier tel que « portail newsletter figer » l’a écrit."
_EXPECTED = {
    "string": "un texte entre guillemets est attendu",
    "date": 'un jour est attendu, entre guillemets, par exemple "2021-09-30"',
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
    """Read the text of the file of a week.

    Returns what it says (``None`` when its form is wrong), the bare values of its JSON (``None``
    when it is none), every fault of its keys and types (E128), and what is wrong with the JSON
    itself (E127, E106).
    """
    values, found = read_json(text, path)
    if found:
        return None, None, [], found
    found = doubled_keys(text, path)
    try:
        return Frozen.model_validate_json(text, strict=True), values, [], found
    except ValidationError as error:
        return None, values, _faults(error), found


def check_frozen(before: Listing, after: Listing, name: str) -> list[Diagnostic]:
    """Files of sent weeks that a proposal brings, changes or takes out (E133): whatever they say,
    they would be taken for what was sent. ``name`` is that of the folder of contents."""
    old, new = ({one.path.parts[1:]: one for one in side.frozen} for side in (before, after))
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was and now and was.file.read_bytes() == now.file.read_bytes():
            continue
        done = "modifié" if was and now else "ajouté" if now else "supprimé"
        remedy = "Retirez-le de la proposition." if was is None else "Remettez-le tel qu’il était."
        told = {"nom": key[-1], "fait": done, "remede": remedy}
        found.append(diagnostic("E133", Position(PurePosixPath(name, *key)), **told))
    return found


def _faults(error: ValidationError) -> list[Fault]:
    """One fault per error of pydantic, but for keys that are missing because misspelt."""
    rows = error.errors(include_url=False)
    found = [_fault(one) for one in rows]
    misspelt = {(*one.loc[:-1], one.values.get("_meant")) for one in found}
    return [
        one
        for one, row in zip(found, rows, strict=True)
        if row["type"] != "missing" or tuple(row["loc"]) not in misspelt
    ]


def _fault(error: Any) -> Fault:
    loc, kind = tuple(error["loc"]), str(error["type"])
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "le fichier")
    values: dict[str, object] = {"cle": name, "remede": _AGAIN}
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
    """Keys of the group that ``loc`` leads to."""
    models: list[type[BaseModel]] = [Frozen]
    for step in loc:
        for model in models:
            if str(step) in model.model_fields:
                models = list(_models(model.model_fields[str(step)].annotation))
                break
    return frozenset(name for model in models for name in model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
