"""Repair of one file: propose, try, read again, keep what makes it better."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from portail.diagnostics import Diagnostic, Report, Severity
from portail.model.scalars import Reading
from portail.repair import bodies, fields
from portail.repair.fields import titled
from portail.repair.sheet import Edit, Sheet, apart
from portail.site.draft import read_document
from portail.source.loader import SourceFile

# What no diagnostic names and no author wants: tracking parameters, signs of a paste, blanks.


class Tidying(NamedTuple):
    """``name`` is French, for the report; ``edits`` finds what to remove in a readable file."""

    name: str
    edits: Callable[[Sheet], list[Edit]]


_URL = re.compile(r"https?://[^\s<>\"'()\[\]«»|`]*\?[^\s<>\"'()\[\]«»|`]*")
_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content)|at_(?:medium|campaign|\w*custom\d"
    r"|channel|creation|emailtype)|hsa_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid"
    r"|twclid|ttclid|li_fat_id|mc_cid|mc_eid|igshid|igsh|_hsenc|_hsmi|mkt_tok|vero_id|oly_anon_id"
    r"|oly_enc_id|xtor|ref_src|__cft__\S*|__tn__)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(&amp;|&)")
_TRAILING = "?!.,:;*_~’…"
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]+")
_LIGATURES = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
})  # fmt: skip
_LIGATURE = re.compile("[\ufb00-\ufb04]")
_DECOMPOSED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_ACUTE = re.compile("(?<=[^\\W\\d_])\u00b4(?=[^\\W\\d_])")
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-+*:](?=[ \t])|\d{1,9}[.)](?=[ \t])|#{1,6}(?=[ \t]))?)*[ \t]*")
_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def _tracking(sheet: Sheet) -> list[Edit]:
    """Parameters that only tell where a reader comes from."""
    edits = []
    for start, row in _prose(sheet):
        for found in _URL.finditer(row):
            url = found[0].rstrip(_TRAILING)
            kept = _without_tracking(url)
            if kept != url:
                at = start + found.start()
                edits.append(Edit(at, at + len(url), kept))
    return edits


def _without_tracking(url: str) -> str:
    address, _, rest = url.partition("?")
    query, sharp, fragment = rest.partition("#")
    pieces = _PARTS.split(query)
    named = [(pieces[rank - 1] if rank else "", pieces[rank]) for rank in range(0, len(pieces), 2)]
    kept = [one for one in named if not _TRACKING.fullmatch(one[1].partition("=")[0])]
    if len(kept) == len(named):
        return url
    text = "".join(f"{mark}{piece}" if rank else piece for rank, (mark, piece) in enumerate(kept))
    return f"{address}{'?' if text else ''}{text}{sharp}{fragment}"


def _signs(sheet: Sheet) -> list[Edit]:
    """Letters of a paste: accents apart, ligatures of a PDF, hyphens and spaces that nobody sees,
    an acute accent as an apostrophe."""
    edits = []
    for start, row in _prose(sheet):
        if row.isascii():
            continue
        found = [(one, "") for one in _INVISIBLE.finditer(row)]
        found += [(one, one[0].translate(_LIGATURES)) for one in _LIGATURE.finditer(row)]
        found += [(one, unicodedata.normalize("NFC", one[0])) for one in _DECOMPOSED.finditer(row)]
        found += [(one, "’") for one in _ACUTE.finditer(row)]
        edits += [
            Edit(start + one.start(), start + one.end(), text)
            for one, text in found
            if text != one[0]
        ]
    return edits


def _blanks(sheet: Sheet) -> list[Edit]:
    """Blanks at the end of a line, unless they break it; several in a row between two words."""
    return [*_front_blanks(sheet), *_body_blanks(sheet)]


def _front_blanks(sheet: Sheet) -> Iterator[Edit]:
    for node, _ in sheet.nodes():
        if not isinstance(node.value, str) or not node.length:
            continue
        start, end = sheet.bounds(node)
        for found in _DOUBLE.finditer(sheet.text[start:end]):
            yield Edit(start + found.start(), start + found.end(), " ")
        last = sheet.line(end)[1]
        if end < last and not sheet.text[end:last].strip():
            yield Edit(end, last, "")


def _body_blanks(sheet: Sheet) -> Iterator[Edit]:
    lines = [(start, row) for start, row in _prose(sheet) if start >= sheet.body_start]
    for start, row in lines:
        stripped = row.rstrip(" \t")
        end = start + len(row)
        following = sheet.text[end + 1 :].partition("\n")[0]
        blank = row[len(stripped) :]
        breaks = blank.endswith("  ") and stripped and following.strip()
        if blank and not breaks:
            yield Edit(start + len(stripped), end, "")
        if "|" in row or "`" in row:
            continue  # columns that were aligned, code
        lead = _LEAD.match(stripped)
        for found in _DOUBLE.finditer(stripped, lead.end() if lead else 0):
            yield Edit(start + found.start(), start + found.end(), " ")


def _prose(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Offset and text of each line that is not code; a code between accents is blanked out."""
    at, body = 0, sheet.body_start
    for number, row in enumerate(sheet.text.split("\n"), 1):
        inside = at >= body
        if number not in sheet.outline.code:
            yield at, _CODE.sub(lambda one: "`" * len(one[0]), row) if inside else row
        at += len(row) + 1


TIDYINGS = (
    Tidying("adresses sans suivi", _tracking),
    Tidying("signes", _signs),
    Tidying("espaces", _blanks),
)
"""In the order in which they are made."""


# One table: which code is mended by which repair.

Repair = Callable[[Sheet, Diagnostic], list[Edit]]
"""Gives the edits that mend one diagnostic, all or none of which are made; none when the file
does not tell what was meant."""

REPAIRS: Mapping[str, Repair] = MappingProxyType({
    "E102": fields.hidden_sign,
    "E104": fields.unclosed,
    "E105": fields.unread_line,
    "E106": fields.double_key,
    "E107": fields.unread_line,
    "E115": fields.pelican_header,
    "C205": fields.alias_key,
    "C206": fields.alias_value,
    "E203": fields.listed,
    "E204": fields.known_key,
    "E210": fields.typed_date,
    "E211": fields.typed_hour,
    "E219": fields.web_address,
    "E238": fields.double_value,
    "E240": fields.typed_date,
    "E411": fields.reference,
    "E412": fields.reference,
    "E246": bodies.html_in_field,
    "E311": bodies.html_in_body,
    "E312": bodies.comment,
    "E313": bodies.heading_levels,
    "E314": bodies.heading_levels,
    "E316": bodies.without_scheme,
    "E319": bodies.empty_heading,
    "A327": bodies.attributes,
})  # fmt: skip


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
