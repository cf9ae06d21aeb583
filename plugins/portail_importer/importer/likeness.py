"""Whether two sources tell one event: their titles, places and hours, compared as A513 does.

Only what none of the three tells apart is surely there already; anything less is a question to who
reads the proposal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from portail.model.event import Event
from portail.model.kinds import place_ref
from portail.model.scalars import Moment
from portail.site.rules.references import near, title_words

from .base import Base
from .matching import taken_by

_APART = timedelta(hours=2)
# What says no more of a street than that it is one.
_WAYS = title_words("rue place avenue boulevard bd av allée quai chemin impasse route square cours")

Words = frozenset[str]


class Likeness(Enum):
    """How surely one event is another; the value is what is asked of it."""

    THERE = ""
    NEAR = "peut-être déjà là : {ref}"
    LATER = "peut-être déjà là, à une autre heure : {ref}"


class Told(NamedTuple):
    """What a source tells of an event, as far as another may tell the same."""

    ref: str
    title: Words
    town: str
    place: Words
    street: Words
    starts: frozenset[Moment]
    days: frozenset[date]


def told(ref: str, event: Event, base: Base) -> Told:
    lieu = base.items.get(place_ref(event.lieu)) if event.lieu else None
    address = event.adresse
    town = (lieu.commune.code if lieu.commune else "") if lieu else address and address.commune
    name = lieu.name if lieu else address and address.nom
    commune = base.portal.geography.by_code(town or "")
    around = title_words(commune.nom) if commune else frozenset()
    moments = [event.debut, *(session.debut for session in event.seances)]
    return Told(
        ref,
        title_words(event.titre),
        str(town or ""),
        title_words(name or "") - around,
        title_words((address and address.rue) or "") - _WAYS,
        frozenset(filter(None, moments)),
        taken_by(event),
    )


def twins_of(
    events: Mapping[int, Told], contents: Iterable[Told]
) -> Mapping[int, tuple[str, Likeness]]:
    """The content that each event is like, the surest first; each is so of one event alone."""
    by_day: dict[date, dict[str, Told]] = defaultdict(dict)
    for content in contents:
        for day in content.days:
            by_day[day][content.ref] = content
    pairs: list[tuple[Likeness, int, str]] = []
    for number, event in events.items():
        near_it = {ref: it for day in event.days for ref, it in by_day.get(day, {}).items()}
        for ref, content in sorted(near_it.items()):
            if likeness := _likeness(event, content):
                pairs.append((likeness, number, ref))
    found: dict[int, tuple[str, Likeness]] = {}
    claimed: set[str] = set()
    for level in Likeness:
        for likeness, number, ref in pairs:
            if likeness is level and number not in found and ref not in claimed:
                found[number] = ref, level
                claimed.add(ref)
    return found


def _likeness(first: Told, second: Told) -> Likeness | None:
    same = first.title == second.title
    there = _same_place(first, second)
    if there is False or not (same or near(first.title, second.title)):
        return None
    if same and there and first.starts & second.starts:
        return Likeness.THERE
    if any(_together(mine, its) for mine in first.starts for its in second.starts):
        return Likeness.NEAR
    return Likeness.LATER if same else None


def _together(first: Moment, second: Moment) -> bool:
    if first.heure is None or second.heure is None:
        return first.jour == second.jour or first.heure == second.heure
    gap = datetime.combine(first.jour, first.heure) - datetime.combine(second.jour, second.heure)
    return abs(gap) <= _APART


def _same_place(first: Told, second: Told) -> bool | None:
    # ``None`` when neither the name nor the street that both tell says so.
    if first.town and second.town and first.town != second.town:
        return False
    told_twice = [
        mine <= its or its <= mine or near(mine, its)
        for mine, its in ((first.place, second.place), (first.street, second.street))
        if mine and its
    ]
    return any(told_twice) if told_twice else None
