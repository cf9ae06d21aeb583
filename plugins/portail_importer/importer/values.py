"""Values of a content, by part: those a source asks for, those a file has, and edits of a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from portail.diagnostics import Refused
from portail.features.intake.corriger.sheet import Edit, drop_field, set_inner
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.services.tableurs.columns import BODY
from portail.model.entry import Entry
from portail.model.kinds import Kind

from .base import FIELD

PUBLISHED = "publie_le"
CHANGED = "modifie"
_IN_CALENDARS = frozenset({"quand", "ou", "etat", "en_ligne"})
# Fields of an event that say one thing in several ways: compared and written as one part.
TOGETHER = {
    "quand": ("debut", "fin", "seances", "horaires", "rrule"),
    "ou": ("lieu", "adresse"),
    "prix": ("tarif",),
}


# What every source of an event is asked at each run, by part.
PARTS = {
    "etat": ("etat", "ancien_debut"),
    "quand": TOGETHER["quand"],
    "ou": (*TOGETHER["ou"], "en_ligne"),
}
FOLLOWED = ("statut", *chain.from_iterable(PARTS.values()))


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
        *groups, key = path_of(name)
        inside = front
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[key] = value
    return front


def path_of(name: str) -> tuple[str, ...]:
    """Where a front matter says a field, or a column."""
    return FIELD.get(name, tuple(name.split(".")))


def part_of(kind: Kind, name: str) -> str:
    """The part that a field says: ``debut`` and ``horaires`` both say when, and share theirs."""
    key = path_of(name)[0]
    together = TOGETHER if kind.info.dated else {}
    return next((part for part, keys in together.items() if key in keys), name)


def filled(
    kind: Kind, values: Mapping[str, Any], defaults: Collection[str], there: Mapping[str, Any]
) -> dict[str, Any]:
    """``values`` with those of ``there`` whose part they do not say, or only by ``defaults``."""
    said = {part_of(kind, name) for name in values} - set(defaults)
    kept = {name: value for name, value in there.items() if part_of(kind, name) not in said}
    parts = {part_of(kind, name) for name in kept}
    return {name: it for name, it in values.items() if part_of(kind, name) not in parts} | kept


def dated(changes: Mapping[str, Any], entry: Entry, today: date) -> dict[str, Any]:
    """``changes`` with their day, which calendars show, when they say when, where or a state."""
    days = [day for day in (entry.publie_le, entry.modifie) if day]
    if (
        not _IN_CALENDARS & changes.keys()
        or CHANGED in changes
        or any(day >= today for day in days)
    ):
        return {**changes}
    return {**changes, CHANGED: today.isoformat()}


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
            yield path_of(name), value
