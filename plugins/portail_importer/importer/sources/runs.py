"""The inline text of a page that is imported, as runs: pieces of one style each; and the Markdown
that writes them.

Text of a page may hold any sign: each that Markdown would take for a mark is escaped, so that only
the style and the link of a run give marks.
"""

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

# A longer line of Markdown is folded at its next blank; a whole body takes 20 kB.
LINE_SIGNS = 4_000
# No word is longer: what is gets cut.
_WORD_SIGNS = 2_000
# Elements of HTML whose text is struck through.
STRUCK = ("del", "s", "strike")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff\U000f0000-\U0010ffff]"
)
_LINE_ENDS = dict.fromkeys((0x0D, 0x2028, 0x2029), "\n")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# No-break spaces that no French rule asks for: between two words, or several in a row. Editors of
# pages, and Word, leave them.
_NO_BREAK = re.compile(
    "(?<=[^\\W\\d_])\u00a0(?=[^\\W\\d_]{2})|[ \u00a0]*(?:\u00a0 | \u00a0|\u00a0\u00a0)[ \u00a0]*"
)
_REPEATED = re.compile(r"([^\w\s]|_)\1{20,}")
# Whatever ``tidied`` may have to change: most texts have none of it.
_STRANGE = re.compile(
    f"{_INVISIBLE.pattern}|{FORBIDDEN.pattern}|{_REPEATED.pattern}"
    "|[\r\u0300-\u036f\u0483-\u1fff\u20d0-\u20ff\u2de0-\u2dff\ua66f-\uabff\ufe20-\ufe2f\U00010000-\U0010ffff]"
)
# Signs that Markdown takes for marks: anywhere in a line; in formulas; at the start of a line.
_MARK_SIGNS = re.compile(
    rf"[\\`*\[\]]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\{{(?=[:#. ])"
    rf"|&(?={ENTITY.pattern[1:]})"
)
_MARKS_OF_SCIENCE = re.compile(r"(?<!\\)[~^$]")
_STARTS = re.compile(r"#{1,6}(?:\s|$)|>|[-+](?:\s|$)|:\s|!!!|\||[-=:+][-=:|+ ]*$")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
# Signs before which a mark cannot open: they stay outside of it.
_CLOSING = ",.;:!?»)…" + whitespace + "\u00a0\u202f\u2009"
# Code, with its fence as group 1; or a word, which Markdown may take for a bare address.
_WORDS = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)|(?:\\.|[^\s<>`\"«»“”\[\\])+")
# « @ », as a sign or as an entity.
_AT = re.compile(r"@|(?<!\\)&(?:commat|#0{0,5}64|#x0{0,4}40);", re.IGNORECASE)
# The scheme of an address with a name before its host.
_NAMED = re.compile(r"(?<![\w/@.-])(?:https?|www)(?=(?:://|\.)[^\[/?#]{0,2000}@)")


def tidied(text: str) -> str:
    """``text`` in NFC, without invisible or forbidden characters, piles of accents, or one sign
    repeated dozens of times."""
    if not _STRANGE.search(text):
        return text
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    text = FORBIDDEN.sub("", unicodedata.normalize("NFC", text))
    for start, count in sorted(piles(text), reverse=True):
        text = text[: start + MOST_ACCENTS] + text[start + count :]
    return _REPEATED.sub(r"\1\1\1", text)


class Run(NamedTuple):
    """A piece of text in one style; ``\\n`` in it is a line break of the page."""

    text: str
    strong: bool = False
    emphasised: bool = False
    struck: bool = False
    code: bool = False
    # An address that a body may link to, escaped for Markdown.
    link: str = ""


class _Piece(NamedTuple):
    # Markdown, and the mark that goes around it if it can; ``[`` for a link, already written.
    text: str
    mark: str = ""


_MARKS = {"strong": "**", "emphasised": "*", "struck": "~~"}


def settled(runs: Iterable[Run]) -> list[Run]:
    """The runs of one block: neighbours of one style joined, blanks single, none at either end of
    the block or of a line."""
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
    """``text`` with each series of blanks as one space, as a browser shows it; no-break spaces
    stay."""
    return _BLANKS.sub(" ", text)


def written(runs: Sequence[Run]) -> str:
    """A paragraph of Markdown from settled runs, in lines of about ``LINE_SIGNS`` at most."""
    lines = unlinked(_markdown(runs)).split("\n")
    rows = ["\n".join(map(_escaped_start, _folded(line))) for line in map(str.strip, lines) if line]
    return "  \n".join(row for row in rows if row)


def paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Settled runs, cut into paragraphs where the page has two line breaks in a row."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = re.split(r"\n(?:\s*\n)+", run.text)
        parts[-1].append(run._replace(text=first))
        parts += [[run._replace(text=text)] for text in rest]
    return [part for part in map(settled, parts) if part]


def in_one_line(runs: Iterable[Run], *, strong: bool = True) -> str:
    """The Markdown of runs on one line, for a heading or a cell; ``strong=False`` drops bold."""
    flat = [run._replace(strong=run.strong and strong) for run in _flat(runs)]
    return unlinked(_markdown(settled(flat))).strip()


def unlinked(markdown: str) -> str:
    """``markdown`` in which an address with a name before its host, which a body refuses (E330), is
    plain text instead of a link.

    >>> print(unlinked("https://moi:mot@a.example.org `https://b@c`"))
    https\\://moi:mot\\@a.example.org `https://b@c`
    >>> print(unlinked("https://moi&commat;a.example.org"))
    https\\://moi\\@a.example.org
    """

    def plain(match: re.Match[str]) -> str:
        word = _AT.sub("@", match[0])
        if match[1] or "@" not in word:
            return match[0]
        text = _NAMED.sub(r"\g<0>\\", word)
        if text == word:
            return word
        return text.replace("@", r"\@")

    if _AT.search(markdown):
        return _WORDS.sub(plain, markdown)
    return markdown


def _flat(runs: Iterable[Run]) -> list[Run]:
    return [run._replace(text=run.text.replace("\n", " ")) for run in runs]


def _escaped_start(line: str) -> str:
    # ``line`` that begins neither a heading, a list, a quote nor a table.
    line = line.lstrip(" \t")
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    if _STARTS.match(line):
        return f"\\{line}"
    return line


def _folded(line: str) -> list[str]:
    # ``line`` in pieces of about ``LINE_SIGNS``, cut short where it goes on that long without a
    # blank.
    pieces: list[str] = []
    while len(line) > LINE_SIGNS:
        at = line.find(" ", LINE_SIGNS)
        if at < 0 or at > 2 * LINE_SIGNS:  # no text of words has that
            return [*pieces, line[:LINE_SIGNS]]
        pieces.append(line[:at])
        line = line[at + 1 :]
    return [*pieces, line]


def _markdown(runs: Sequence[Run], keys: tuple[str, ...] = ("link", *_MARKS, "code")) -> str:
    # Runs grouped by their first style among ``keys``; each group is written by the styles left.
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
            pieces += _linked(_markdown(_flat(inside), inner), value)
        elif value:
            pieces += _marked(_markdown(inside, inner), _MARKS[key])
        else:
            pieces.append(_Piece(_markdown(inside, inner)))
    return _joined([piece for piece in pieces if piece.text])


def _joined(shown: Sequence[_Piece]) -> str:
    # Pieces side by side; a mark that could not open or close where it stands is left out.
    out = ""
    for rank, (text, mark) in enumerate(shown):
        after = ""
        if rank + 1 < len(shown):
            after = shown[rank + 1].text[:1]
        if mark == "[":
            if out.endswith("!") and not out.endswith("\\!"):  # « ![ » begins a picture
                out = f"{out[:-1]}\\!"
        elif mark and _opens(out[-1:], text[0]) and _opens(after, text[-1]) and out[-1:] != mark[0]:
            text = f"{mark}{text}{mark}"
        out += text
    return out


def _marked(text: str, mark: str) -> list[_Piece]:
    # ``text`` as a marked piece, the blanks at both ends outside of the mark.
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
    # Whether a mark between two signs opens, or closes (« flanking » in CommonMark).
    return not _punctuation(inside) or not outside or outside.isspace() or _punctuation(outside)


def _punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def escaped(text: str) -> str:
    """``text`` with every sign that Markdown takes for a mark escaped; endless words are cut."""
    text = re.sub(rf"\S{{{_WORD_SIGNS},}}", lambda word: f"{word[0][:60]}…", text)
    noted = any(pattern.search(text) for pattern in (SUBSCRIPT_MARK, EXPONENT_MARK, FORMULA))
    text = _MARK_SIGNS.sub(r"\\\g<0>", text)
    if noted:
        return _MARKS_OF_SCIENCE.sub(r"\\\g<0>", text)
    return text
