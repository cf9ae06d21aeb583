"""A person looked for by name, in any order, case or accents, and taken out of the fields that say
the name and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from portail.diagnostics import Severity
from portail.features.intake.corriger.sheet import Edit, Found, Sheet
from portail.model.scalars import Reading
from portail.site.draft import read_document
from portail.source.document import Node
from portail.source.loader import SourceFile
from portail.text.normalise import fold

SOMEONE = "Une personne"
"""What a field says where it must say something."""

_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile("ae|oe|ss|.")
"""Letters, those of one sign when it is not folded together."""
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?(?:\s+\"[^\"]*\")?\s*\)")
_MANY = 200
"""Edits of one file at most: each is followed by a reading."""


class Person(Struct, frozen=True, dict=True):
    """Who is looked for, and the pages that go with them."""

    name: str
    """« Prénom Nom »."""
    gone: frozenset[str] = frozenset()
    """Slugs of their pages among the authors."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of the name, folded."""
        return tuple(_WORD.findall(fold(self.name)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = self.words
        turned = {(*words[rank:], *words[:rank]) for rank in range(len(words))}
        orders = sorted(turned | {tuple(reversed(words))})
        forms = "|".join(r"[\W_]{1,6}".join(map(re.escape, order)) for order in orders)
        return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])")

    @cached_property
    def _letters(self) -> re.Pattern[bytes]:
        signs = _SIGNS.findall(max(self.words, key=len))
        forms = [
            rb"(?:%s|[\xc2-\xef][\x80-\xbf]{1,2})" % re.escape(sign.encode()) for sign in signs
        ]
        return re.compile(rb"(?i)" + rb"(?:\xcc[\x80-\xbf])*".join(forms))

    def may_be_in(self, data: bytes) -> bool:
        """Whether bytes may hold the name, by its longest word: to read no more than is needed."""
        return self._letters.search(data) is not None

    def is_named(self, text: str) -> bool:
        """Whether ``text`` is the name and nothing else, as words or as a slug."""
        return sorted(_WORD.findall(fold(text))) == sorted(self.words)

    def is_of(self, value: str) -> bool:
        """Whether a value is the name, or leads to one of the pages that go."""
        last = value.partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]
        return self.is_named(value) or self.is_named(last) or last in self.gone

    def lines(self, text: str) -> list[int]:
        """Lines of ``text`` where the name begins, from 1.

        >>> Person("Zoé d’Exemple").lines("Rien.\\nD'EXEMPLE (Zoe), zoe-d-exemple.jpg et Zoé")
        [2]
        """
        folded = "\n".join(map(fold, text.split("\n")))
        numbers = (
            folded.count("\n", 0, match.start()) + 1 for match in self._pattern.finditer(folded)
        )
        return list(dict.fromkeys(numbers))


def erase(text: str, file: SourceFile, reading: Reading, person: Person) -> str:
    """The text of a content whose fields name the person no more, nor link to the pages that go;
    it has no error that it had not. Sentences stay."""
    gone = person.gone

    def unlinked(link: re.Match[str]) -> str:
        last = link[2].partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]
        return link[1] if last in gone else link[0]

    sheet = Sheet(file, _LINK.sub(unlinked, text) if gone else text)
    left: set[tuple[str, int]] = set()
    for _ in range(_MANY):
        scalar = next(
            (candidate for candidate in _alone(sheet, person) if _key(candidate) not in left), None
        )
        if scalar is None:
            break
        before = _errors(sheet, reading)
        better = (
            attempt for attempt in _tries(sheet, scalar) if not _errors(attempt, reading) - before
        )
        mended = next(better, None)
        if mended is None:
            left.add(_key(scalar))
        else:
            sheet = mended
    return sheet.raw


def _key(scalar: Found) -> tuple[str, int]:
    return scalar.text, scalar.node.line


def _alone(sheet: Sheet, person: Person) -> Iterator[Found]:
    """Scalars written on one line that are the person; the title of a content is a sentence."""
    root = sheet.root.value if sheet.root else None
    title = root.get("titre") if isinstance(root, dict) else None
    for scalar in sheet.nodes():
        if scalar.node is not title and scalar.node.length and person.is_of(scalar.text):
            yield scalar


def _tries(sheet: Sheet, scalar: Found) -> Iterator[Sheet]:
    """The sheet without the value, else with other words for it."""
    holders = {id(inner.node): inner.holder for inner in sheet.nodes()}
    edit = _removal(sheet, scalar.node, scalar.holder, holders)
    if edit:
        yield sheet.mended([edit])
    yield sheet.mended([Edit(*sheet.bounds(scalar.node), SOMEONE)])


def _removal(sheet: Sheet, node: Node, holder: Node, holders: Mapping[int, Node]) -> Edit | None:
    """What takes ``node`` away, with its holder when nothing else is in it; ``None`` when the way
    it is written is none of the usual ones."""
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
    """End of the lines that begin at ``first`` and of those, further to the right, that follow; a
    list may stand below its key without an indent."""
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
    return Counter(fault.code for fault in loaded.diagnostics if fault.severity is Severity.ERREUR)
