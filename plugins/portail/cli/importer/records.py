"""What each item of a source asks for: made to fit the model, completed by the command line,
with its picture."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from portail.cli.importer.base import Base, Outcome, State, Step
from portail.cli.importer.engine import TOGETHER, Asked
from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.imports.compose import compose
from portail.imports.found import Found, Loss, Picture
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.repair.metadata import cleaned
from portail.repair.rows import set_field
from portail.repair.sheet import Sheet as Text
from portail.schemas.fields import fields_of, group_of, is_list
from portail.source.medias import PICTURES, check_media
from portail.source.signatures import FORMATS, format_of
from portail.text.suggest import nearest
from portail.workbooks.columns import BODY
from portail.workbooks.grid import Refused

NAME = "image"
Fetch: TypeAlias = Callable[[Picture], bytes]
"""From a picture to its bytes; raises ``Refused``."""
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


# Pictures, only when they are asked for: each goes beside its text.


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
        placed, path = _beside(step, one.kind, picture, data, base)
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
    return data if found else cleaned(data), found[0].message if found else ""


def _suffix(data: bytes) -> str:
    name = format_of(data)
    return next((suffix for suffix, one in FORMATS.items() if one == name), "")


def _beside(
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
