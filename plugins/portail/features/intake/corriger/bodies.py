"""Repairs of a body: levels of headings, addresses, what Markdown does not know."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from portail.body.addresses import link_address
from portail.body.tags import advice, end_of_comment, end_of_tag, is_comment
from portail.diagnostics import Diagnostic
from portail.installed import entry_points
from portail.source.document import in_flow
from portail.source.loader import SourceFile
from portail.text.shapes import one_line

from .fields import proposal
from .sheet import Edit, Sheet


def heading_levels(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A heading of level 1 (E313) or that skips a level (E314), with those that depend on it."""
    edits: list[Edit] = []
    above: list[tuple[int, int]] = []
    for level, place in sheet.outline.headings:
        while above and above[-1][0] >= level:
            above.pop()
        wanted = min(above[-1][1] + 1, 6) if above else 2
        above.append((level, wanted))
        if wanted != level:
            edit = _marked(sheet, sheet.offset(*place), level, wanted)
            if edit is None:
                return []
            edits.append(edit)
    return edits


def _marked(sheet: Sheet, start: int, level: int, wanted: int) -> Edit | None:
    if set(sheet.text[start : sheet.line(start)[1]].split(maxsplit=1)[0]) == {"#"}:
        return Edit(start, start + level, "#" * wanted)
    if wanted != 2:
        return None
    for _ in range(5):
        first, last = sheet.line(start)
        row = sheet.text[first:last]
        if {*row.strip(" \t")} == {"="}:
            return Edit(first, last, row.replace("=", "-"))
        start = min(last + 1, len(sheet.text))
    return None


