"""How lists are grouped: names by letter, contents by month, by territory, by kind."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from string import ascii_uppercase
from typing import TypeVar

from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.dates import mois
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre

from ..cards import asked, ends_of, leaf_of
from ..views.shared import Lien
from . import paging

# The letter of titles that begin with a figure or a sign.
_OTHER = "#"

_Key = TypeVar("_Key")


def by_letter(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """Names by their first letter, each with how many of its events are to come."""
    by_first_letter = by_key(items, lambda item: letter_of(item.name))
    return [
        names_group(letter, anchor_of(letter), some, site)
        for letter, some in by_first_letter.items()
    ]


def names_group(title: str, anchor: str, items: Sequence[Item], site: Site) -> paging.Group:
    counts = [coming(site, item.ref) for item in items]
    notes = [f"{nombre(count)} à venir" if count else "" for count, _ in counts]
    ends = [end for _, end in counts]
    return paging.Group(title, asked(items), "repertoire", anchor, notes, fins=ends)


def alphabet(groups: Iterable[paging.Group]) -> list[Lien]:
    anchors = {group.titre: group.ancre for group in groups}
    return [Lien(letter, anchors.get(letter, "")) for letter in letters(anchors)]


def letters(used: Container[str]) -> tuple[str, ...]:
    """The letters of an index, that of figures and signs first if it is among ``used``."""
    return (*([_OTHER] if _OTHER in used else []), *ascii_uppercase)


def letter_of(name: str) -> str:
    letter = sort_key(name)[0][:1].upper()
    if letter and letter in ascii_uppercase:
        return letter
    return _OTHER


def anchor_of(letter: str) -> str:
    """Where an index of the page leads for a letter."""
    return f"Lettre-{'0' if letter == _OTHER else letter}"


def by_month(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """What is over, by the month of its leaf, in the order of ``items``."""

    def month(item: Item) -> str:
        leaf = leaf_of(item, site)
        if leaf:
            return capital(mois(leaf.jour))
        return ""

    groups = by_key(items, month)
    return [paging.Group(title, asked(some), "finies") for title, some in groups.items()]


def by_kind(
    items: Sequence[Item],
    site: Site,
    whole: Callable[[Kind, bool], Lien | None] = lambda kind, over: None,
) -> list[paging.Group]:
    """Contents by kind; those that are over come after, in a group of their own. ``whole`` leads
    to a list that tells a kind, or what is over of it, whole."""

    def key(item: Item) -> tuple[Kind, bool]:
        return item.entry.kind, item.is_over

    def group(kind: Kind, over: bool, some: list[Item]) -> paging.Group:
        title = kind.info.archives if over else kind.info.plusieurs
        anchor = f"{'Fini' if over else 'Genre'}-{kind.value}"
        form = "finies" if over else kind.info.cards
        return paging.Group(title, asked(some), form, anchor, tous=whole(kind, over))

    groups = by_key(sorted(items, key=lambda item: item.is_over), key)
    return [group(kind, over, some) for (kind, over), some in groups.items()]


def kinds_index(groups: Iterable[paging.Group]) -> list[Lien]:
    """The groups, with how many each holds; none for a single one."""
    links = [Lien(group.titre, group.ancre, nombre(len(group.cards))) for group in groups]
    if len(links) > 1:
        return links
    return []


def by_key(items: Iterable[Item], key: Callable[[Item], _Key]) -> dict[_Key, list[Item]]:
    groups: dict[_Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


@answer
def coming(site: Site, ref: str) -> tuple[int, date | None]:
    """How many events that name a place or someone are to come, and until when they are as many."""
    return coming_among(site, map(site.items.__getitem__, site.indexes.by_target.get(ref, ())))


def coming_among(site: Site, items: Iterable[Item]) -> tuple[int, date | None]:
    events = [item for item in items if item.entry.kind.info.dated and not item.is_over]
    ends = (fin for event in events if (fin := ends_of(event, site).fin))
    return len(events), min(ends, default=None)
