"""Contents that two people may have entered each on their side.

Events have a rule of their own (A513, ``rules/duplicates.py``), which the check says; here are the
others. Pairs are not all compared: a title that is near another has one of its rarest words in
common with it, so only contents that share such a word, an address or a place are looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from portail.geo.coordinates import distance_km
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.site.item import Item
from portail.site.rules.references import near, words_of
from portail.site.site import Site
from portail.text.normalise import fold
from portail.text.typography import unmarked

T = TypeVar("T")
Words = frozenset[str]

_CROWD = 60
"""Contents that share a word, an address or a place: beyond, what they share tells nothing."""
_STEPS = 0.1
"""Kilometres under which two places are one."""


class Twins(NamedTuple):
    """Two contents that are likely one, in the order of their references, and what tells so."""

    one: Item
    other: Item
    raisons: tuple[str, ...]


def near_pairs(titles: Mapping[T, Words]) -> Iterator[tuple[T, T]]:
    """Every two keys whose titles are near (``rules.ties.near``), but among crowds.

    A title that says all of another has its rarest word; two that have three words in four in
    common share one of the rarest quarter, and one more, of the words of each.
    """
    often = Counter(word for words in titles.values() for word in words)
    ranked = {
        key: sorted(words, key=lambda word: (often[word], word)) for key, words in titles.items()
    }
    holders: dict[str, list[T]] = defaultdict(list)
    for key, words in titles.items():
        for word in words:
            holders[word].append(key)
    seen: set[frozenset[T]] = set()
    for key, rare in ranked.items():
        for word in rare[: len(rare) // 4 + 1]:
            for other in holders[word] if len(holders[word]) <= _CROWD else ():
                pair = frozenset((key, other))
                if other != key and pair not in seen and near(titles[key], titles[other]):
                    seen.add(pair)
                    yield key, other


def twins(site: Site) -> tuple[Twins, ...]:
    """Likely doubles among published places, resources, articles and announcements that are not
    over."""
    found: list[Twins] = []
    for kind, tell in _RULES.items():
        items = [
            one for one in site.of_kind(kind) if one.entry.paru(site.day.date) and not one.passe
        ]
        for pair in sorted({_ordered(pair) for pair in _candidates(items)}):
            one, other = (site.items[ref] for ref in pair)
            reasons = tuple(tell(one, other)) if one.entry.langue == other.entry.langue else ()
            if reasons:
                found.append(Twins(one, other, reasons))
    return tuple(found)


def _ordered(pair: Iterable[str]) -> tuple[str, str]:
    one, other = sorted(pair)
    return one, other


def _candidates(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """References of contents that share a rare word, an address, a contact or a place."""
    yield from near_pairs({item.ref: _words(item) for item in items})
    shared: dict[object, list[str]] = defaultdict(list)
    for item in items:
        if item.commune:  # « Médiathèque municipale » is many places, but one in a commune
            shared[item.commune.code, _words(item)].append(item.ref)
        for key in _keys(item.entry):
            shared[key].append(item.ref)
    for refs in shared.values():
        if len(refs) <= _CROWD:
            yield from combinations(refs, 2)


def _words(item: Item) -> Words:
    return frozenset(words_of(unmarked(item.name)))


def _keys(entry: Entry) -> Iterator[tuple[str, object]]:
    """What only one place has, mostly: where it stands, how it is reached."""
    if not isinstance(entry, Lieu):
        return
    if entry.adresse and entry.adresse.rue:
        yield "adresse", (fold(entry.adresse.rue), entry.code_commune)
    for name in ("courriel", "telephone"):
        value = getattr(entry, name)
        if value:
            yield name, "".join(one for one in fold(value) if one.isalnum() or one == "@")
    if entry.site:
        yield "site", entry.site.partition("//")[2].removeprefix("www.").rstrip("/").lower()
    if entry.coordonnees:
        lat, lon = round(entry.coordonnees.lat, 3), round(entry.coordonnees.lon, 3)
        for north in (-0.001, 0.0, 0.001):
            for east in (-0.001, 0.0, 0.001):
                yield "coordonnees", (round(lat + north, 3), round(lon + east, 3))


_SAID = {"adresse": "adresse", "courriel": "courriel", "telephone": "téléphone", "site": "site"}


def _places(one: Item, other: Item) -> Iterator[str]:
    """Two places: near titles in one commune; or a word in common, the commune's name aside, and
    one thing that only one place has; or two such things."""
    mine, its = one.of(Lieu), other.of(Lieu)
    here = not mine.code_commune or not its.code_commune or mine.code_commune == its.code_commune
    titles = near(_words(one), _words(other)) and here
    same = sorted({*_keys(mine)} & {*_keys(its)}, key=repr)
    reasons = [f"même {_SAID[name]}" for name, _ in same if name in _SAID]
    if mine.coordonnees and its.coordonnees:
        here_km = (mine.coordonnees.lat, mine.coordonnees.lon)
        if distance_km(here_km, (its.coordonnees.lat, its.coordonnees.lon)) < _STEPS:
            reasons.append("moins de 100 m")
    commune = frozenset(words_of(one.commune.nom)) if one.commune else frozenset[str]()
    if titles:
        yield "titres proches"
    elif len(reasons) < (1 if (_words(one) & _words(other)) - commune else 2):
        return
    yield from reasons


def _same(champs: tuple[str, ...]) -> Callable[[Item, Item], Iterator[str]]:
    """Near titles, unless both say another thing in one of these fields."""

    def tell(one: Item, other: Item) -> Iterator[str]:
        pairs = [(getattr(one.entry, champ), getattr(other.entry, champ)) for champ in champs]
        apart = any(mine and its and mine != its for mine, its in pairs)
        if not apart and near(_words(one), _words(other)):
            yield "titres proches"

    return tell


_RULES: Mapping[Kind, Callable[[Item, Item], Iterator[str]]] = {
    Kind.LIEU: _places,
    Kind.RESSOURCE: _same(("proprietaire", "porteur", "annee", "type")),
    Kind.ARTICLE: _same(("lieu",)),
    Kind.ANNONCE: _same(("organisme", "commune", "lieu", "categorie")),
}
"""What tells that two contents of a kind are one."""
