"""Values of a content, by part: those a source asks for, those a file has, and edits of a file.

They are compared as the model reads them: another writing of the same value is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from portail.diagnostics import Refused
from portail.features.intake.corriger.sheet import Edit, drop_field, set_inner
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.services.tableurs.columns import BODY
from portail.model.entry import Entry
from portail.model.kinds import Kind

from .base import FIELD

PUBLISHED = "publie_le"
_CHANGED = "modifie"
_IN_CALENDARS = frozenset({"quand", "ou", "etat", "en_ligne"})
# Fields of an event that say one thing in several ways: compared and written as one part.
TOGETHER = {
    "quand": ("debut", "fin", "seances", "horaires", "rrule"),
    "ou": ("lieu", "adresse"),
    "prix": ("tarif",),
}


_TO_VERIFY = frozenset({"etat", "statut", "quand", *TOGETHER["quand"]})


def doubt(changes: Iterable[str], sender: str) -> str:
    """What to do before ``changes`` that a mail of ``sender`` asks for are believed, in French; ""
    for none that would send people to a closed door."""
    if not sender or _TO_VERIFY.isdisjoint(changes):
        return ""
    return (
        f"demandé par {sender}, et un expéditeur s’imite : vérifiez auprès de qui l’organise, à "
        "une adresse que vous connaissez déjà"
    )


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    by_field: dict[str, Any] = {}
    for name, value in values.items():
        inner = value.items() if isinstance(value, Mapping) else ()
        by_field |= (
            {f"{name}.{key}": inner_value for key, inner_value in inner} if inner else {name: value}
        )
    return by_field


def front_of(values: Mapping[str, Any]) -> dict[str, Any]:
    front: dict[str, Any] = {}
    for name, value in values.items():
        if name == BODY:
            continue
        *groups, key = _path(name)
        inside = front
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[key] = value
    return front


def _path(name: str) -> tuple[str, ...]:
    return FIELD.get(name, tuple(name.split(".")))


def parts_of(
    kind: Kind, values: Mapping[str, Any], entry: Entry, front: Mapping[str, Any]
) -> dict[str, Any]:
    """The canonical value of each part of which ``values`` say something, of the ``entry`` that
    they make and its ``front`` matter."""
    names = (part_of(kind, name) for name in values if name != BODY)
    parts = {name: value_at(front, entry, name) for name in names}
    return parts | ({BODY: str(values[BODY])} if BODY in values else {})


def part_of(kind: Kind, name: str) -> str:
    """The part that a field says: ``debut`` and ``horaires`` both say when, and share theirs."""
    key = _path(name)[0]
    together = TOGETHER if kind.info.dated else {}
    return next((part for part, keys in together.items() if key in keys), name)


def value_at(front: Mapping[str, Any], entry: Entry, name: str) -> Any:
    """The value of a part as a file writes it; one that is left out means its default."""
    if name in TOGETHER:
        return {key: front[key] for key in TOGETHER[name] if key in front}
    if name == "commune" and name not in front:
        name = "adresse.commune"  # a place says it there too
    value: Any = front
    default: Any = entry
    for key in _path(name):
        value = value.get(key) if isinstance(value, Mapping) else None
        default = getattr(default, key, None)
    return value if value is not None else (default or None)


def stays(name: str, now: Any, value: Any, entry: Entry, today: date) -> bool:
    """Whether a value that a content has is not for its source to change."""
    if now is None:
        return name == _CHANGED and str(value) < str(entry.publie_le or "")
    return (
        (name == PUBLISHED and str(now) <= f"{today}")
        or name.startswith("ids_externes.")
        or (name == _CHANGED and str(value) <= str(now))
    )


def dated(changes: Mapping[str, Any], entry: Entry, today: date) -> dict[str, Any]:
    """``changes`` with their day, which calendars show, when they say when, where or a state."""
    days = [day for day in (entry.publie_le, entry.modifie) if day]
    if (
        not _IN_CALENDARS & changes.keys()
        or _CHANGED in changes
        or any(day >= today for day in days)
    ):
        return {**changes}
    return {**changes, _CHANGED: today.isoformat()}


def edited(text: Text, changes: Mapping[str, Any]) -> bytes:
    """The file with its changes; the rest stays byte for byte."""
    for path, value in _written(changes):
        edit = drop_field(text, path[0]) if value is None else set_inner(text, path, value)
        if edit is None:
            raise Refused(
                f"« {text.file.path} » : son en-tête n’a pas un champ par ligne, il faut le mettre "
                "à jour à la main."
            )
        text = text.mended([edit])
    if BODY in changes:
        text = text.mended([Edit(text.body_start, len(text.text), f"\n{changes[BODY]}\n")])
    return text.raw.encode()


def _written(changes: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in changes.items():
        if name in TOGETHER:
            yield from (((key,), value.get(key)) for key in TOGETHER[name])
        elif name != BODY:
            yield _path(name), value
