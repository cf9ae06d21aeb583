"""Emphasis, strong emphasis and strikethrough, by the rules of CommonMark and GitHub.

Python-Markdown's own processor loses count after an unpaired sign (``x*y **b** 2 * 3 *c*`` gives
an empty emphasis), which texts on science do write.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

from portail.body.document import Rendering
from portail.body.inline import Match, OurInline
from portail.body.positions import protected

_RUN = re.compile(r"\*+|_+|~+")
_SIGN = re.compile(r"[*_~]")
_TAGS = {("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong"}
# A placeholder stands for code, a link, an escaped sign: all of them end in punctuation.
_PLACEHOLDERS = "\x02\x03"


@dataclass(slots=True)
class _Run:
    """A run of one sign: what is left of it, and what it may do."""

    sign: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Region:
    """What two runs enclose: from ``start`` to ``end``, the text being between the inner bounds."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    tag: str
    children: list[_Region] = field(default_factory=list)


_Bottoms: TypeAlias = dict[tuple[str, bool, int], int]


class Emphasis(OurInline):
    """``*…*``, ``**…**``, ``_…_``, ``__…__``, ``~…~`` and ``~~…~~``."""

    def __init__(self, md: Rendering) -> None:
        super().__init__(r"[*_~]", md)
        # Regions still to give for the text at hand, last first, placed from its end: what
        # comes before them changes with each answer, what comes after does not.
        self._rest: list[_Region] = []
        self._length = 0

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        """Answer for the sign that was found; see ``Match``."""
        if not self._rest:
            self._rest = _regions(data, m.start())[::-1]
            self._length = len(data)
        if not self._rest:
            return None, m.start(), len(data)
        region = self._rest.pop()
        shift = len(data) - self._length
        return _element(region, data, shift), region.start + shift, region.end + shift


def _element(region: _Region, data: str, shift: int) -> Element:
    element = Element(region.tag)
    at = region.inner_start
    last: Element | None = None
    for child in region.children:
        _put(element, last, data[at + shift : child.start + shift])
        last = _element(child, data, shift)
        element.append(last)
        at = child.end
    _put(element, last, data[at + shift : region.inner_end + shift])
    return element


def _put(element: Element, last: Element | None, text: str) -> None:
    """Add ``text``; signs left alone in it stay so when Python-Markdown comes back to it."""
    text = _SIGN.sub(lambda found: protected(found[0]), text)
    if last is None:
        element.text = text
    else:
        last.tail = text


def _regions(data: str, start: int) -> list[_Region]:
    """The outermost regions of ``data`` from ``start`` on, in order."""
    runs = [_run(data, found) for found in _RUN.finditer(data, start)]
    pairs = sorted(_pairs(runs), key=lambda region: region.start)
    outermost: list[_Region] = []
    opened: list[_Region] = []
    for region in pairs:
        while opened and opened[-1].end <= region.start:
            opened.pop()
        (opened[-1].children if opened else outermost).append(region)
        opened.append(region)
    return outermost


def _run(data: str, found: re.Match[str]) -> _Run:
    before = data[found.start() - 1] if found.start() else " "
    after = data[found.end()] if found.end() < len(data) else " "
    before_space, after_space = before.isspace(), after.isspace()
    before_sign, after_sign = _is_sign(before), _is_sign(after)
    left = not after_space and (not after_sign or before_space or before_sign)
    right = not before_space and (not before_sign or after_space or after_sign)
    opens, closes = left, right
    if found[0][0] == "_":
        opens = left and (not right or before_sign)
        closes = right and (not left or after_sign)
    length = found.end() - found.start()
    return _Run(found[0][0], found.start(), found.end(), length, opens, closes)


def _is_sign(character: str) -> bool:
    if character in _PLACEHOLDERS or character >= "\U000f0000":
        return True
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"


def _pairs(runs: list[_Run]) -> list[_Region]:
    """The regions that ``runs`` make, each closing run taking the nearest opening one it may."""
    regions: list[_Region] = []
    openers: list[_Run] = []
    bottoms: _Bottoms = {}
    for run in runs:
        left = run.end - run.start
        while run.closes and left:
            key = (run.sign, run.opens, run.length % 3 if run.sign != "~" else run.length)
            found = _opener(openers, run, bottoms.get(key, 0))
            if found is None:
                bottoms[key] = len(openers)
                break
            opener = openers[found]
            del openers[found + 1 :]
            bottoms = {key: min(rank, found) for key, rank in bottoms.items()}
            size = _size(opener, run, left)
            at = run.end - left
            tag = _TAGS.get((run.sign, size), "del")
            regions.append(_Region(opener.end - size, opener.end, at, at + size, tag))
            opener.end -= size
            left -= size
            if opener.end == opener.start:
                openers.pop()
        if run.opens and left:
            run.start = run.end - left
            openers.append(run)
    return regions


def _size(opener: _Run, closer: _Run, left: int) -> int:
    """How many signs of both runs a pair takes."""
    if closer.sign == "~":
        return closer.length
    return 2 if left >= 2 and opener.end - opener.start >= 2 else 1


def _opener(openers: list[_Run], closer: _Run, bottom: int) -> int | None:
    for rank in range(len(openers) - 1, bottom - 1, -1):
        opener = openers[rank]
        if opener.sign != closer.sign:
            continue
        if closer.sign == "~":
            if opener.length == closer.length <= 2:
                return rank
            continue
        ambiguous = closer.opens or opener.closes
        if (
            ambiguous
            and (opener.length + closer.length) % 3 == 0
            and (opener.length % 3 or closer.length % 3)
        ):
            continue
        return rank
    return None
