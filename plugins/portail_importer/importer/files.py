"""The file of an item: its name, its lines, what it lacks at its head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from portail.codes import shown
from portail.diagnostics import Diagnostic
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.intake.corriger.sheet import field_text, path_at
from portail.features.services.schemas.fields import fields_of
from portail.features.services.tableurs.columns import BODY
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.site.redirections import former_path
from portail.text.normalise import slugify

from .base import NOTE, Base
from .kinds import LENT
from .requests import Request
from .sources.items import POINT, Loss
from .values import PUBLISHED, front_of

# What begins the lines of what a source says of a place, and their names.
_SAID = "# La source dit : "
_WHERE = ("adresse", "code postal", "salle", POINT)
_FORMER = "anciennes_urls"


def title_of(request: Request, base: Base) -> str:
    """What names the file of an item: its title, else its place or its source, and its day."""
    title = request.text("titre")
    if slugify(title):
        return title
    sessions = request.values.get("seances") or [{}]
    days = (request.text("debut"), request.text("horaires.du"), str(sessions[0].get("debut", "")))
    places = (request.text(name) for name in ("lieu", "adresse.commune", "commune"))
    place = next(filter(None, places), PurePosixPath(base.name).stem)
    return f"{place} {next(filter(None, (*days, request.text(PUBLISHED))), '')[:10]}"


def file_of(request: Request, base: Base) -> str:
    """The file of an item: a line for each of its values, its text."""
    front = front_of(request.values)
    if not request.alone:
        front.setdefault(PUBLISHED, base.portal.day.isoformat())
    return _written(front, request.text(BODY), request.kind)


def rewritten(text: Text, changes: Mapping[str, Any]) -> bytes:
    """The file of an item, that its source alone wrote, with its changes, as it would write it."""
    there: Any = text.root.plain() if text.root else {}
    front = {name: it for name, it in {**there, **changes}.items() if it is not None}
    body = text.parts.body.strip() if text.parts else ""
    lines = text.text.split("\n")[1:]
    notes = [f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines)]
    whole = _written(front, body, text.file.kind)
    return whole.replace("---\n", f"---\n{''.join(notes)}", 1).encode()


def _written(front: Mapping[str, Any], body: str, kind: Kind) -> str:
    order = [name for name, _ in fields_of(MODELS[kind])]
    fields = sorted(front.items(), key=lambda field: order.index(field[0]))
    head = "".join(field_text(key, value) for key, value in fields)
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def without_own_url(values: Mapping[str, Any], url: str) -> Mapping[str, Any]:
    """``values`` whose former addresses are not that of their file."""
    former = values.get(_FORMER, [])
    kept = [path for path in former if former_path(path).casefold() != url.casefold()]
    if len(kept) == len(former):
        return values
    others = {name: value for name, value in values.items() if name != _FORMER}
    return {**others, **({_FORMER: kept} if kept else {})}


def path_of(data: bytes, fault: Diagnostic, base: Base) -> FieldPath:
    """The field of a file that a fault is in: the text, under the front matter."""
    text = Text(base.file(LENT, "x", fault.position.path), data.decode("utf-8"))
    line = fault.position.line
    if text.root is None or line == 1:
        return ()
    if text.parts and line >= text.parts.body_line:
        return (BODY,)
    return path_at(text.root, line, fault.position.column)


def with_faults(text: str, faults: Iterable[Diagnostic], losses: Iterable[Loss] = ()) -> str:
    """A draft, with its faults and what its source says of where it is as comments at its head."""
    comments = "".join(
        f"{NOTE}{shown(f'{fault.message} {fault.hint}'.strip(), 400)}\n" for fault in faults
    )
    where = (loss for loss in losses if loss.name in _WHERE and loss.value)
    comments += "".join(f"{_SAID}{it.name} « {shown(it.value, 200)} »\n" for it in where)
    return text.replace("---\n", f"---\n{comments}", 1)
