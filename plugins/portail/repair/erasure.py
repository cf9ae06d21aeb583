"""Taking a person out of a text: fields are mended, words of a body only when asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from portail.diagnostics import Severity
from portail.model.scalars import Reading
from portail.repair.sheet import Edit, Found, Sheet
from portail.site.draft import read_document
from portail.source.document import Node
from portail.source.loader import SourceFile
from portail.text.normalise import fold, slugify
from portail.text.persons import Mention, Person

SOMEONE = "Une personne"
"""What a field says where it must say something."""

_CREDIT = frozenset(
    "c credit credits photo photos photographie photographies image images illustration dessin "
    "par de d auteur autrice texte et orcid https org mailto".split()
)
"""Words beside a name that say nothing without it."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?(?:\s+\"[^\"]*\")?\s*\)")
_ANCHOR = re.compile(r"<a [^<>]*?href=\\?\"([^\"<>]*?)\\?\"[^<>]*>(.*?)</a>", re.DOTALL)
_AROUND = re.compile(r"[^\s<>()\[\]\"'«»`|,;]+")
_ROW = re.compile(r"^( *)- *\{? *ref: *[\"']?([^\s\"',}]+).*\n?(?:\1 +.*\n?)*", re.MULTILINE)
"""A content of the register of those taken back."""
_LEFT = re.compile(_AROUND.pattern + r"\Z")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_BEGINS = re.compile(
    r"(?:\A|[.!?…]\s+|\n\s*\n|^[ \t]*(?:[-*>#]+[ \t]+)?|\w: +['\"]?)\Z", re.MULTILINE
)
_OF = re.compile(r"\b([Dd]|[Qq]u)e \Z")
_STRUCTURE = re.compile(r"[\",;:\n{}\[\]]")
_MANY = 200
"""Edits of one file at most: each is followed by a reading."""


