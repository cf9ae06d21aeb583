"""Files of the newsletter: issues that were sent, mailing lists."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ValidationError

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import Fault, FieldPath
from portail.model.issue import Frozen
from portail.source.json_nodes import TAKE_AGAIN, doubled_keys, read_json
from portail.source.loader import Listing
from portail.source.validation import models_in, without_misspelt
from portail.text.mail import mailbox_list
from portail.text.suggest import nearest

SUFFIX = ".envoi.json"
"""Suffix of the file of a sent week."""

_MOST = 500
"""Faults reported for one file: a hostile one could have a hundred thousand unknown keys."""
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
    """Read the text of the file of a week.

    Returns what it says (``None`` when its form is wrong), the bare values of its JSON (``None``
    when it is none), every fault of its keys and types (E128), and what is wrong with the JSON
    itself (E127, E106).
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
    """Files of sent weeks that a proposal brings, changes or takes out (E133): whatever they say,
    they would be taken for what was sent. ``name`` is that of the folder of contents."""
    old, new = ({media.path.parts[1:]: media for media in side.frozen} for side in (before, after))
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


def _faults(error: ValidationError) -> list[Fault]:
    """One fault per error of pydantic, but for keys that are missing because misspelt."""
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
    """Keys of the group that ``loc`` leads to."""
    models: list[type[BaseModel]] = [Frozen]
    for step in loc:
        for model in models:
            if str(step) in model.model_fields:
                models = [*models_in(model.model_fields[str(step)].annotation, BaseModel)]
                break
    return frozenset(name for model in models for name in model.model_fields)


# Files of addresses: refused among the contents, looked for in the folder of the project.
#
# What Git has once kept is public for ever: no list of subscribers may come near a repository.

_TEXTS = frozenset({".csv", ".tsv", ".txt", ".vcf"})
_SHEETS = {".ods": "content.xml", ".xlsx": "xl/sharedStrings.xml"}
"""Spreadsheets are archives; the member that holds the words of their cells."""
SKIPPED = frozenset({"node_modules", "output", "__pycache__", "build", "dist", "venv", "env"})
"""Folders that hold no text of a project."""
_PROJECT = ("pelicanconf.py", ".git")
_DEPTH = 2
_BYTES = 5_000_000


def check_addresses(path: PurePosixPath, data: bytes) -> list[Diagnostic]:
    """Why a text or a table (CSV) may not be kept: it is, or holds, a list of addresses (E132)."""
    if b"@" not in data and b"%40" not in data:
        return []
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    listing = mailbox_list(text, table=path.suffix.lower() != ".md")
    return (
        [diagnostic("E132", Position(path, listing.line), nombre=listing.total)] if listing else []
    )


def stray_lists(root: Path, content: Path) -> list[Diagnostic]:
    """Lists of addresses among the texts and spreadsheets of the project ``root``, tracked or not,
    the contents aside: at its root and two folders down, 5 MB at most each.

    Hidden folders, environments and what a build writes are not looked at, nor is what cannot be
    read. A folder that is no project (contents checked elsewhere) is left alone.
    """
    if not any((root / name).exists() for name in _PROJECT):
        return []
    diagnostics = []
    for path in _candidates(root, content, _DEPTH):
        name = PurePosixPath(path.relative_to(root).as_posix())
        try:
            if path.stat().st_size <= _BYTES:
                diagnostics += check_addresses(name, _words(path))
        except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
            continue  # nobody could read addresses in it either
    return diagnostics


def _candidates(folder: Path, content: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            continue
        if entry.is_dir():
            hidden = entry.name.startswith(".") or entry.name in SKIPPED
            if depth and not hidden and path != content:
                yield from _candidates(path, content, depth - 1)
        elif path.suffix.lower() in _TEXTS or path.suffix.lower() in _SHEETS:
            yield path


def _words(path: Path) -> bytes:
    """Bytes of a text; of a spreadsheet, the first megabytes of its cells, one a line."""
    member = _SHEETS.get(path.suffix.lower())
    if member is None:
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        return stream.read(_BYTES).replace(b">", b"\n").replace(b"<", b"\n<")
