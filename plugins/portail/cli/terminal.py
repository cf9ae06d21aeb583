"""Text for a terminal: safe to print, measured in cells, wrapped, coloured; the summary of a
run.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from portail.codes import shown
from portail.diagnostics import Report, Severity

WIDTH = 78
"""Columns of a report, so that it fits the narrowest usual terminal and a quoted mail."""

_ANSI = {
    "gras": "1",
    "terne": "2",
    "erreur": "1;31",
    "bon": "1;32",
    "avertissement": "1;33",
    "conseil": "1;36",
}
_OPENING = ("«", "(", "[")
_CLOSING = ("»", ":", ";", "?", "!")


class Style:
    """Paints words, or leaves them plain when ``colour`` is false."""

    __slots__ = ("colour",)

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def paint(self, name: str, text: str) -> str:
        """``text`` in one of the styles gras, terne, erreur, bon, avertissement, conseil."""
        return f"\x1b[{_ANSI[name]}m{text}\x1b[0m" if self.colour and text else text


def safe(text: str) -> str:
    """One line of ``text`` that can neither drive a terminal nor forge another line.

    Whatever is not printable is written ``\\uXXXX``; a tab, which is only a blank, is four
    spaces.

    >>> safe("a\\tb\\x1b[2J")
    'a    b\\\\u001b[2J'
    """
    return shown(text.replace("\t", "    "), len(text) * 4 + 1)


def cells(text: str) -> int:
    """Columns that ``text`` takes on a terminal: ideographs and emoji two, combining signs none.

    >>> cells("été"), cells("日本"), cells("e\\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cell(sign) for sign in text)


def _cell(sign: str) -> int:
    if unicodedata.combining(sign) or sign in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """Cut ``text`` into lines of at most ``width`` cells, between words.

    French quotes and high punctuation stay with their word; a word too long for a line is cut.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while cells(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line or not lines else lines


def _words(text: str) -> list[str]:
    """Words of ``text``; « a » and « b : » count as one, unless that would fill a line."""
    words: list[str] = []
    for piece in text.split(" "):
        glued = words and (words[-1].endswith(_OPENING) or piece.startswith(_CLOSING))
        if glued and cells(words[-1]) + cells(piece) < WIDTH // 2:
            words[-1] = f"{words[-1]} {piece}"
        elif piece:
            words.append(piece)
    return words


def _head(text: str, width: int) -> str:
    """The longest beginning of ``text`` within ``width`` cells, one sign at least."""
    used = 0
    for rank, sign in enumerate(text):
        used += _cell(sign)
        if used > width and rank:
            return text[:rank]
    return text


# The last lines of every report: how many, where, out of how many files, and what it means.

WORDS = {
    Severity.ERREUR: ("erreur", "erreurs"),
    Severity.AVERTISSEMENT: ("avertissement", "avertissements"),
    Severity.CONSEIL: ("conseil", "conseils"),
}
"""French word of each severity, singular and plural."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a report says of the run that made it.

    ``read`` counts the files read; ``seconds`` is how long it took (``None``: not said);
    ``published`` says whether something was published all the same, as a preview does with
    errors; ``command`` and ``subject`` make the title (« portail check  content/  au 27 septembre
    2021 »); ``refused`` says what becomes of it with an error. ``repairs`` counts what ``portail
    check --corriger`` would mend, at least when ``more_repairs``.
    """

    read: int
    seconds: float | None = None
    published: bool = False
    command: str = "portail"
    subject: str = ""
    repairs: int = 0
    more_repairs: bool = False
    refused: str = "Rien n’a été publié : le site en ligne est inchangé."


def counted(number: int, words: tuple[str, str]) -> str:
    """A number and its noun: « 1 erreur », « 0 erreur », « 2 erreurs »."""
    return f"{number} {words[number > 1]}"


def faulty_files(report: Report) -> int:
    """How many files the report speaks of."""
    return len({item.position.path for item in report})


def duration(run: Run) -> str:
    """« 264 fichiers lus en 0,4 s », without the time when it is not known."""
    read = counted(run.read, ("fichier lu", "fichiers lus"))
    if run.seconds is None:
        return read
    return f"{read} en {run.seconds:.1f} s".replace(".", ",")


def tally(report: Report) -> list[tuple[Severity, str]]:
    """Each severity met, gravest first, with its count in words."""
    counts = [(severity, report.count(severity)) for severity in Severity]
    return [(severity, counted(number, WORDS[severity])) for severity, number in counts if number]


def outcome(report: Report, run: Run) -> str:
    """One sentence on what becomes of the site."""
    if not report.has_errors:
        return "Rien n’empêche la publication."
    if run.published:
        return "Le reste est visible dans cet aperçu ; ces fichiers en sont absents."
    return run.refused


def repairable(run: Run) -> str:
    """One sentence on what can be mended without the author; empty when nothing can."""
    if not run.repairs:
        return ""
    words = counted(run.repairs, ("correction possible", "corrections possibles"))
    return f"{words}{' au moins' if run.more_repairs else ''} : portail check --corriger"
