"""Excerpts of plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from portail.late import expression

from .normalise import one_line

_ELLIPSIS = "…"
# A sentence ends at its mark, with the quotes and brackets that it closes, before a blank.
_SENTENCE_END = expression(r"[.!?…][.!?…]*(?:[\u00a0\u202f ]?[»”\")\]])*(?= )")
# A point after one of these is not the end of a sentence: initials, titles, usual abbreviations.
_ABBREVIATION = expression(
    r"(?:^|[ («\u00a0'’-])"
    r"(?:[^\W\d_]|MM|Dr|Pr|Me|St|Ste|[Aa]v|apr|env|[Cc]f|ex|pp|vol|n[o°]|art|chap|[Ff]ig|[ÉEé]d|hab|"
    r"tél|janv|févr|avr|juill|sept|oct|nov|déc)\.$"
)
# Runs of blanks, but for one space, which stays as it is.
_JOINERS = ("\u200d", "\ufe0f")


def excerpt(text: str, limit: int) -> str:
    """The beginning of ``text`` in at most ``limit`` characters: a sentence if it can, else « … ».

    >>> excerpt("La Lune se lève. Le public attend la nuit.", 20)
    'La Lune se lève.'
    >>> excerpt("Observation de la Lune", 15)
    'Observation de…'
    """
    if limit < 1:
        raise ValueError("an excerpt holds one character at least")
    whole = one_line(text)
    if len(whole) <= limit:
        return whole
    end = max(_ends(whole, limit), default=0)
    if end * 2 >= limit or whole.find(" ", end + 1, limit) < 0 < end:
        return whole[:end]
    room = limit - 1
    space = whole.rfind(" ", 0, room + 1)
    head = whole[:space] if space > 0 else _whole_characters(whole, room)
    return head.rstrip(" ,;:–—-(«\u00a0\u202f") + _ELLIPSIS


def cut(text: str, limit: int) -> str:
    """``text`` within ``limit`` signs, cut at the end of a sentence, else of a word.

    >>> cut("Une sortie. Elle dure longtemps.", 20), cut("Observation de la Lune", 15)
    ('Une sortie.', 'Observation…')
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    ends = (at for at, sign in enumerate(f"{head} ") if sign.isspace() and head[at - 1] in ".!?…")
    end = max(ends, default=0)
    if end > limit / 5:
        return head[:end].strip()
    words = head if head[-1:].isspace() else head.rsplit(None, 1)[0]
    return words.rstrip(" \t\n\u00a0\u202f,;:–-") + "…"


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, in order, each on one line; what stands between two stars is never
    parted.

    >>> sentences("On voit M. Petit. Il dit : « Bonjour ! » C’est gratuit.")
    ['On voit M. Petit.', 'Il dit : « Bonjour ! »', 'C’est gratuit.']
    """
    whole = one_line(text)
    parts = []
    start = 0
    for end in (*_ends(whole, len(whole)), len(whole)):
        sentence = whole[start:end].strip(" ")
        if sentence and sentence.count("*") % 2 == 0:
            parts.append(sentence)
            start = end
    if following := whole[start:].strip(" "):
        parts.append(following)
    return parts


def unstopped(text: str) -> str:
    """A value that stands alone: one sentence has no full stop, several are as they are written.

    >>> unstopped("6 € la soirée, composants compris."), unstopped("Robot compris. 24 € à deux.")
    ('6 € la soirée, composants compris', 'Robot compris. 24 € à deux.')
    >>> unstopped("tables, chaises, etc."), unstopped("À suivre...")
    ('tables, chaises, etc.', 'À suivre...')
    """
    whole = text.rstrip()
    stopped = whole.endswith(".") and not whole.endswith(("..", "etc."))
    alone = stopped and not _ABBREVIATION.search(whole) and len(sentences(whole)) == 1
    if alone:
        return whole[:-1]
    return text


def clause(text: str) -> str:
    """A value inside a line that others go on: its first sentence, without its full stop.

    >>> clause("4 € le baromètre, un par famille. Gratuit pour les adhérents.")
    '4 € le baromètre, un par famille'
    """
    first = sentences(text)[:1] if "." in text else [text]
    return "".join(map(unstopped, first))


def _ends(text: str, limit: int) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text, 0, limit + 1):
        upto = text[max(0, match.start() - 8) : match.start() + 1]
        follows = text[match.end() + 1 : match.end() + 2]
        short = _ABBREVIATION.search(upto) and not _is_hour(upto)
        if not follows.islower() and not (match[0] == "." and short):
            yield match.end()


def _whole_characters(text: str, room: int) -> str:
    # ``text`` cut at ``room`` without parting a letter from its accents or an emoji's pieces.
    end = room
    while end > 0 and (
        unicodedata.combining(text[end]) or text[end] in _JOINERS or text[end - 1] == "\u200d"
    ):
        end -= 1
    return text[:end]


def _is_hour(end: str) -> bool:
    """Whether it is « à 14 h. »: no initial."""
    return end[-2:] == "h." and end[-3:-2].isspace() and end[-4:-3].isdecimal()