def without_scheme(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A URL without its scheme (E316), as the file spells it: a table has signs of its own."""
    start, end = sheet.span(item)
    url = link_address(sheet.text[start:end])
    if url.code == "E316":
        return [Edit(start, end, url.expected)]
    return []


def empty_heading(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A heading without a word (E319)."""
    first, last = sheet.line(sheet.span(item)[0])
    alone = "".join(sheet.text[first:last].split()).strip("#") == ""
    if alone:
        return [Edit(*_lines(sheet, first, last), "")]
    return []


def attributes(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A list of attributes (A327), which would be shown as it is."""
    return [_without(sheet, *sheet.span(item))]


def comment(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """A comment (E312), which would be shown as it is; an instruction or a declaration is left."""
    start, _ = sheet.span(item)
    stop = start
    while sheet.text[slice(*sheet.line(stop))].strip():
        stop = sheet.line(stop)[1] + 1
    end = end_of_comment(sheet.text[:stop], start)
    written = sheet.text[start:end]
    whole = written.startswith("<!--") and written.endswith("-->")
    if whole:
        return [_without(sheet, start, end)]
    return []


def _without(sheet: Sheet, start: int, end: int) -> Edit:
    # The removal of a piece, with its lines or the blanks before it when nothing needs them.
    first = sheet.line(start)[0]
    last = sheet.line(end)[1]
    before = sheet.text[first:start]
    after = sheet.text[end:last]
    if not before.strip() and not after.strip():
        return Edit(*_lines(sheet, first, last), "")
    if before.strip() and (not after or after[0] in " \t.,;:)"):
        start -= len(before) - len(before.rstrip(" \t"))
    return Edit(start, end, "")


def _lines(sheet: Sheet, first: int, last: int) -> tuple[int, int]:
    end = min(last + 1, len(sheet.text))
    stop = sheet.line(end)[1]
    above = sheet.text[: max(first - 1, 0)].rpartition("\n")[2]
    if not above.strip() and end < stop + 1 <= len(sheet.text) and not sheet.text[end:stop].strip():
        end = min(stop + 1, len(sheet.text))
    return first, end


# Repairs of HTML written in a body (E311) or in a field (E246).

_NAME = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_TAG = re.compile(r"<[^<>]*>")
# Markdown among tags: what writes it again would show its marks.
_WRITTEN = re.compile(r"[*_`~\[|]|^[ \t]*(?:[#>+-]|\d+[.)])[ \t#]|\n[ \t]*\n[ \t]*\S", re.MULTILINE)
# Group of the entry point ``default`` of what writes HTML as Markdown.
GROUP = "portail.conversions"
_BOXES = frozenset("p div center section article header footer main body html".split())
_BLOCKS = _BOXES | frozenset("h1 h2 h3 h4 h5 h6 ul ol blockquote hr table pre".split())
# Elements whose words stay when they go.
_TRANSPARENT = _BOXES | frozenset("span font u ins small big".split())
_ADVISED = frozenset({"iframe", "video", "audio", "embed", "img", "sup", "sub"})
_VOID = frozenset({"br", "hr", "img", "wbr", "meta", "link", "base", "embed"})
_ORPHANS = frozenset("span font p div center u small big section article".split())
_BRACKETS = 600
# An element that holds more « < », or characters, is left to its author.
_FRAGMENT = 30_000
_NEXT = re.compile(r"[ \t]*(?:\n[ \t]*)*(?=<)")
_CONTAINER = re.compile(r"[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])")
_ITALICS = re.compile(r"<(i|em)\b[^<>]*>\s*([^<>*]*[^<>*\s])\s*</\1\s*>", re.IGNORECASE)
_PARTS = re.compile(r"</?(?:p|br)\b[^<>]*>", re.IGNORECASE)
_PLAIN = re.compile(r"</?(?:i|em|b|strong|u|span|font|small|big)\b[^<>]*>", re.IGNORECASE)


def html_in_body(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """An element with all that it holds, in Markdown; around Markdown, its tags go, as one that
    closes nothing does."""
    start, _ = sheet.span(item)
    name, opened, end = _element(sheet.text, start)
    if opened is None:
        return []
    if end is None:
        if name[0] == "/" or name in _ORPHANS:
            return [Edit(start, opened, "")]
        return []
    if name == "br":
        return [_line_break(sheet.text, start, end)]
    tag = sheet.text[start:opened]
    told = name in _ADVISED and (name != "img" or "alt=" in tag)
    if told and (paste := advice(tag, sheet.text[start:end]).paste):
        return [Edit(start, end, paste)]
    for stop in dict.fromkeys((_run(sheet.text, end, _BLOCKS) if name in _BLOCKS else end, end)):
        fragment = sheet.text[start:stop]
        words = _TAG.sub("", fragment)
        text = None if _WRITTEN.search(words) else _converted(fragment)
        if text is None:
            continue
        if not text.strip():
            return [_without(sheet, start, stop)]
        if name in _BLOCKS:
            return _apart(sheet, start, stop, text)
        head, tail = (words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :])
        return [Edit(start, stop, f"{head}{text}{tail}")]
    closing = sheet.text.rfind("<", opened, end)
    if name not in _TRANSPARENT or closing < 0:
        return []
    if name in _BLOCKS and not sheet.text[end : sheet.line(end)[1]].strip():
        closing = max(opened, len(sheet.text[:closing].rstrip()))
        return [_without(sheet, start, opened), Edit(closing, end, "")]
    return [_without(sheet, start, opened), _without(sheet, closing, end)]


def _converted(fragment: str) -> str | None:
    # A fragment of HTML in Markdown, by what reads that of others when it is installed.
    convert = next((point.load() for point in entry_points(group=GROUP, name="default")), None)
    text: str | None = convert(fragment) if convert else None
    return text


def _element(text: str, start: int) -> tuple[str, int | None, int | None]:
    # Name of the tag at ``start`` (« /p »), end of the tag, end of the element that it opens.
    named = _NAME.match(text, start)
    opened = end_of_tag(text, start)
    if named is None or opened is None:
        return "", None, None
    name = f"{named[1]}{named[2].lower()}"
    end = None if named[1] else opened if name in _VOID else _closing(text, opened, name)
    return name, opened, end


def _run(text: str, end: int, blocks: Container[str]) -> int:
    start = end
    while at := _NEXT.match(text, end):
        name, _, stop = _element(text, at.end())
        if name not in blocks or stop is None or stop - start > _FRAGMENT:
            break
        end = stop
    return end


def html_in_field(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    """Tags of a field: italics become ``*…*``, others go and their text stays."""
    field = sheet.value_at(item)
    if field is None or "\\" in field.text:
        return []
    text = _ITALICS.sub(r"*\2*", field.text)
    text = one_line(_PLAIN.sub("", _PARTS.sub(" ", text)))
    if "<" in text:
        return []
    return [Edit(*sheet.bounds(field.node), in_flow(text))]


def _closing(text: str, start: int, name: str) -> int | None:
    depth = 1
    brackets = 0
    at = text.find("<", start)
    while at >= 0 and brackets < _BRACKETS and at - start < _FRAGMENT:
        brackets += 1
        if is_comment(text, at):
            at = text.find("<", end_of_comment(text, at))
            continue
        named = _NAME.match(text, at)
        if named and named[2].lower() == name and end_of_tag(text, at) is not None:
            depth += -1 if named[1] else 1
            if not depth:
                return end_of_tag(text, at)
        at = text.find("<", at + 1)
    return None


def _line_break(text: str, start: int, end: int) -> Edit:
    # A break; two in a row, or one beside a blank line or the end, are another paragraph.
    before = len(text[:start]) - len(text[:start].rstrip(" \t"))
    stop = _past_line_end(text, end, unless="\n")
    following = text[stop : stop + 3].lower()
    if following == "<br":
        again = end_of_tag(text, stop) or stop
        return Edit(start - before, _past_line_end(text, again), "\n\n")
    if not following.strip() or following[0] == "\n":
        row = text[end:].partition("\n")[0]
        return Edit(start - before, end + len(row) - len(row.lstrip(" \t")), "")
    return Edit(start - before, stop, "\\\n")


def _past_line_end(text: str, at: int, unless: str = "") -> int:
    """Where the next word may begin: behind blanks and one end of line, which no ``unless``
    follows."""
    rest = text[at:].lstrip(" \t")
    if rest[:1] == "\n" and (not unless or rest[1:2] != unless):
        rest = rest[1:].lstrip(" \t")
    return len(text) - len(rest)


def _apart(sheet: Sheet, start: int, end: int, text: str) -> list[Edit]:
    # Blocks on lines of their own; in a list or a quotation, a paragraph alone, in its place.
    first = sheet.line(start)[0]
    last = sheet.line(end)[1]
    before = sheet.text[first:start]
    after = sheet.text[end:last]
    previous = sheet.text[: max(first - 1, 0)].rpartition("\n")[2]
    if _CONTAINER.match(before) or (before[:2].isspace() and _goes_on(sheet, first)):
        alone = "\n" not in sheet.text[start:end] and "\n" not in text
        if alone and not after.strip():
            return [Edit(start, end, text)]
        return []
    if not before.strip():
        start = first
        head = "\n" if previous.strip() and first > sheet.body_start else ""
    else:
        start -= len(before) - len(before.rstrip(" \t"))
        head = "\n\n"
    if after.strip():
        return [Edit(start, end + len(after) - len(after.lstrip(" \t")), f"{head}{text}\n\n")]
    following = sheet.text[last + 1 :].partition("\n")[0]
    tail = "\n" if following.strip() else ""
    return [Edit(start, last, f"{head}{text}{tail}")]


def _goes_on(sheet: Sheet, first: int) -> bool:
    rows = sheet.text[sheet.body_start : max(first - 1, sheet.body_start)].split("\n")
    above = next((row for row in reversed(rows) if row.strip()), "")
    return _CONTAINER.match(above) is not None or above[:2].isspace()


# Code of a content named as it was before, which the other files show.
RENAMED = "C406"


def renamed(data: bytes, file: SourceFile, report: Iterable[Diagnostic]) -> tuple[bytes, int]:
    """The bytes of ``file`` with the names that ``report`` gives, and how many there are."""
    items = [it for it in report if it.code == RENAMED and it.position.path == file.path]
    try:
        sheet = Sheet(file, data.decode("utf-8"))
    except UnicodeDecodeError:
        return data, 0
    edits: set[Edit] = set()
    for item in items:
        edits.update(proposal(sheet, item))
    return (sheet.mended(edits).raw.encode() if edits else data), len(edits)