class Erasure(Struct, frozen=True):
    """Who goes, and what else changes with them."""

    person: Person
    words: str = ""
    """What stands for the person in sentences; empty: they are left for somebody to write."""
    gone: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Names of medias, of texts without their suffix, of folders, that change → the new ones."""
    siteurl: str = ""

    def leads_away(self, target: str) -> bool:
        """Whether an address is that of a page that goes."""
        path = target.removeprefix(self.siteurl).partition("#")[0].removesuffix("/")
        path = path.removesuffix(".md").lstrip("./")
        slugs = {ref.partition("/")[2] for ref in self.gone} - {""}
        return path in slugs or any(f"/{path}".endswith(f"/{ref}") for ref in self.gone)


def erase_document(text: str, file: SourceFile, reading: Reading, what: Erasure) -> str:
    """A content without the person, in sentences only if ``what.words``, and with no new error."""
    body = _renamed(_unlinked(text, what), what)
    sheet = Sheet(file, body)
    left: set[tuple[str, int]] = set()
    for _ in range(_MANY):
        alone = (one for one in _alone(sheet, what) if (one.text, one.node.line) not in left)
        found = next(alone, None)
        if found is None:
            break
        tries, errors = _tries(sheet, found), _errors(sheet, reading)
        better = next((one for one in tries if not _errors(one, reading) - errors), None)
        if better is None:
            left.add((found.text, found.node.line))
        sheet = better or sheet
    return _reworded(sheet.raw, what, structured=False) if what.words else sheet.raw


def erase_text(text: str, what: Erasure, *, structured: bool) -> str:
    """The same of any text; in what is ``structured`` (JSON, CSV) a mention across values stays."""
    text = _renamed(_unlinked(text, what), what)
    text = _ROW.sub(lambda row: "" if says_only(row[2], what) else row[0], text)
    return _reworded(text, what, structured=structured) if what.words else text


def renamed_path(path: str, what: Erasure) -> str:
    """Where a file goes; ``path`` itself when its name says nothing."""

    def renamed(step: str) -> str:
        stem = step.removesuffix(".md")
        return what.renamed.get(step) or what.renamed.get(stem, stem) + step[len(stem) :]

    return "/".join(map(renamed, path.split("/")))


def _renamed(text: str, what: Erasure) -> str:
    """References to files that change their names; the addresses of other sites stay."""
    if not what.renamed:
        return text
    names = "|".join(sorted(map(re.escape, what.renamed), key=len, reverse=True))

    def write(match: re.Match[str]) -> str:
        around = text[slice(*_around(text, match.start(), match.end()))]
        ours = what.siteurl and f"{what.siteurl}/" in around
        elsewhere = "@" in around or ("://" in around and not ours)
        return match[0] if elsewhere else what.renamed[match[0]]

    return re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", write, text)


def _unlinked(text: str, what: Erasure) -> str:
    """Links to pages that go, and to sites of the person if sentences change, as words alone."""

    def kept(target: str) -> bool:
        if what.leads_away(target):
            return False
        far = "://" in target or target.startswith("mailto:")
        named = any(one.sure for one in what.person.mentions(target))
        return not (what.words and far and named)

    text = _LINK.sub(lambda one: one[0] if kept(one[2]) else one[1], text)
    return _ANCHOR.sub(lambda one: one[0] if kept(one[1]) else one[2], text)


def _alone(sheet: Sheet, what: Erasure) -> Iterator[Found]:
    """Scalars written on one line that say the person and nothing else; a title is a sentence."""
    for found in sheet.nodes():
        holder = found.holder.value
        title = found.holder is sheet.root and isinstance(holder, dict)
        if title and isinstance(holder, dict) and holder.get("titre") is found.node:
            continue
        if found.text and found.node.length and says_only(found.text, what):
            yield found


def says_only(value: str, what: Erasure) -> bool:
    """Whether a value is the name alone, or a credit, an address, a page of the person."""
    if what.leads_away(value):
        return True
    sure = [one for one in what.person.mentions(value) if one.sure]
    if not sure:
        return False
    if "://" in value and not re.search(r"\s", value.strip()):
        return True
    rest = value
    for one in reversed(sure):
        rest = rest[: one.start] + " " + rest[one.end :]
    return _CREDIT.issuperset(re.findall(r"[^\W_]+", fold(rest)))


def _tries(sheet: Sheet, found: Found) -> Iterator[Sheet]:
    """The sheet without the value, else with other words for it, else without what holds it."""
    holders = {id(one.node): one.holder for one in sheet.nodes()}
    if edit := _removal(sheet, found.node, found.holder, holders):
        yield sheet.mended([edit])
    yield sheet.mended([Edit(*sheet.bounds(found.node), SOMEONE)])
    node = found.holder
    while id(node) in holders:
        if edit := _removal(sheet, node, holders[id(node)], holders):
            yield sheet.mended([edit])
        node = holders[id(node)]


def _removal(sheet: Sheet, node: Node, holder: Node, holders: Mapping[int, Node]) -> Edit | None:
    """What takes ``node`` away, with a holder left empty; ``None`` when it is oddly written."""
    if len(holder.value) == 1 and id(holder) in holders:
        return _removal(sheet, holder, holders[id(holder)], holders)
    line, column = (node.key or (node.line, node.column))[:2]
    start = sheet.offset(line, column)
    first, _ = sheet.line(start)
    before = sheet.text[first:start]
    if before.strip() in ("", "-") and (not before.strip() or isinstance(holder.value, list)):
        return Edit(first, _block_end(sheet, first, len(before.rstrip("- "))), "")
    return _flow_removal(sheet, node, start)


def _block_end(sheet: Sheet, first: int, indent: int) -> int:
    """End of the lines at ``first`` and of those below, to the right or listed, of the same."""
    end = sheet.whole_line(first)[1]
    opens = sheet.text[first:end].rstrip().endswith(":")
    while end < sheet.body_start:
        after = sheet.text[end : sheet.line(end)[1]]
        depth = len(after) - len(after.lstrip())
        listed = opens and depth == indent and after.lstrip().startswith("- ")
        if not after.strip() or not (depth > indent or listed):
            break
        end = sheet.whole_line(end)[1]
    return end


def _flow_removal(sheet: Sheet, node: Node, start: int) -> Edit | None:
    """One value of a list or group between brackets, with the comma that parted it."""
    if not isinstance(node.value, str) or not node.length:
        return None
    end = sheet.bounds(node)[1]
    after = re.compile(r"\s*,\s*").match(sheet.text, end)
    if after:
        return Edit(start, after.end(), "")
    before = re.search(r"\s*,\s*\Z", sheet.text[:start])
    return Edit(before.start(), end, "") if before else None


def _errors(sheet: Sheet, reading: Reading) -> Counter[str]:
    loaded, _ = read_document(sheet.raw.encode(), sheet.file, reading)
    return Counter(one.code for one in loaded.diagnostics if one.severity is Severity.ERREUR)


def _reworded(text: str, what: Erasure, *, structured: bool) -> str:
    """Every sure mention replaced by ``what.words``, in the form that the place asks."""
    for one in reversed(what.person.mentions(text)):
        spread = _spread(text, one)
        if not one.sure or spread is None:
            continue
        start, end = spread
        said = text[start:end]
        if structured and (_STRUCTURE.search(said) or "://" in said):
            continue
        text = _fitted(text[:start], said, what.words) + text[end:]
    return text


def _spread(text: str, one: Mention) -> tuple[int, int] | None:
    """A mention with its whole address or bracket; ``None`` once a later one has covered it."""
    start, end = one.start, one.end
    if end > len(text):
        return None
    first, last = _around(text, start, end)
    if "://" in text[first:last] or "@" in text[first:last]:
        return first, last
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    for mark in ("**", "*", "_"):
        if text.count(mark, start, end) % 2 and "-" not in text[start:end]:
            start -= len(mark) * text.endswith(mark, 0, start)
            end += len(mark) * (text.startswith(mark, end) and not text.startswith(mark, start))
    return start, end


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of what stands around a place up to blanks, brackets and quotes."""
    left = _LEFT.search(text[max(0, start - 2_000) : start])
    right = _AROUND.match(text, end)
    first = start - len(left[0]) if left else start
    return first, end + len(right[0].rstrip(".:!?\\")) if right else end


def _fitted(before: str, said: str, words: str) -> str:
    if _SLUG.fullmatch(said) and not said.isalpha() and "@" not in said:
        return before + slugify(words)
    if fold(words)[0] in "aeiouyh" and _OF.search(before):
        return f"{before[:-2]}’{words}"
    return before + (words[0].upper() + words[1:] if _BEGINS.search(before[-40:]) else words)
