"""A person in a text: a name in any order, case, accents or escapes; mail, telephone, ORCID."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from portail.text.normalise import fold

_WORD = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2})+|&#?\w{1,31};")
_BETWEEN = r"[\W_]{%d,6}"
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W\d_])"
_JOINED = 8
"""Letters of a name of which no other word is made when it is written in one."""
_CIVILITY = r"(?:m|mr|mme|mmes|mlle|dr|pr|monsieur|madame|mademoiselle|docteur|professeure?)"
_NATIONAL = 9
"""Digits of a French number after its 0 or its country code."""


class Mention(NamedTuple):
    """Offsets in a text; ``sure`` unless it may be somebody else, who has the same initial or the
    same family name."""

    start: int
    end: int
    sure: bool


class _Folded(NamedTuple):
    """A text as ``fold`` compares it, escapes read, each sign with its offsets in the text."""

    text: str
    starts: list[int]
    ends: list[int]


class Person(Struct, frozen=True, dict=True):
    """Who is looked for. ``name`` is « Prénom Nom », in words; the others may be empty."""

    name: str
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    orcid: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of the name, folded."""
        return tuple(_WORD.findall(fold(self.name)))

    def is_named(self, text: str) -> bool:
        """Whether ``text`` is the name and nothing else, in any order of its words."""
        return sorted(_WORD.findall(fold(text))) == sorted(self.words)

    def mentions(self, text: str, *, known: bool = False) -> list[Mention]:
        """Every place of ``text`` that names the person, in order; none overlaps another. Of one
        ``known`` to be about them, the first and the last word of the name alone are unsure.

        >>> person = Person("Zoé d’Exemple")
        >>> [one.start for one in person.mentions("D'EXEMPLE (Zoe), zoe-d-exemple.jpg")]
        [0, 17]
        >>> person.mentions("M. d’Exemple")
        [Mention(start=0, end=12, sure=False)]
        """
        if not self._perhaps(text):
            return []
        folded = _folded(text)
        found: list[Mention] = []
        patterns = [(self._sure, True), (self._unsure, False)]
        patterns += [(self._alone, False)] if known else []
        for pattern, sure in patterns:
            for match in pattern.finditer(folded.text):
                start, end = folded.starts[match.start()], folded.ends[match.end() - 1]
                said = pattern is not self._alone or text[start].isupper()
                if said and all(end <= one.start or one.end <= start for one in found):
                    found.append(Mention(start, end, sure))
        return sorted(found)

    def _perhaps(self, text: str) -> bool:
        """A quick look, that leaves most files aside."""
        if self.phones or self.orcid or _ESCAPE.search(text):
            return True
        folded = fold(text)
        return any(word in folded for word in (self.words[-1], self.words[0], *self.mails))

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        words = self.words
        gap = _BETWEEN % (len("".join(words)) < _JOINED)
        turned = {(*words[rank:], *words[:rank]) for rank in range(len(words))}
        orders = sorted(turned | {tuple(reversed(words))})
        forms = [re.escape(fold(mail)) for mail in self.mails]
        forms += [f"{_BEGIN}{gap.join(map(re.escape, order))}{_END}" for order in orders]
        forms += [_digits(phone) for phone in self.phones]
        if self.orcid:
            digits = re.sub(r"[^0-9x]", "", self.orcid.lower())
            forms.append(r"(?<!\d)" + r"\W?".join(digits) + r"(?!\d)")
        return re.compile("|".join(forms))

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        words = sorted({re.escape(word) for word in (self.words[0], self.words[-1])})
        return re.compile(f"{_BEGIN}(?:{'|'.join(words)}){_END}")

    @cached_property
    def _unsure(self) -> re.Pattern[str]:
        *before, last = self.words
        if not before:
            return re.compile(r"(?!)")
        # « d’Exemple »: a particle goes with the family name.
        family = r"(?:[\W_]{0,2}\b(?:de|du|d|le|la|von|van|el|ben)\b)?[\W_]{1,2}" + re.escape(last)
        initials = r"\W{0,3}".join(word[0] for word in before[:2])
        forms = (
            rf"{_BEGIN}{_CIVILITY}\.?{family}{_END}",
            rf"{_BEGIN}(?:{initials}|{before[0][0]})\.{family}{_END}",
            rf"{_BEGIN}{re.escape(last)}[\W_]{{1,3}}{before[0][0]}\.",
        )
        return re.compile("|".join(forms))


def _digits(phone: str) -> str:
    """The pattern of a number, as written in France or from abroad."""
    national = re.sub(r"\D", "", phone)[-_NATIONAL:]
    digits = r"\D?".join(national)
    return rf"(?:\+ ?\d{{2,3}} ?(?:\(0\) ?)?|00\d{{2,3}} ?|0)?(?<!\d\d){digits}(?!\d)"


def _folded(text: str) -> _Folded:
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, shown in _shown(text):
        plain = fold(shown) or (" " if shown.isspace() else "")
        signs.append(plain)
        starts += [start] * len(plain)
        ends += [end] * len(plain)
    return _Folded("".join(signs), starts, ends)


def _shown(text: str) -> Iterator[tuple[int, int, str]]:
    """Each sign of ``text`` with its offsets; an escape (JSON, address, HTML) is what it means."""
    at = 0
    for match in _ESCAPE.finditer(text):
        meant = _meant(match[0])
        if meant is None:
            continue
        yield from ((rank, rank + 1, text[rank]) for rank in range(at, match.start()))
        yield match.start(), match.end(), meant
        at = match.end()
    yield from ((rank, rank + 1, text[rank]) for rank in range(at, len(text)))


def _meant(escape: str) -> str | None:
    if escape[0] == "\\":
        return chr(int(escape[2:], 16))
    if escape[0] == "&":
        meant = html.unescape(escape)
        return None if meant == escape else meant
    try:
        return bytes.fromhex(escape.replace("%", "")).decode()
    except UnicodeDecodeError:
        return None
