"""Mend one file: propose, try, read again, keep what makes it better."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portail.diagnostics import Diagnostic, Report, Severity
from portail.model.fields import Reading
from portail.repair.references import titled
from portail.repair.sheet import Edit, Sheet, apart
from portail.repair.table import REPAIRS
from portail.repair.tidying import TIDYINGS, Tidying
from portail.site.reading import read_document
from portail.source.loader import SourceFile

__all__ = ["Done", "Mended", "mend"]

# Against a body written to keep us busy: how much may be told of a file that is worth mending, how
# often it is read (less often if it is long), how many repairs are proposed at once.
_TOLD = 500
_READINGS = 60
_LONG = 20_000
_PROPOSED = 100
_SILENT = re.compile(r"[^\w*~`\[\]#>|\\]+|_")
_EMBEDDED = re.compile(r"<(?:iframe|video|audio|embed)\b", re.IGNORECASE)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>|https?://\S+", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Done:
    """What was mended: the code of a diagnostic or the name of a tidying, and how many times."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A file after its repairs: ``data``, its bytes; ``done``, in the order they were made;
    ``left``, the diagnostics whose repair would have raised another error."""

    data: bytes
    done: tuple[Done, ...] = ()
    left: tuple[Diagnostic, ...] = ()

    @property
    def count(self) -> int:
        """Number of repairs."""
        return sum(one.count for one in self.done)


def mend(
    data: bytes,
    file: SourceFile,
    reading: Reading,
    refs: frozenset[str] = frozenset(),
    *,
    tidy: bool = True,
) -> Mended:
    """Repair the bytes of ``file`` as far as that is safe; mending twice changes nothing more.

    A repair is kept if the file, read again, has less to be told and no new error; all of them if
    the file has fewer errors at the end, or nothing new to be told. ``tidy`` also removes what no
    diagnostic names (``TIDYINGS``), in a file without fault of form.
    """
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        return Mended(data)
    bench = _Bench(Sheet(file, raw, refs), reading)
    first = bench.found
    if len(first) > _TOLD:
        return Mended(data)
    while bench.round():
        pass
    if tidy:
        for tidying in TIDYINGS:
            bench.tidy(tidying)
    if not _no_worse(first, bench.found):
        return Mended(data, left=tuple(item for item in first if item.code in REPAIRS))
    counts = Counter(bench.done)
    done = tuple(Done(name, count) for name, count in counts.items())
    return Mended(bench.sheet.raw.encode(), done, tuple(Report(bench.left.values())))


class _Bench:
    """A file on the bench: its text so far, what is told of it, what was tried in vain."""

    def __init__(self, sheet: Sheet, reading: Reading) -> None:
        self.reading = reading
        self.sheet = sheet
        self.readings = _READINGS * _LONG // max(len(sheet.raw), _LONG)
        self.done: list[str] = []
        self.left: dict[tuple[str, str], Diagnostic] = {}
        self.found, self.words = self._read(sheet)

    def round(self) -> bool:
        """Make the repairs that can be made together; whether something was mended."""
        proposed = []
        for item in self.found:
            if item.code in REPAIRS and (item.code, item.message) not in self.left:
                edits = REPAIRS[item.code](self.sheet, item)
                if edits:
                    proposed.append((item, edits))
                if len(proposed) >= _PROPOSED:
                    break
        ranks = apart([edits for _, edits in proposed])
        made = {edit for rank in ranks for edit in proposed[rank][1]}
        # One outline mends several headings: all are told.
        chosen = [one for one in proposed if made.issuperset(one[1])]
        if not chosen or self.readings <= 0:
            return False
        if self._try(chosen):
            return True
        for one in chosen:
            if self.readings <= 0:
                return False
            if self._try([one]):
                return True
            self.left[one[0].code, one[0].message] = one[0]
        return len(proposed) > len(chosen)

    def _try(self, chosen: Sequence[tuple[Diagnostic, list[Edit]]]) -> bool:
        edits = {edit for _, group in chosen for edit in group}
        sheet = self.sheet.mended(edits)
        found, words = self._read(sheet)
        codes = {item.code for item, _ in chosen}
        if not _better(self.found, found, codes):
            return False
        played = any(_EMBEDDED.match(self.sheet.text, edit.start, edit.end) for edit in edits)
        if "E311" in codes and words != self.words and not played:
            return False  # a conversion loses no word and shows no mark of its own
        self.done += [item.code for item, _ in chosen]
        self.left.clear()  # what could not be mended before may be now
        self.sheet, self.found, self.words = sheet, found, words
        return True

    def tidy(self, tidying: Tidying) -> None:
        """Remove what one tidying looks for, if nothing else changes."""
        if self.sheet.root is None:
            return
        edits = tidying.edits(self.sheet)
        if not edits:
            return
        sheet = self.sheet.mended(edits)
        found, words = self._read(sheet)
        told = Counter((one.code, one.message) for one in found)
        if told - Counter((one.code, one.message) for one in self.found):
            return
        self.done += [tidying.name] * len(edits)
        self.sheet, self.found, self.words = sheet, found, words

    def _read(self, sheet: Sheet) -> tuple[tuple[Diagnostic, ...], str]:
        """What is told of the file, and the letters and Markdown's marks that its body shows,
        without tags nor addresses."""
        self.readings -= 1
        loaded, body = read_document(sheet.raw.encode(), sheet.file, self.reading)
        found = [*loaded.diagnostics, *titled(sheet, loaded.entry)]
        text = _TAG.sub("", body.html.text) if body else ""
        letters = unicodedata.normalize("NFKC", _SILENT.sub("", text))
        return tuple(sorted(found, key=lambda one: one.sort_key)), letters


def _better(before: Sequence[Diagnostic], after: Sequence[Diagnostic], codes: set[str]) -> bool:
    """Whether a file says less once mended, and nothing graver.

    What kept the file from being read (1xx) hid the rest: once it is gone, more may be told.
    """
    told = Counter((one.code, one.message) for one in before)
    new = Counter((one.code, one.message) for one in after) - told
    if any(code[1] == "1" for code in codes):
        fewer = sum(one.code[1] == "1" for one in after) < sum(one.code[1] == "1" for one in before)
        return fewer and not any(code[1] == "1" for code, _ in new)
    return _weights(after) < _weights(before) and not any(code[0] == "E" for code, _ in new)


def _no_worse(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> bool:
    """Whether a file has fewer errors than it had, or nothing to be told that was not."""
    told = Counter((one.code, one.message) for one in before)
    new = Counter((one.code, one.message) for one in after) - told
    return not new or _weights(after)[0] < _weights(before)[0]


def _weights(found: Sequence[Diagnostic]) -> tuple[int, ...]:
    return tuple(sum(one.severity is severity for one in found) for severity in Severity)
