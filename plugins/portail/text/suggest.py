"""Nearest known words to an unknown one (« Vouliez-vous dire… ? »), and synonyms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from msgspec import Struct

from .analysis import tokens
from .normalise import name_key

_LONGEST = 100
_SHORTEST_PREFIX = 3
_LINKS = frozenset(
    ("l", "la", "le", "les", "d", "de", "du", "des", "un", "une", "a", "au", "aux", "et", "en")
)
# Ranks, in quarters of an edit: a missing article is lighter than a mistake; a beginning, a part
# or a whole of which the word says more are as likely as two mistakes.
# What a mistake counts in ``ranked``.
MISTAKE = 4
_EDIT = MISTAKE
_ARTICLES = 2
_PREFIX = 6
_PART = 7
_WHOLE = 8
# Letters of a word that one mistake leaves what it is: « halle » is no « salle ».
_SURE = 7


def nearest(
    word: str, candidates: Iterable[str], limit: int = 3, *, key: Callable[[str], str] = name_key
) -> tuple[str, ...]:
    """At most ``limit`` of ``candidates`` that ``word`` may stand for, likeliest first.

    Case, accents and hyphens do not count. A candidate is kept when it is a few mistakes away,
    begins with ``word``, holds all its words, or has most of them. ``key`` gives the form compared.

    >>> nearest("tarrif", ["titre", "tarif", "tarifs"])
    ('tarif', 'tarifs')
    >>> nearest("coupole", ["la-coupole", "couple", "ecole"])
    ('la-coupole', 'couple')
    """
    return tuple(candidate for _, candidate in ranked(word, candidates, key=key)[:limit])


def meant(word: str, candidates: Iterable[str]) -> str:
    """The question that ends a refusal, after a space; nothing where no known word is near.

    >>> meant("tarrif", ["titre", "tarif"]), meant("lune", ["titre"])
    (' Vouliez-vous dire « tarif » ?', '')
    """
    near = nearest(word, candidates, limit=1)
    if near:
        return f" Vouliez-vous dire « {near[0]} » ?"
    return ""


def sure(word: str, candidates: Iterable[str]) -> str:
    """The one candidate that ``word`` is, but for articles or a mistake in a word of seven letters
    or more, else the one all of whose words, two at least, it says; "" for none, or several.

    >>> names = ["Médiathèque", "Musée des vents", "Salle 1"]
    >>> sure("mediateque", names), sure("Hall du musée des vents", names), sure("salle 2", names)
    ('Médiathèque', 'Musée des vents', '')
    """
    wanted = _counting(word)
    words = {candidate: _counting(candidate) for candidate in candidates}
    alike = [
        candidate
        for rank, candidate in ranked(word, words)
        if rank < _PREFIX and all(len(it) >= _SURE for it in wanted ^ words[candidate])
    ]
    held = [candidate for candidate, own in words.items() if len(own) > 1 and own <= wanted]
    found = alike or held
    if len(found) == 1:
        return found[0]
    return ""


@lru_cache(maxsize=4096)
def _counting(text: str) -> frozenset[str]:
    return frozenset(name_key(text).split(" ")) - _LINKS


def ranked(
    word: str, candidates: Iterable[str], *, key: Callable[[str], str] = name_key
) -> list[tuple[int, str]]:
    """What ``nearest`` keeps, in its order, each with its distance in quarters of a mistake.

    >>> ranked("tarrif", ["titre", "tarif"])
    [(4, 'tarif')]
    """
    wanted = name_key(word)
    if not wanted or len(wanted) > _LONGEST:
        return []
    search = _Search(wanted)
    rows = []
    for candidate in set(candidates):
        rank = search.rank(key(candidate))
        if rank is not None:
            rows.append((rank, abs(len(candidate) - len(word)), candidate))
    rows.sort()
    return [(rank, candidate) for rank, _, candidate in rows]


def alike(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidate that shares most of its words with ``word``, half of them at least: what was
    renamed, or another of the same family. None, or one.

    >>> alike("events/village-des-sciences-de-lille", ["events/village-des-sciences-a-amiens"])
    ('events/village-des-sciences-a-amiens',)
    >>> alike("events/village-des-sciences", ["events/nuit-de-la-chouette"])
    ()
    """
    wanted = _counting(word)
    best: tuple[int, int, str] | None = None
    for candidate in candidates:
        words = _counting(candidate)
        shared = len(wanted & words)
        if shared > 1 and 2 * shared >= max(len(wanted), len(words)):
            best = min(best or (0, 0, ""), (-shared, len(words), candidate))
    if best:
        return (best[2],)
    return ()


def distance(first: str, second: str, bound: int) -> int:
    """Optimal string alignment distance; a result above ``bound`` only says that it is above.

    >>> distance("etiolse", "etoiles", 3), distance("lune", "soleil", 2) > 2
    (2, True)
    """
    if abs(len(first) - len(second)) > bound:
        return bound + 1
    before: list[int] = []
    row = [*range(min(bound, len(second)) + 1)] + [bound + 1] * (len(second) - bound)
    for i, letter in enumerate(first, 1):
        low = max(1, i - bound)
        high = min(len(second), i + bound)
        new = [bound + 1] * (len(second) + 1)
        if i <= bound:
            new[0] = i
        for j in range(low, high + 1):
            opposite = second[j - 1]
            if letter == opposite:
                new[j] = row[j - 1]
                continue
            best: int = min(row[j - 1], row[j], new[j - 1])
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == opposite:
                best = min(best, before[j - 2])
            new[j] = best + 1
        if min(new) > bound and min(row) > bound - 1:
            return bound + 1
        before = row
        row = new
    result: int = row[-1]
    return result


