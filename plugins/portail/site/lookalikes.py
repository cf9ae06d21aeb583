"""Contents, events apart (A513), that two people may have entered: near titles, one commune."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeVar

from portail.model.kinds import in_folders
from portail.text.typography import unmarked

from .item import Item
from .rules.references import near, title_words
from .site import Site

T = TypeVar("T")
Words = frozenset[str]

_KINDS = in_folders(("lieux", "ressources", "articles", "annonces"))
# Titles that share a word: beyond, it tells nothing.
_CROWD = 60


def near_pairs(titles: Mapping[T, Words]) -> Iterator[tuple[T, T]]:
    """Every two keys whose titles are ``near``, but among crowds, in order."""
    often = Counter(chain.from_iterable(titles.values()))
    holders: dict[str, list[T]] = defaultdict(list)
    for key, words in titles.items():
        before: dict[T, None] = {}
        for word in sorted(words, key=lambda word: (often[word], word)):
            if often[word] <= _CROWD:
                before |= dict.fromkeys(holders[word])
            holders[word].append(key)
        yield from ((earlier, key) for earlier in before if near(titles[earlier], words))


def twins(site: Site) -> tuple[tuple[Item, Item], ...]:
    """Likely doubles among published places, resources, articles and announcements that are not
    over, in the order of their references."""
    groups: dict[object, dict[str, Words]] = defaultdict(dict)
    for kind in _KINDS:
        for item in sorted(site.of_kind(kind), key=lambda item: item.ref):
            if item.entry.paru(site.day.date) and not item.is_over:
                town = item.commune.code if item.commune else ""
                words = title_words(unmarked(item.name))
                groups[kind, item.entry.langue, town][item.ref] = words
    pairs = chain.from_iterable(map(near_pairs, groups.values()))
    return tuple((site.items[first], site.items[second]) for first, second in pairs)
