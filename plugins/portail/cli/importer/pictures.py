"""Pictures of what is imported, only when they are asked for: each goes beside its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeAlias

from portail.cli.importer.base import Base, Outcome, State, Step
from portail.cli.importer.engine import Asked
from portail.imports.found import Loss, Picture
from portail.model.kinds import Kind
from portail.repair.rows import set_field
from portail.repair.sheet import Sheet as Text
from portail.source.medias import PICTURES, check_media
from portail.source.signatures import FORMATS, format_of
from portail.workbooks.grid import Refused

NAME = "image"
Fetch: TypeAlias = Callable[[Picture], bytes]
"""From a picture to its bytes; raises ``Refused``."""


def with_pictures(
    outcome: Outcome, asked: Mapping[int, Asked], base: Base, fetch: Fetch | None
) -> Outcome:
    """``outcome``, the pictures of its new contents brought by ``fetch``; without it, and for one
    that cannot be published, the picture is told among what is not taken."""
    steps: list[Step] = []
    beside: dict[PurePosixPath, bytes] = {}
    for step in outcome.steps:
        one = asked.get(step.row)
        picture = one.picture if one and step.state is State.NEW else None
        if one is None or picture is None:
            steps.append(step)
            continue
        data, reason = _brought(picture, fetch)
        if reason:
            loss = Loss(NAME, picture.source, reason)
            steps.append(replace(step, losses=(*step.losses, loss)))
            continue
        placed, path = _placed(step, one.kind, picture, data, base)
        beside[path] = data
        steps.append(placed)
    return replace(outcome, steps=steps, beside=beside)


def _brought(picture: Picture, fetch: Fetch | None) -> tuple[bytes, str]:
    """The bytes of a picture, or why it is left."""
    if not picture.credit:
        return b"", "son crédit manque"
    if not picture.alt:
        return b"", "sa description manque"
    if fetch is None:
        return b"", "les images ne viennent qu’avec --images"
    try:
        data = fetch(picture)
    except Refused as refused:
        return b"", str(refused)
    suffix = _suffix(data)
    if suffix not in PICTURES:
        return b"", "ce n’est pas une image que le portail publie (.jpg, .png, .webp, .gif)"
    found = check_media(PurePosixPath(f"x{suffix}"), data)[1]
    return data, found[0].message if found else ""


def _suffix(data: bytes) -> str:
    name = format_of(data)
    return next((suffix for suffix, one in FORMATS.items() if one == name), "")


def _placed(
    step: Step, kind: Kind, picture: Picture, data: bytes, base: Base
) -> tuple[Step, PurePosixPath]:
    """The content in a folder of its own, with its picture, and the path of the picture."""
    slug = step.path.stem
    folder = step.path.parent / slug
    name = f"{slug[:60].rstrip('-')}{_suffix(data)}"
    told = {"fichier": name, "alt": picture.alt[:300], "credit": picture.credit[:140]}
    if base.vocabularies["licences"].find(picture.licence):
        told["licence"] = picture.licence
    text = Text(base.file(kind, slug, folder / "index.md"), step.after.decode("utf-8"))
    edit = set_field(text, NAME, told)
    after = text.mended([edit]).raw.encode() if edit else step.after
    return replace(step, path=folder / "index.md", after=after), folder / name
