"""Words that mean the same, joined when texts are indexed: a content that says one of a group is
found by all of them, so that queries stay as they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from portail.text.analysis import tokens

__all__ = ["Synonyms"]

_GAP = 3
"""How many words that say nothing may stand between two
of a phrase: « enseignement supérieur *et de la* recherche »."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One member of a group: its stems, and how far each is from the first."""

    stems: tuple[str, ...]
    steps: tuple[int, ...]


class Synonyms:
    """Groups of words or of phrases of the same meaning.

    Groups that share a member are one. A member stands for its stems alone: case, accents, plurals
    do not count. Raises ``ValueError`` for a member of no word that counts and for a group of one.

    >>> some = Synonyms([["expo", "exposition"], ["FdS", "Fête de la science"]])
    >>> some.groups()
    (('expo', 'exposit'), ('fds', 'fete scienc'))
    >>> some.joined({"grand": [3], "expo": [4, 9]})
    {'exposit': (4, 9)}
    >>> some.joined({"fete": [0, 7], "scienc": [3]})
    {'fds': (0,)}
    """

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._groups: list[dict[tuple[str, ...], _Phrase]] = []
        for group in groups:
            members = {one.stems: one for one in map(_phrase, group)}
            if len(members) < 2:
                raise ValueError(f"{' = '.join(group) or 'a group'}: nothing to join")
            for other in [other for other in self._groups if other.keys() & members.keys()]:
                self._groups.remove(other)
                members = other | members
            self._groups.append(members)
        self._first: dict[str, list[tuple[_Phrase, list[_Phrase]]]] = {}
        for all_ in self._groups:
            for one in all_.values():
                others = [other for other in all_.values() if other is not one]
                self._first.setdefault(one.stems[0], []).append((one, others))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Synonyms) and self.groups() == other.groups()

    def __hash__(self) -> int:
        return hash(self.groups())

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups, in order; the stems of a phrase are joined by blanks."""
        return tuple(tuple(map(" ".join, members)) for members in self._groups)

    def joined(self, positions: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
        """What one content is to be listed under besides the stems it has, with the positions to
        add, ascending; ``positions`` are those of each stem, ascending too.

        A phrase that is added begins where the word that it means stands, so that it is found
        between quotes; one that the content says may have words between that say nothing.
        """
        found: dict[str, set[int]] = {}
        for stem in self._first.keys() & positions.keys():
            for one, others in self._first[stem]:
                starts = _starts(one, positions)
                for other in others if starts else ():
                    for name, step in zip(other.stems, other.steps, strict=True):
                        found.setdefault(name, set()).update(start + step for start in starts)
        return {
            stem: tuple(sorted(new))
            for stem, all_ in sorted(found.items())
            if (new := all_.difference(positions.get(stem, ())))
        }


def _phrase(text: str) -> _Phrase:
    said = list(tokens(text))
    if not said:
        raise ValueError(f"{text!r} has no word that counts")
    first = said[0].position
    return _Phrase(tuple(one.stem for one in said), tuple(one.position - first for one in said))


def _starts(phrase: _Phrase, positions: Mapping[str, Sequence[int]]) -> list[int]:
    """Where ``phrase`` begins in a content."""
    first, *others = phrase.stems
    if not others:
        return list(positions[first])
    if not all(stem in positions for stem in others):
        return []
    taken: frozenset[int] = frozenset()
    starts = []
    for start in positions[first]:
        last = start
        for stem in others:
            near = [at for at in positions[stem] if last < at <= last + _GAP + 1]
            if not near:
                break
            if near[0] > last + 1:
                taken = taken or frozenset(chain.from_iterable(positions.values()))
                if not taken.isdisjoint(range(last + 1, near[0])):
                    break
            last = near[0]
        else:
            starts.append(start)
    return starts
