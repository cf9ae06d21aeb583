"""Blocks as GitHub reads them (markdown-it), with boxes, notes, definitions, abbreviations, and
places of the cells of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as read_table

from portail.late import expression

from .document import Note, label_key, of

# Deepest nesting of quotes, lists and boxes.
DEPTH = 20

_ALL = ["paragraph", "reference", "blockquote", "list"]
_CELL = expression(r"(?:[^|\\]|\\.|\\$)*")


class Box(NamedTuple):
    """A sort of box: its class in the page and the word it begins with."""

    name: str
    title: str


# Boxes by the word written in the source, in lower case: GitHub's five, and French ones.
BOXES: Mapping[str, Box] = MappingProxyType(
    {
        **dict.fromkeys(("note", "important", "a-retenir"), Box("a-retenir", "À retenir")),
        **dict.fromkeys(("tip", "definition"), Box("definition", "Définition")),
        **dict.fromkeys(("warning", "caution", "attention"), Box("attention", "Attention")),
    }
)

_ALERT = expression(r"\[!([A-Za-z-]+)\][ \t]*")
_ADMONITION = expression(r"!!! ?([\w-]+)[ \t]*(?:\"([^\"\n]*)\"[ \t]*)?$", re.MULTILINE)
_NOTE = expression(r"\[\^([^\]\s]+)\]:[ \t]*")
_ABBREVIATION = expression(r"\*\[([^\[\]\\\n]*[^\[\]\\\s][^\[\]\\\n]*)\]:[ \t]*(.*\S)")
_DEFINITION = expression(r":(?=[ \t]+\S)")
_UNDERLINE = expression(r"=+[ \t]*$", re.MULTILINE)
_INDENT = 4
_SIGNS = {"fence": "`~", "blockquote": ">", "hr": "*-_", "heading": "#", "reference": "["}
_SIGNS |= {"list": "*+-0123456789", "ours": "![*$"}
"""By which the blocks of a rule begin: it need not be asked about the others."""


class TooDeep(Exception):
    """Blocks are nested beyond ``DEPTH``, from ``offset`` of the source on."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Blocks(ParserBlock):
    """The blocks of a body; raises ``TooDeep``."""

    def __init__(self) -> None:
        super().__init__()
        rules = self.ruler
        rules.disable("html_block")
        rules.at("table", _table, {"alt": ["paragraph", "reference"]})
        rules.before("table", "alert", _alert)
        rules.before("reference", "ours", _ours, {"alt": _ALL})
        rules.before("lheading", "definitions", _definitions, {"alt": ["paragraph"]})
        for rule in rules.__rules__:
            if signs := _SIGNS.get(rule.name):
                rule.fn = _begun(signs, rule.fn)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """Read the inside of a container."""
        document = of(state)
        if document.depth > DEPTH:
            raise TooDeep(_start(state, startLine))
        document.depth += 1
        super().tokenize(state, startLine, endLine)
        document.depth -= 1


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _begun(signs: str, rule: RuleFuncBlockType) -> RuleFuncBlockType:
    def read(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        start = state.bMarks[startLine] + state.tShift[startLine]
        return state.src[start : start + 1] in signs and rule(state, startLine, endLine, silent)

    return read


def _ours(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    # Read one of our own blocks, told apart by its first character.
    start = _start(state, startLine)
    rule = _STARTERS.get(state.src[start : start + 1])
    if rule is None or state.is_code_block(startLine):
        return False
    return rule(state, startLine, endLine, silent)


def _inside(state: StateBlock, line: int, end: int, start: int, indent: int) -> bool:
    # Read the blocks of an item whose text begins at ``start``; its other lines are indented.
    # Returns whether the item is tight (CommonMark: no blank line between two blocks).
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    outer = state.blkIndent, state.parentType, state.tight, state.listIndent
    state.blkIndent = indent
    state.bMarks[line], state.tShift[line], state.sCount[line] = start, 0, indent
    state.parentType = "list"
    state.tight = True
    state.listIndent = -1
    state.md.block.tokenize(state, line, end)
    tight = state.tight
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved
    state.blkIndent, state.parentType, state.tight, state.listIndent = outer
    return tight


# Boxes, written as GitHub alerts (``> [!NOTE]``) or as ``!!! note``.


def _alert(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    if silent or not state.tokens or state.tokens[-1].type != "blockquote_open":
        return False
    match = _ALERT.match(state.src, _start(state, startLine), state.eMarks[startLine])
    if match is None or state.is_code_block(startLine):
        return False
    box = BOXES.get(match[1].lower())
    if box is None:
        return False
    quote = state.tokens[-1]
    quote.type = "box_open"
    quote.tag = "aside"
    quote.meta = {"box": box}
    _title(state, startLine, match.end(), state.eMarks[startLine])
    state.line = startLine + 1
    if state.line < endLine and state.sCount[state.line] < 0:
        state.sCount[state.line] = 0  # a line without its mark: it begins the text of the box
    return True


def _admonition(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Read a box written ``!!! note "Titre"``, its text indented by four spaces."""
    start = _start(state, startLine)
    match = _ADMONITION.match(state.src, start, state.eMarks[startLine])
    if match is None:
        return False
    box = BOXES.get(match[1].lower())
    if box is None or silent:
        return box is not None
    state.push("box_open", "aside", 1).meta = {"box": box}
    _title(state, startLine, max(match.start(2), start), match.end(2))
    state.line = end = startLine + 1
    saved = state.blkIndent, state.parentType, state.lineMax
    state.blkIndent = state.blkIndent + _INDENT
    state.parentType = "box"
    while end < endLine and (state.isEmpty(end) or state.sCount[end] >= state.blkIndent):
        end += 1
    state.lineMax = end  # what is not indented belongs to no paragraph of the box
    state.md.block.tokenize(state, startLine + 1, end)
    state.blkIndent, state.parentType, state.lineMax = saved
    state.push("box_close", "aside", -1)
    return True


def _title(state: StateBlock, line: int, start: int, end: int) -> None:
    state.push("box_title_open", "p", 1)
    _line(state, line, start, end)
    state.push("box_title_close", "p", -1)


def _line(state: StateBlock, line: int, start: int, end: int) -> None:
    text = ""
    if end > start:
        text = state.src[start:end]
    token = state.push("inline", "", 0)
    token.content = text.strip(" \t")
    token.map = [line, line + 1]
    token.meta = {"start": start + len(text) - len(text.lstrip(" \t"))}


# Definitions that show nothing where they stand: notes, abbreviations.


def _note(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    start = _start(state, startLine)
    match = _NOTE.match(state.src, start, state.eMarks[startLine])
    if match is None:
        return False
    if silent:
        return True
    document = of(state)
    key = label_key(match[1])
    document.notes.setdefault(key, Note(match[1], document.place(start)))
    state.push("note_open", "li", 1).meta = {"key": key, "start": start}
    state.line = startLine + 1
    _inside(state, startLine, endLine, match.end(), state.blkIndent + _INDENT)
    state.push("note_close", "li", -1)
    return True


def _abbreviation(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    start = _start(state, startLine)
    match = _ABBREVIATION.match(state.src, start, state.eMarks[startLine])
    if match is None:
        return False
    if not silent:
        of(state).abbreviations.setdefault(match[1].strip(), match[2])
        state.line = startLine + 1
    return True


# A formula set apart: between two ``$$``, alone on its lines.


def _formula(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    start = _start(state, startLine)
    if not state.src.startswith("$$", start):
        return False
    line = startLine
    lines = []
    while line < endLine and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        begin = start + 2 if line == startLine else _start(state, line)
        lines.append(state.src[begin : state.eMarks[line]].rstrip())
        if lines[-1].endswith("$$"):
            break
        line += 1
    else:
        return False
    content = "\n".join(lines).removesuffix("$$").strip()
    if not content or "$" in content.replace("\\$", ""):
        return False
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = content
        token.map = [startLine, line + 1]
        token.meta = {"start": start}
        state.line = line + 1
    return True


_STARTERS = {"!": _admonition, "[": _note, "*": _abbreviation, "$": _formula}


# Definition lists: terms, each on its line, then definitions that begin with a colon.


def _definitions(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    document = of(state)
    if silent:  # after a definition, the next one: it goes on with no paragraph
        match = _DEFINITION.match(state.src, _start(state, startLine), state.eMarks[startLine])
        return bool(document.defining and state.sCount[startLine] < state.blkIndent and match)
    first = None
    if document.defines:
        first = _first_definition(state, startLine, endLine)
    if first is None:
        return False
    if state.tokens and state.tokens[-1].type == "dl_close":
        state.tokens.pop()
        state.level += 1
    else:
        state.push("dl_open", "dl", 1)
    for line in range(startLine, first):
        if not state.isEmpty(line):
            state.push("dt_open", "dt", 1)
            _line(state, line, _start(state, line), state.eMarks[line])
            state.push("dt_close", "dt", -1)
    line = first
    document.defining += 1
    while line < endLine and (colon := _colon(state, line)):
        _definition(state, line, endLine, colon)
        line = state.skipEmptyLines(state.line)
    document.defining -= 1
    state.push("dl_close", "dl", -1)
    return True


def _definition(state: StateBlock, line: int, endLine: int, colon: int) -> None:
    text = state.skipSpaces(colon)
    width = text if text - colon <= _INDENT else colon + 1
    state.push("dd_open", "dd", 1)
    first = len(state.tokens)
    if _inside(state, line, endLine, text, state.sCount[line] + width - _start(state, line)):
        for token in state.tokens[first:]:
            if token.level == state.level and token.type.startswith("paragraph"):
                token.hidden = True
    state.push("dd_close", "dd", -1)


def _colon(state: StateBlock, line: int) -> int:
    deep = state.sCount[line] >= state.blkIndent and not state.is_code_block(line)
    match = None
    if deep:
        match = _DEFINITION.match(state.src, _start(state, line), state.eMarks[line])
    if match:
        return match.end()
    return 0


def _first_definition(state: StateBlock, startLine: int, endLine: int) -> int | None:
    rules = state.md.block.ruler.getRules("paragraph")
    for line in range(startLine + 1, endLine):
        if state.isEmpty(line):
            after = line + 1
            if after < endLine and _colon(state, after):
                return after
            return None
        if _colon(state, line):
            return line
        if state.sCount[line] < state.blkIndent or _UNDERLINE.match(state.src, _start(state, line)):
            return None
        if any(rule(state, line, endLine, True) for rule in rules):
            return None
    return None


# Tables: GitHub's, where no cell is lost.


def _table(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    # Read a table; give each cell its place, and to the last those that its row has in excess.
    first = len(state.tokens)
    if not read_table(state, startLine, endLine, silent):
        return False
    cells: list[tuple[str, int]] = []
    for token in state.tokens[first:]:
        if token.type == "tr_open":
            assert token.map is not None
            cells = _cells(state, token.map[0])
        elif token.type == "inline":
            token.content, token.meta["start"] = cells.pop(0) if cells else ("", 0)
            last = token
        elif token.type == "tr_close" and cells:
            last.content = " | ".join([last.content, *(text for text, _ in cells)])
    return True


def _cells(state: StateBlock, line: int) -> list[tuple[str, int]]:
    # The cells of a row, each with its offset; in their text ``\|`` is a pipe.
    at = _start(state, line)
    end = state.eMarks[line]
    while state.src[end - 1] in " \t":
        end -= 1
    at += state.src[at] == "|"
    cells: list[tuple[str, int]] = []
    while at < end or not cells:
        match = _CELL.match(state.src, at, end)
        assert match is not None
        indent = len(match[0]) - len(match[0].lstrip(" \t"))
        cells.append((match[0].strip(" \t").replace("\\|", "|"), at + indent))
        at = match.end() + 1
    return cells
