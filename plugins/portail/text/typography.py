"""French typography, applied when a text is shown and never to the source.

Rules of the *Lexique des règles typographiques en usage à l'Imprimerie nationale*, with U+00A0
everywhere a space must not break (the fonts of the site have no U+202F).
"""

from __future__ import annotations

import re

__all__ = ["capital", "fragment", "small", "typographie"]

NBSP = "\u00a0"

_TRIGGERS = re.compile(r"['.:;!?«»\u202f]")
# A space of « 38 258 » or « 40 % »: its own sign first, so that the engine leaps to it.
_IN_FIGURES = re.compile(r" (?<=\d )[\d%€]")
# Tokens that are not prose: addresses of the web and of mail.
_ADDRESS = re.compile(r"(\S*(?:://|\bwww\.|@)\S*)")
_ELLIPSIS = re.compile(r"(?<!\.)\.{3}(?!\.)")
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[\w«“\"(\[*])")
# An elision cut by markup: « l'*eau* » ends a piece of text after its apostrophe.
_ELISION_AT_END = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr|aujourd)'\Z", re.IGNORECASE
)
_OPENING = re.compile(r"«\s*")
_CLOSING = re.compile(r"(?<=\S)\s*»")
_AFTER = r"(?=[\s»”\"')\]…*,.]|\Z)"
# A sign glued to a word. What follows decides: « 14:30 » and « 3:2 » have no space after.
_GLUED_MARKS = re.compile(rf"[!?](?<=[\w)\]»”%€$£°’…*][!?])[!?]*{_AFTER}")
_GLUED_COLONS = re.compile(rf"[:;](?<=[\w)\]»”%€$£°’…*][:;]){_AFTER}")
_SEVERAL_SPACES = re.compile(r"[ \t\u00a0\u202f]+(?=[:;!?])")
# « 38 258 », not « 03 21 98 »: groups of three after one group of one to three.
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d[ \u00a0])\d{1,3}(?: \d{3})+(?![\d]| \d)")
_UNIT = re.compile(r"(?<=\d) (?=[%€])")
# Operators and drawn faces, not punctuation: « a != b », « :-) », « ;) ».
_NOT_PUNCTUATION = re.compile(r"\u00a0(?=!=|::|[:;]-?[()])")


def typographie(text: str) -> str:
    """``text`` with French typographic signs; applying it twice changes nothing.

    Plain text in, plain text out: apostrophes, three dots, spaces inside « », before
    ``: ; ! ?`` and in figures. Addresses, hours (14:30) and ratios are left alone.

    >>> typographie("L'eau: « vive »... Vraiment?")
    'L’eau\\xa0: «\\xa0vive\\xa0»… Vraiment\\xa0?'
    >>> typographie("38 258 visiteurs, 40 %")
    '38\\xa0258 visiteurs, 40\\xa0%'
    """
    return fragment(text, "")


def fragment(text: str, before: str) -> str:
    """Like ``typographie`` for a piece cut by markup.

    ``before`` is the last character of the piece on its left, already treated (empty: none).
    """
    if not _TRIGGERS.search(text) and not _IN_FIGURES.search(text):
        return text
    context = before if before and text[0] in " :;!?»'\u202f" else ""
    if "://" in text or "www." in text or "@" in text:
        pieces = _ADDRESS.split(context + text)
        pieces[::2] = [_prose(piece) for piece in pieces[::2]]
        return "".join(pieces)[len(context) :]
    return _prose(context + text)[len(context) :]


def _prose(text: str) -> str:
    """Apply the rules to a text without addresses."""
    if "'" in text:
        text = _ELISION_AT_END.sub(_curled, _APOSTROPHE.sub("’", text))
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "«" in text:
        text = _OPENING.sub("«\u00a0", text)
    if "»" in text:
        text = _CLOSING.sub("\u00a0»", text)
    if _IN_FIGURES.search(text):
        text = _UNIT.sub(NBSP, _THOUSANDS.sub(_unbroken, text))
    return _high_punctuation(text)


def _unbroken(match: re.Match[str]) -> str:
    return match[0].replace(" ", NBSP)


def _high_punctuation(text: str) -> str:
    """No-break spaces before ``: ; ! ?``."""
    for sign in ":;!?":
        if sign in text:
            text = text.replace(f" {sign}", f"\u00a0{sign}")
    if " \u00a0" in text or "\u00a0\u00a0" in text or "\u202f" in text:
        text = _SEVERAL_SPACES.sub(NBSP, text)
    if ":" in text or ";" in text:
        text = _GLUED_COLONS.sub(NBSP + r"\g<0>", text)
    if "!" in text or "?" in text:
        text = _GLUED_MARKS.sub(NBSP + r"\g<0>", text)
    if NBSP in text:
        text = _NOT_PUNCTUATION.sub(" ", text)
    return text


def _curled(match: re.Match[str]) -> str:
    return match.group()[:-1] + "’"


def capital(text: str) -> str:
    """``text`` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """``text`` without the capital of its beginning, to stand inside a sentence."""
    return text[:1].lower() + text[1:]
