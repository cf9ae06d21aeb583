"""Words inside a line, each with its emphasis and its link, and how Markdown writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from string import whitespace
from typing import NamedTuple

from portail.body.addresses import ENTITY
from portail.source.document import FORBIDDEN
from portail.text.notation import EXPONENT_MARK, FORMULA, SUBSCRIPT_MARK
from portail.text.visible import MOST_ACCENTS, piles, shows

# A line of Markdown is folded at the first blank beyond these; a body takes 20 kB.
LINE_SIGNS = 4_000
_WORD_SIGNS = 2_000
# Elements whose words are struck.
STRUCK = ("del", "s", "strike")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff\U000f0000-\U0010ffff]"
)
_LINE_ENDS = dict.fromkeys((0x0D, 0x2028, 0x2029), "\n")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# No-break spaces that are no French: between two words, in a row (editors of pages, Word).
_NO_BREAK = re.compile(
    "(?<=[^\\W\\d_])\u00a0(?=[^\\W\\d_]{2})|[ \u00a0]*(?:\u00a0 | \u00a0|\u00a0\u00a0)[ \u00a0]*"
)
_REPEATED = re.compile(r"([^\w\s]|_)\1{20,}")
_STRANGE = re.compile(
    f"{_INVISIBLE.pattern}|{FORBIDDEN.pattern}|{_REPEATED.pattern}"
    "|[\r\u0300-\u036f\u0483-\u1fff\u20d0-\u20ff\u2de0-\u2dff\ua66f-\uabff\ufe20-\ufe2f\U00010000-\U0010ffff]"
)
_SIGNS = re.compile(
    rf"[\\`*\[\]]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\{{(?=[:#. ])"
    rf"|&(?={ENTITY.pattern[1:]})"
)
_MARKS_OF_SCIENCE = re.compile(r"(?<!\\)[~^$]")
_STARTS = re.compile(r"#{1,6}(?:\s|$)|>|[-+](?:\s|$)|:\s|!!!|\||[-=:+][-=:|+ ]*$")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = ",.;:!?»)…" + whitespace + "\u00a0\u202f\u2009"
# Code, or a word that may be the address of a link without marks.
_WORDS = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)|(?:\\.|[^\s<>`\"«»“”\[\\])+")
# « @ », as Markdown reads it.
_AT = re.compile(r"@|(?<!\\)&(?:commat|#0{0,5}64|#x0{0,4}40);", re.IGNORECASE)
_NAMED = re.compile(r"(?<![\w/@.-])(?:https?|www)(?=(?:://|\.)[^\[/?#]{0,2000}@)")


def tidied(text: str) -> str:
    if not _STRANGE.search(text):
        return text
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    text = FORBIDDEN.sub("", unicodedata.normalize("NFC", text))
    for start, count in sorted(piles(text), reverse=True):
        text = text[: start + MOST_ACCENTS] + text[start + count :]
    return _REPEATED.sub(r"\1\1\1", text)


class Run(NamedTuple):
    """A piece of text in one style; ``\\n`` in it is a line that the page breaks."""

    text: str
    strong: bool = False
    emphasised: bool = False
    struck: bool = False
    code: bool = False
    # An address that a body may hold, written for Markdown.
    link: str = ""


class _Piece(NamedTuple):
    text: str
    mark: str = ""


_MARKS = {"strong": "**", "emphasised": "*", "struck": "~~"}


def settled(runs: Iterable[Run]) -> list[Run]:
    """The runs of one block, those of one style joined, its blanks single and inside."""
    joined: list[Run] = []
    for style, group in groupby(runs, key=itemgetter(slice(1, None))):
        text = tidied("".join([run.text for run in group]))
        if "\u00a0" in text:
            text = _NO_BREAK.sub(" ", text)
        text = re.sub(" {2,}", " ", text)
        if "\n" in text:
            text = text.replace(" \n", "\n").replace("\n ", "\n")
        before = joined[-1].text[-1:] if joined else "\n"
        if before == "\n" or (before == " " and text[:1] == " "):
            text = text.lstrip(" ")
        if before == " " and text[:1] == "\n":
            joined[-1] = joined[-1]._replace(text=joined[-1].text[:-1])
        if text:
            joined.append(Run(text, *style))
    while joined and not joined[-1].text.rstrip(" \n"):
        joined.pop()
    if joined:
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip(" \n"))
    return joined


def collapsed(text: str) -> str:
    """``text`` of a page whose blanks are one, as a browser shows it; no-break spaces stay."""
    return _BLANKS.sub(" ", text)


def written(runs: Sequence[Run]) -> str:
    """Settled runs as a paragraph in which no sign is a mark, in lines of about ``LINE_SIGNS``."""
    lines = unlinked(_grouped(runs)).split("\n")
    rows = ["\n".join(map(_begun, _folded(line))) for line in map(str.strip, lines) if line]
    return "  \n".join(row for row in rows if row)


def paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that are settled, cut where a page breaks two lines to begin a paragraph."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = re.split(r"\n(?:\s*\n)+", run.text)
        parts[-1].append(run._replace(text=first))
        parts += [[run._replace(text=text)] for text in rest]
    return [part for part in map(settled, parts) if part]


def in_one_line(runs: Iterable[Run], *, strong: bool = True) -> str:
    """Runs for a heading or a cell, on one line; without bold unless ``strong``."""
    flat = [run._replace(strong=run.strong and strong) for run in _flat(runs)]
    return unlinked(_grouped(settled(flat))).strip()


def unlinked(markdown: str) -> str:
    """``markdown`` in which an address with a name before its host (E330) is text, not a link.

    >>> print(unlinked("https://moi:mot@a.example.org `https://b@c`"))
    https\\://moi:mot\\@a.example.org `https://b@c`
    >>> print(unlinked("https://moi&commat;a.example.org"))
    https\\://moi\\@a.example.org
    """

    def signs(match: re.Match[str]) -> str:
        word = match[0] if match[1] else _AT.sub("@", match[0])
        text = word if match[1] or "@" not in word else _NAMED.sub(r"\g<0>\\", word)
        if text == word:
            return word
        return text.replace("@", r"\@")

    if _AT.search(markdown):
        return _WORDS.sub(signs, markdown)
    return markdown


def _flat(runs: Iterable[Run]) -> list[Run]:
    return [run._replace(text=run.text.replace("\n", " ")) for run in runs]


def _begun(line: str) -> str:
    line = line.lstrip(" \t")
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    if _STARTS.match(line):
        return f"\\{line}"
    return line


def _folded(line: str) -> list[str]:
    # ``line`` in pieces of about ``LINE_SIGNS``; what has no blank in twice that is cut.
    pieces: list[str] = []
    while len(line) > LINE_SIGNS:
        at = line.find(" ", LINE_SIGNS)
        if at < 0 or at > 2 * LINE_SIGNS:  # no words: styles or links without a blank
            return [*pieces, line[:LINE_SIGNS]]
        pieces.append(line[:at])
        line = line[at + 1 :]
    return [*pieces, line]


def _grouped(runs: Sequence[Run], keys: tuple[str, ...] = ("link", *_MARKS, "code")) -> str:
    keys = tuple(key for key in keys if any(getattr(run, key) for run in runs))
    if not keys:
        return "".join([escaped(run.text) for run in runs])
    key = keys[0]
    inner = keys[1:]
    pieces: list[_Piece] = []
    for value, group in groupby(runs, key=lambda run: getattr(run, key)):
        inside = list(group)
        if key == "code" and value:
            pieces += _coded("".join(run.text for run in inside))
        elif key == "link" and value:
            pieces += _linked(_grouped(_flat(inside), inner), value)
        elif value:
            pieces += _around(_grouped(inside, inner), _MARKS[key])
        else:
            pieces.append(_Piece(_grouped(inside, inner)))
    # Pieces side by side: a mark that could not open or close where it stands is left out.
    shown = [piece for piece in pieces if piece.text]
    out = ""
    for rank, (text, mark) in enumerate(shown):
        after = ""
        if rank + 1 < len(shown):
            after = shown[rank + 1].text[:1]
        if mark == "[":
            out = out[:-1] + "\\!" if out.endswith("!") and not out.endswith("\\!") else out
        elif mark and _opens(out[-1:], text[0]) and _opens(after, text[-1]) and out[-1:] != mark[0]:
            text = f"{mark}{text}{mark}"
        out += text
    return out


def _around(text: str, mark: str) -> list[_Piece]:
    # A marked piece between the blanks at its ends, which no mark may hold.
    core = text.lstrip(_CLOSING).rstrip()
    start = len(text) - len(text.lstrip(_CLOSING))
    if not shows(core) or "\n\n" in core:
        return [_Piece(text)]
    return [_Piece(text[:start]), _Piece(core, mark), _Piece(text[start + len(core) :])]


def _linked(text: str, address: str) -> list[_Piece]:
    core = text.strip()
    if not shows(core):
        return [_Piece(text)]
    before, _, after = text.partition(core)
    named = rf"\{core}" if core[0] == "^" else core  # or it would call a note
    return [_Piece(before), _Piece(f"[{named}]({address})", "["), _Piece(after)]


def _coded(text: str) -> list[_Piece]:
    core = text.replace("\n", " ").strip()
    if not core:
        return [_Piece(text)]
    fence = fence_of(core, 1)
    edge = " " if "`" in (core[0], core[-1]) else ""
    before = text[: text.index(core[0])]
    after = text[len(text.rstrip()) :]
    return [_Piece(before), _Piece(f"{fence}{edge}{core}{edge}{fence}"), _Piece(after)]


def fence_of(text: str, least: int) -> str:
    """What begins and ends code: longer than all that is so written in ``text``."""
    fence = "`" * least
    while fence in text:
        fence += "`"
    return fence


def _opens(outside: str, inside: str) -> bool:
    # Whether a mark may stand between two signs (« left-flanking » of CommonMark, or right).
    return not _punctuation(inside) or not outside or outside.isspace() or _punctuation(outside)


def _punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def escaped(text: str) -> str:
    """``text`` whose signs mean nothing to Markdown; words longer than any word are cut."""
    text = re.sub(rf"\S{{{_WORD_SIGNS},}}", lambda word: f"{word[0][:60]}…", text)
    noted = any(pattern.search(text) for pattern in (SUBSCRIPT_MARK, EXPONENT_MARK, FORMULA))
    text = _SIGNS.sub(r"\\\g<0>", text)
    if noted:
        return _MARKS_OF_SCIENCE.sub(r"\\\g<0>", text)
    return text