class _Search:
    __slots__ = ("bound", "counts", "word", "words")

    def __init__(self, word: str) -> None:
        self.word = word
        self.words = frozenset(word.split(" "))
        self.counts = tuple(Counter(word).items())
        self.bound = 1 if len(word) < 5 else min(2 + len(word) // 8, 6)

    def rank(self, key: str) -> int | None:
        # How far ``key`` is, ``None`` when it is no candidate; 0 for the same word.
        word = self.word
        if key == word:
            return 0
        edits = self._edits(key)
        ranks = []
        if edits is not None:
            ranks = [edits * _EDIT]
        if len(word) >= _SHORTEST_PREFIX:
            if key.startswith(word):
                ranks.append(_PREFIX)
            if len(key) * 2 >= len(word):
                ranks.extend(self._shared(frozenset(key.split(" "))))
        return min(ranks, default=None)

    def _shared(self, words: frozenset[str]) -> Iterator[int]:
        if self.words <= words:
            yield _ARTICLES if words - self.words <= _LINKS else _PART
        elif words <= self.words:
            yield _ARTICLES if self.words - words <= _LINKS else _WHOLE

    def _edits(self, key: str) -> int | None:
        # Edits up to the bound; cheap lower bounds spare most candidates the full count.
        bound = self.bound
        surplus = len(key) - len(self.word)
        if not -bound <= surplus <= bound:
            return None
        # Letters of the word that the candidate lacks are edits; so are those it has in excess.
        allowed = bound - surplus if surplus > 0 else bound
        missing = 0
        for letter, count in self.counts:
            lack = count - key.count(letter)
            if lack > 0:
                missing += lack
                if missing > allowed:
                    return None
        edits = distance(self.word, key, bound)
        if edits <= bound:
            return edits
        return None


# Words that mean the same, joined when texts are indexed: a content that says one of a group is
# found by all of them, so that queries stay as they are typed.

# How many words that say nothing may stand between two of a phrase: « enseignement supérieur *et de
# la* recherche ».
_GAP = 3


class _Phrase(Struct, frozen=True):
    """One member of a group: its stems, and how far each is from the first."""

    stems: tuple[str, ...]
    steps: tuple[int, ...]


class Synonyms:
    """Groups of words or phrases of the same meaning, and ``wider`` words with those that they
    hold.

    Groups that share a member are one. A member stands for its stems. Raises ``ValueError`` for a
    member of no word that counts and for a group of one.

    >>> some = Synonyms([["expo", "exposition"], ["FdS", "Fête de la science"]])
    >>> some.joined({"grand": [3], "expo": [4, 9]})
    {'exposit': (4, 9)}
    >>> seas = Synonyms(wider={"mer": ["océan"]})
    >>> seas.joined({"ocean": [2]}), seas.joined({"mer": [2]})
    ({'mer': (2,)}, {})
    """

    def __init__(
        self,
        groups: Iterable[Sequence[str]] = (),
        wider: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._groups: list[dict[tuple[str, ...], _Phrase]] = []
        for group in groups:
            members = {phrase.stems: phrase for phrase in map(_phrase, group)}
            if len(members) < 2:
                raise ValueError(f"{' = '.join(group) or 'a group'}: nothing to join")
            for existing in [
                existing for existing in self._groups if existing.keys() & members.keys()
            ]:
                self._groups.remove(existing)
                members = existing | members
            self._groups.append(members)
        self._first: dict[str, list[tuple[_Phrase, list[_Phrase]]]] = {}
        for all_ in self._groups:
            for phrase in all_.values():
                synonyms = [synonym for synonym in all_.values() if synonym is not phrase]
                self._first.setdefault(phrase.stems[0], []).append((phrase, synonyms))
        for wide, narrower in wider.items():
            for phrase in map(_phrase, narrower):
                self._first.setdefault(phrase.stems[0], []).append((phrase, [_phrase(wide)]))
        self._told = self.groups(), tuple((wide, *narrower) for wide, narrower in wider.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Synonyms) and self._told == other._told

    def __hash__(self) -> int:
        return hash(self._told)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups, in order; the stems of a phrase are joined by blanks."""
        return tuple(tuple(map(" ".join, members)) for members in self._groups)

    def joined(self, positions: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
        """Stems under which one content is listed besides its own, with their positions,
        ascending.
        """
        added: dict[str, set[int]] = {}
        for stem in self._first.keys() & positions.keys():
            for phrase, synonyms in self._first[stem]:
                starts = _starts(phrase, positions)
                if starts:
                    for synonym in synonyms:
                        for name, step in zip(synonym.stems, synonym.steps, strict=True):
                            added.setdefault(name, set()).update(start + step for start in starts)
        return {
            stem: tuple(sorted(new))
            for stem, all_ in sorted(added.items())
            if (new := all_.difference(positions.get(stem, ())))
        }


def _phrase(text: str) -> _Phrase:
    words = list(tokens(text))
    if not words:
        raise ValueError(f"{text!r} has no word that counts")
    first = words[0].position
    return _Phrase(
        tuple(word.stem for word in words), tuple(word.position - first for word in words)
    )


def _starts(phrase: _Phrase, positions: Mapping[str, Sequence[int]]) -> list[int]:
    first, *following = phrase.stems
    if not following:
        return list(positions[first])
    if not all(stem in positions for stem in following):
        return []
    taken: frozenset[int] = frozenset()
    starts = []
    for start in positions[first]:
        last = start
        for stem in following:
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
