"""Leftovers of other tools in texts: meeting links and codes, mentions that feeds append, private
texts, foreign syntax. The expressions are in ``restes.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from portail.resources import table
from portail.text.hints import correspondances, level


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression, the French name of what it finds, what to write instead."""

    nom: str
    motif: str
    remede: str = ""
    # Of which one stands, capitals apart, in all that it finds.
    signes: Sequence[str] = ()
    # Whether an import takes it out.
    coupe: bool = False

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """What it finds in a text, in order."""
        return expression(self.motif).finditer(text)

    def first(self, text: str) -> re.Match[str] | None:
        return next(self.matches(text), None)

    def may_be_in(self, lower: str) -> bool:
        """Whether it may find something in a text, whose small letters are ``lower``."""
        return any(map(lower.__contains__, self.signes))


@dataclass(frozen=True, slots=True)
class Hidden:
    """How a site says that a text is not for all: before its title, or in its place."""

    prefixes_proteges: str
    prefixes_prives: str
    phrases: str


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The whole table."""

    debuts: str
    mentions: Sequence[Pattern]
    suites: Sequence[Pattern]
    liens: Sequence[Pattern]
    codes: Sequence[Pattern]
    codes_proches: Sequence[Pattern]
    lignes: Sequence[str]
    caches: Hidden
    comptes: str
    syntaxes: Sequence[Pattern]


class Span(NamedTuple):
    """Where something stands in a text, and what it is."""

    start: int
    end: int
    pattern: Pattern


_ADDRESS = re.compile(r"//[^\s<>\"'\\]{4,2000}")
_SCHEMES = ("https:", "http:")
# Signs in which the title of a text and its link stand.
_TITLE_SIGNS = 700
_ENDED = re.compile(r"(?:^|[.!?…»”\"\])|])[\s*_\\>]*$")
_AFTER = ".,;:!?)]}*_»"
# A piece of all that ``codes`` find, which begins with one sign: a search leaps to it.
_CODED = re.compile(r"[@\d](?:(?<=@)|(?<=\d)(?:(?:[ -]?\d){7}|[\d ().-]{6,20}\d ?,))")
_TOOLS = (*"zoom teams webex jitsi bigbluebutton visio meet".split(), "reunion en ligne")
_INVITES = re.compile(
    r"\b(?:zoom|teams|webex|google meet|jitsi|bigbluebutton|visio\w*|meeting|reunion en ligne)\b"
)


@cache
def leftovers() -> Leftovers:
    """The table. Raises ``DataError`` where the file is not of this shape."""
    return table("restes", Leftovers, "services.oublis")


@cache
def expression(motif: str) -> re.Pattern[str]:
    return re.compile(motif, re.IGNORECASE | re.MULTILINE)


def opens_meeting(address: str) -> str:
    """The name of what an address opens to whoever has it; empty for any other.

    >>> opens_meeting("https://eu01.zoom.us/j/81234567890?pwd=a")
    'Zoom'
    >>> opens_meeting("https://eu01.zoom.us/webinar/register/WN_a")
    ''
    """
    plain = address
    for _ in range(3):  # mail filters wrap an address in theirs, quoted, several times
        plain = unquote(plain)
    plain = plain.lower().replace("__http", " http")
    for pattern in leftovers().liens:
        if pattern.first(plain):
            return pattern.nom
    return ""


def meeting_spans(text: str, *, invitation: bool | None = None) -> list[Span]:
    """Links and codes that open a meeting in ``text``, in order, without overlap.

    ``invitation``: whether to look for ambiguous codes too; by default, only if ``text`` has a
    sure one or names a meeting tool.
    """
    spans = []
    if "//" in text:
        spans = [*_links(text)]
    lower = level(text)
    if _CODED.search(lower):
        for pattern in leftovers().codes:
            spans += [Span(*match.span(), pattern) for match in pattern.matches(lower)]
    if invitation is None:
        invitation = bool(spans) or _invites(lower)
    if invitation:
        for pattern in leftovers().codes_proches:
            spans += [Span(*match.span(), pattern) for match in pattern.matches(lower)]
    if spans:
        return _apart(spans)
    return spans


def is_invitation(text: str) -> bool:
    """Whether ``text`` holds what opens a meeting."""
    return bool(meeting_spans(text, invitation=False))


def _invites(lower: str) -> bool:
    for tool in _TOOLS:
        if tool in lower:
            return _INVITES.search(lower) is not None
    return False


def _links(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        before = text[: match.start()][-6:].lower()
        start = match.start() - len(next(filter(before.endswith, _SCHEMES), ""))
        address = text[start : match.end()].rstrip(_AFTER)
        if name := opens_meeting(address):
            yield Span(start, start + len(address), Pattern(f"lien de réunion {name}", ""))


def _apart(spans: list[Span]) -> list[Span]:
    apart: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


@cache
def _whole_lines() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in leftovers().lignes))


def is_invitation_line(line: str) -> bool:
    """Whether a line is one of those that programs write around what opens a meeting."""
    return _whole_lines().fullmatch(level(line)) is not None


def mention_in(line: str) -> Span | None:
    """What a site adds to a text of its feed: from where, to the end of ``line``."""
    lower = level(line)
    for pattern in leftovers().mentions:
        if verb := pattern.first(lower):
            begun = _beginning(lower, verb.start())
            if begun is not None:
                return Span(begun, len(line), pattern)
    spans = (
        Span(match.start(), len(line), pattern)
        for pattern in leftovers().suites
        if (match := pattern.first(lower))
    )
    return next(spans, None)


def _beginning(lower: str, end: int) -> int | None:
    start = max(0, end - _TITLE_SIGNS)
    openings = [*expression(rf"\b(?:{leftovers().debuts})\b").finditer(lower, start, end)]
    sentences = [
        opening
        for opening in openings
        if _ENDED.search(lower[max(0, opening.start() - 8) : opening.start()])
    ]
    if openings:
        return (sentences or openings)[-1].start()
    return None


def kept_private(title: str, text: str) -> str:
    """Why a text is not to be shown elsewhere, as its site says it; empty when it may be.

    >>> kept_private("Protégé : réunion", "Cet extrait est protégé.")
    'le site le protège par un mot de passe'
    """
    hidden = leftovers().caches
    head = level(title.replace("\u00a0", " "))
    body = level(text[:2_000].replace("\u00a0", " ")).strip()
    if expression(hidden.prefixes_prives).search(head):
        return "le site le dit privé"
    guarded = expression(hidden.phrases).match(body) is not None
    named = expression(hidden.prefixes_proteges).search(head)
    if guarded or (named and (not body or expression(hidden.phrases).search(body))):
        return "le site le protège par un mot de passe"
    return ""


def knows_its_reader(address: str) -> bool:
    """Whether an address holds the mail of a person, or what a mailing knows them by.

    >>> knows_its_reader("https://e.org/unsub?e=0123"), knows_its_reader("https://e.org/?id=3")
    (True, False)
    """
    return expression(correspondances().personnels).search(unquote(address)) is not None


def is_account(name: str) -> bool:
    """Whether a name is that of an account: « admin », « Webmaster 2 »."""
    return expression(leftovers().comptes).match(level(name).replace(" ", "")) is not None


def may_be_foreign(text: str) -> bool:
    """Whether ``foreign_syntax`` may find something, told at once."""
    return any(map(text.lower().__contains__, _signs()))


@cache
def _signs() -> tuple[str, ...]:
    return tuple(chain.from_iterable(pattern.signes for pattern in leftovers().syntaxes))


def foreign_syntax(text: str) -> Iterator[Span]:
    """Where ``text`` is written in the syntax of another tool, in the order of the table."""
    taken = bytearray(len(text))
    lower = text.lower()
    for pattern in leftovers().syntaxes:
        if pattern.may_be_in(lower):
            for match in pattern.matches(text):
                start, end = match.span()
                escaped = start and text[start - 1] == "\\"
                if not escaped and taken.find(1, start, end) < 0:
                    taken[start:end] = b"\1" * (end - start)
                    yield Span(start, end, pattern)
