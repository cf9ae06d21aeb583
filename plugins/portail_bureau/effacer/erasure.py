"""A person looked for by name, in any order, case or accents, and taken out of the fields that say
the name and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from msgspec import Struct

from portail.diagnostics import Severity
from portail.features.intake.corriger.sheet import Edit, Found, Sheet
from portail.model.scalars import Reading
from portail.site.draft import read_document
from portail.source.document import Node
from portail.source.loader import SourceFile
from portail.text.normalise import words_in

from .meanings import forms, meaning

# What a field says where it must say something.
SOMEONE = "Une personne"

_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?(?:\s+\"[^\"]*\")?\s*\)")
_GAP = r"[\W_]{0,6}"
# Other names between two of a person.
_OTHERS = r"[\W_]{1,6}(?:[^\W_]+[\W_]{1,6}){0,5}"
# Signs that are quoted on each side of a name.
_AROUND = 30
# Edits of one file at most: each is followed by a reading.
_MANY = 200


class Person(Struct, frozen=True, dict=True):
    """Who is looked for, and the pages that go with them."""

    # « Prénom Nom ».
    name: str
    # Slugs of their pages among the authors.
    gone: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words_in(meaning(self.name)))

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        words = self.words
        turned = {(*words[rank:], *words[:rank]) for rank in range(len(words))}
        return _pattern({*turned, tuple(reversed(words))}, _GAP)

    @cached_property
    def _likely(self) -> re.Pattern[str]:
        words = self.words
        cut = [
            ((*(word[0] for word in words[:rank]), *words[rank:]), rank)
            for rank in range(1, len(words))
        ]
        short = set(chain.from_iterable((row, (*row[rank:], *row[:rank])) for row, rank in cut))
        long = _pattern({words, tuple(reversed(words))}, _OTHERS)
        return re.compile(f"{_pattern(short, _GAP).pattern}|{long.pattern}")

    def is_named(self, text: str) -> bool:
        return sorted(words_in(meaning(text))) == sorted(self.words)

    def is_of(self, value: str) -> bool:
        last = value.partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]
        return self.is_named(value) or self.is_named(last) or last in self.gone

    def quotes(self, text: str) -> list[str]:
        return [
            form[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
            for form in forms(text)
            if self.words[-1] in form and (match := self._sure.search(form))
        ]

    def lines(self, text: str, *, likely: bool = False) -> list[int]:
        """Lines of ``text`` where the name begins, from 1; or, ``likely``, where something does
        that may be theirs: initials, another name between, a login.

        >>> Person("Zoé d’Exemple").lines("Rien.\\nD'EXEMPLE (Zoe), zoe-d-exemple.jpg et Zoé")
        [2]
        >>> Person("Zoé Exemple").lines("Zoé A. Exemple\\nzexemple@a.org", likely=True)
        [1, 2]
        """
        rows = text.split("\n")
        pattern = self._likely if likely else self._sure
        lines = set()
        for form in map("\n".join, zip(*map(forms, rows), strict=True)):
            if self.words[-1] in form:
                at = (match.start() for match in pattern.finditer(form))
                lines |= {form.count("\n", 0, start) + 1 for start in at}
        return sorted(lines)


def _pattern(orders: Iterable[tuple[str, ...]], gap: str) -> re.Pattern[str]:
    forms = "|".join(gap.join(map(re.escape, order)) for order in sorted(orders))
    return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])")


def erase(text: str, file: SourceFile, reading: Reading, person: Person) -> str:
    """The text of a content whose fields name the person no more, nor link to the pages that go;
    it has no error that it had not. Sentences stay."""
    gone = person.gone

    def unlinked(link: re.Match[str]) -> str:
        last = link[2].partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]
        if last in gone:
            return link[1]
        return link[0]

    sheet = Sheet(file, _LINK.sub(unlinked, text) if gone else text)
    places: set[tuple[str, int]] = set()
    for _ in range(_MANY):
        scalar = next(
            (candidate for candidate in _alone(sheet, person) if _key(candidate) not in places),
            None,
        )
        if scalar is None:
            break
        before = _errors(sheet, reading)
        better = (
            attempt for attempt in _tries(sheet, scalar) if not _errors(attempt, reading) - before
        )
        mended = next(better, None)
        if mended is None:
            places.add(_key(scalar))
        else:
            sheet = mended
    return sheet.raw


def _key(scalar: Found) -> tuple[str, int]:
    return scalar.text, scalar.node.line


def _alone(sheet: Sheet, person: Person) -> Iterator[Found]:
    # Scalars written on one line that are the person; the title of a content is a sentence.
    root = sheet.root.value if sheet.root else None
    title = None
    if isinstance(root, dict):
        title = root.get("titre")
    for scalar in sheet.nodes():
        if scalar.node is not title and scalar.node.length and person.is_of(scalar.text):
            yield scalar


def _tries(sheet: Sheet, scalar: Found) -> Iterator[Sheet]:
    holders = {id(inner.node): inner.holder for inner in sheet.nodes()}
    edit = _removal(sheet, scalar.node, scalar.holder, holders)
    if edit:
        yield sheet.mended([edit])
    yield sheet.mended([Edit(*sheet.bounds(scalar.node), SOMEONE)])


def _removal(sheet: Sheet, node: Node, holder: Node, holders: Mapping[int, Node]) -> Edit | None:
    # What takes ``node`` away, with its holder when nothing else is in it; ``None`` when the way it
    # is written is none of the usual ones.
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
    # End of the lines that begin at ``first`` and of those, further to the right, that follow; a
    # list may stand below its key without an indent.
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
    # One value of a list or group between brackets, with the comma that parted it.
    if not isinstance(node.value, str) or not node.length:
        return None
    end = sheet.bounds(node)[1]
    following = sheet.text[end:].lstrip()
    if following.startswith(","):
        return Edit(start, len(sheet.text) - len(following[1:].lstrip()), "")
    before = sheet.text[:start].rstrip()
    if before.endswith(","):
        return Edit(len(before[:-1].rstrip()), end, "")
    return None


def _errors(sheet: Sheet, reading: Reading) -> Counter[str]:
    loaded, _ = read_document(sheet.raw.encode(), sheet.file, reading)
    return Counter(fault.code for fault in loaded.diagnostics if fault.severity is Severity.ERREUR)
