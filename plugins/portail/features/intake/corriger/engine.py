"""Repair of one file: propose, try, read again, keep what makes it better."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice

from msgspec import Struct, field

from portail.diagnostics import Diagnostic, Report, Severity
from portail.model.scalars import Reading
from portail.site.draft import read_document
from portail.source.loader import SourceFile
from portail.text.visible import DRAWN

from . import bodies, fields
from .sheet import Edit, Sheet, apart

# What no diagnostic names and no author wants: tracking parameters, traces of a paste, blanks.

_URL = re.compile(r"https?://[^\s<>\"'()\[\]«»|`]*\?[^\s<>\"'()\[\]«»|`]*")
_TRACKING = (
    "utm_",
    "mtm_",
    "pk_",
    "at_",
    "hsa_",
    "_hs",
    "oly_",
    "mc_",
    "igsh",
    "__cft__",
    "__tn__",
)
_TRACKERS = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id mkt_tok vero_id "
    "xtor ref_src".split()
)
_TRAILING = "?!.,:;*_~’…"
_PASTED: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile("[\ufb00-\ufb04]"), partial(unicodedata.normalize, "NFKC")),
    (DRAWN, partial(unicodedata.normalize, "NFKC")),
    (re.compile("[^\\W\\d_][\u0300-\u036f]+"), partial(unicodedata.normalize, "NFC")),
    (re.compile("(?<=[^\\W\\d_])\u00b4(?=[^\\W\\d_])"), lambda _: "’"),
)
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-+*:](?=[ \t])|\d{1,9}[.)](?=[ \t])|#{1,6}(?=[ \t]))?)*[ \t]*")
_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def _tracking(sheet: Sheet) -> Iterator[Edit]:
    for start, row in _prose(sheet):
        for match in _URL.finditer(row):
            url = match[0].rstrip(_TRAILING)
            at = start + match.start()
            if (clean := _without_tracking(url)) != url:
                yield Edit(at, at + len(url), clean)


def _without_tracking(url: str) -> str:
    page, _, rest = url.partition("?")
    query, hash_mark, fragment = rest.partition("#")
    mark = "&amp;" if "&amp;" in query else "&"
    pairs = query.split(mark)
    wanted = [pair for pair in pairs if not _is_tracking(pair.partition("=")[0].lower())]
    if len(wanted) == len(pairs):
        return url
    text = mark.join(wanted)
    return f"{page}{'?' if text else ''}{text}{hash_mark}{fragment}"


def _is_tracking(name: str) -> bool:
    return name.startswith(_TRACKING) or name in _TRACKERS


def _characters(sheet: Sheet) -> Iterator[Edit]:
    # Traces of a paste: accents apart, ligatures of a PDF, letters that are drawn.
    for start, row in _prose(sheet):
        for pattern, replacement in () if row.isascii() else _PASTED:
            for match in pattern.finditer(row):
                if (text := replacement(match[0])) != match[0]:
                    yield Edit(start + match.start(), start + match.end(), text)


def _blanks(sheet: Sheet) -> Iterator[Edit]:
    # Blanks at the end of a line, unless they break it; several in a row between two words.
    for node, _ in sheet.nodes():
        if not isinstance(node.value, str) or not node.length:
            continue
        start, end = sheet.bounds(node)
        for match in _DOUBLE.finditer(sheet.text[start:end]):
            yield Edit(start + match.start(), start + match.end(), " ")
        last = sheet.line(end)[1]
        if end < last and not sheet.text[end:last].strip():
            yield Edit(end, last, "")
    for start, row in _prose(sheet):
        if start < sheet.body_start:
            continue
        stripped = row.rstrip(" \t")
        end = start + len(row)
        blank = row[len(stripped) :]
        following = sheet.text[end + 1 :].partition("\n")[0]
        breaks = blank.endswith("  ") and stripped and following.strip()
        if blank and not breaks:
            yield Edit(start + len(stripped), end, "")
        if "|" in row or "`" in row:
            continue  # columns that were aligned, code
        lead = _LEAD.match(stripped)
        for match in _DOUBLE.finditer(stripped, lead.end() if lead else 0):
            yield Edit(start + match.start(), start + match.end(), " ")


def _prose(sheet: Sheet) -> Iterator[tuple[int, str]]:
    # Offset and text of each line that is not code; a code between accents is blanked out.
    at = 0
    body = sheet.body_start
    for number, row in enumerate(sheet.text.split("\n"), 1):
        inside = at >= body
        if number not in sheet.outline.code:
            yield at, _CODE.sub(lambda code: "`" * len(code[0]), row) if inside else row
        at += len(row) + 1


# Removals from a readable file, in their order, by their French names.
TIDYINGS: Mapping[str, Callable[[Sheet], Iterator[Edit]]] = {
    "adresses sans suivi": _tracking,
    "signes": _characters,
    "espaces": _blanks,
}

# Gives the edits that mend one diagnostic, made together; none when the meaning is unsure.
Repair = Callable[[Sheet, Diagnostic], list[Edit]]

# Codes whose faults hold what is to be written.
_PROPOSING = "C205 C206 C280 C282 E203 E204 E208 E210 E211 E214 E219 E233 E240 E411 E412".split()

REPAIRS: Mapping[str, Repair] = {
    "E102": fields.hidden_character,
    "E104": fields.unclosed,
    "E105": fields.unread_line,
    "E106": fields.double_key,
    "E107": fields.unread_line,
    "E115": fields.first_fence,
    **dict.fromkeys(_PROPOSING, fields.sure_proposal),
    "E206": fields.empty_key,
    "E238": fields.double_value,
    "E246": bodies.html_in_field,
    "E311": bodies.html_in_body,
    "E312": bodies.comment,
    "E313": bodies.heading_levels,
    "E314": bodies.heading_levels,
    "E316": bodies.without_scheme,
    "E319": bodies.empty_heading,
    "A327": bodies.attributes,
}


# Against a body written to keep us busy: most diagnostics, readings, repairs proposed at once.
_DIAGNOSTICS = 500
_READINGS = 60
_LONG = 20_000
_PROPOSED = 100
_SILENT = re.compile(r"[^\w*~`\[\]#>|\\]+|_")
_EMBEDDED = ("<iframe", "<video", "<audio", "<embed")
_TAG = re.compile(
    # The signs that Word writes before the lines of a list are no words.
    r"<(script|style)\b.*?</\1\s*>|<span[^<>]*mso-list:\s*ignore.*?</span>\s*(?:</span>)?"
    r"|<[^<>]*>|https?://\S+",
    re.DOTALL | re.IGNORECASE,
)


class Mended(Struct, frozen=True):
    """The bytes of a file after its repairs."""

    data: bytes
    # Number of repairs by code of diagnostic or name of tidying, in the order they were made.
    done: Mapping[str, int] = field(default_factory=dict)
    # Diagnostics whose repair was not kept, each with the fault that it would have raised; without
    # one, it would have lost words, or mended nothing.
    left: tuple[tuple[Diagnostic, Diagnostic | None], ...] = ()

    @property
    def count(self) -> int:
        return sum(self.done.values())


def mend(
    data: bytes,
    file: SourceFile,
    reading: Reading,
    refs: frozenset[str] = frozenset(),
    *,
    tidy: bool = True,
) -> Mended:
    """Repair the bytes of ``file`` as long as no error comes of it; twice changes no more."""
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        return Mended(data)
    bench = Bench(Sheet(file, raw, refs), reading)
    first = bench.items
    if len(first) > _DIAGNOSTICS:
        return Mended(data)
    while bench.round():
        pass
    for name, edits in TIDYINGS.items() if tidy else ():
        bench.tidy(name, edits)
    last = bench.items
    if _new(first, last) and _weights(last)[0] >= _weights(first)[0]:
        raised = _raised(first, last)
        return Mended(data, left=tuple((item, raised) for item in first if item.code in REPAIRS))
    left = tuple((item, bench.left[item.code, item.message]) for item in Report(bench.tried))
    return Mended(bench.sheet.raw.encode(), Counter(bench.done), left)


class Bench:
    """A file being mended: its text so far, its diagnostics, those tried in vain."""

    def __init__(
        self, sheet: Sheet, reading: Reading, around: Iterable[Diagnostic] | None = None
    ) -> None:
        self.reading = reading
        self.is_likely = around is not None
        self.around = [(item, sheet.written(item)) for item in around or ()]
        self.sheet = sheet
        self.readings = _READINGS * _LONG // max(len(sheet.raw), _LONG)
        self.done: list[str] = []
        self.tried: list[Diagnostic] = []
        # What each repair that was tried in vain would have raised, by code and message.
        self.left: dict[tuple[str, str], Diagnostic | None] = {}
        self.raised: Diagnostic | None = None
        self.items, self.words = self._read(sheet, self.around)

    def round(self) -> bool:
        """Make the repairs that can be made together; true when something was mended."""
        candidates = (
            (item, self._edits(item))
            for item in self.items
            if (item.code, item.message) not in self.left
        )
        proposed = [*islice((pair for pair in candidates if pair[1]), _PROPOSED)]
        ranks = apart([edits for _, edits in proposed])
        applied = set(chain.from_iterable(proposed[rank][1] for rank in ranks))
        # One outline mends several headings: all of them count.
        chosen = [pair for pair in proposed if applied.issuperset(pair[1])]
        if not chosen or self.readings <= 0:
            return False
        if self._try(chosen):
            return True
        for item, edits in chosen:
            if self.readings <= 0:
                return False
            if self._try([(item, edits)]):
                return True
            self.tried.append(item)
            self.left[item.code, item.message] = self.raised
        return len(proposed) > len(chosen)

    def _edits(self, item: Diagnostic) -> list[Edit]:
        # The example of a missing field (E201), copied, would announce what nobody wrote.
        likely = self.is_likely and item.code != "E201"
        edits = fields.proposal(self.sheet, item) if likely else []
        return edits or (REPAIRS[item.code](self.sheet, item) if item.code in REPAIRS else [])

    def _try(self, chosen: Sequence[tuple[Diagnostic, list[Edit]]]) -> bool:
        edits = set(chain.from_iterable(group for _, group in chosen))
        sheet = self.sheet.mended(edits)
        around = [(self.sheet.moved(item, edits), text) for item, text in self.around]
        items, words = self._read(sheet, around)
        codes = {item.code for item, _ in chosen}
        self.raised = _raised(self.items, items)
        if not _better(self.items, items, codes):
            return False
        gone = (self.sheet.text[edit.start : edit.end].lower() for edit in edits)
        played = any(text.startswith(_EMBEDDED) for text in gone)
        if "E311" in codes and words != self.words and not played:
            return False  # a conversion loses no word and shows no mark of its own
        self.done += [item.code for item, _ in chosen]
        self.left.clear()  # what could not be mended before may be now
        self.tried.clear()
        self.around = around
        self.sheet = sheet
        self.items = items
        self.words = words
        return True

    def tidy(self, name: str, edits_of: Callable[[Sheet], Iterator[Edit]]) -> None:
        """Make one of ``TIDYINGS``, if nothing else changes."""
        edits = [*edits_of(self.sheet)] if self.sheet.root is not None else []
        if not edits:
            return
        sheet = self.sheet.mended(edits)
        items, words = self._read(sheet, self.around)
        if not _new(self.items, items):
            self.done += [name] * len(edits)
            self.sheet = sheet
            self.items = items
            self.words = words

    def _read(
        self, sheet: Sheet, around: Iterable[tuple[Diagnostic, str]]
    ) -> tuple[tuple[Diagnostic, ...], str]:
        # Diagnostics, those of ``around`` whose text is still there among them; then letters and
        # marks of the body, without tags nor URLs.
        self.readings -= 1
        loaded, body = read_document(sheet.raw.encode(), sheet.file, self.reading)
        text = _TAG.sub("", body.html.text) if body else ""
        letters = unicodedata.normalize("NFKC", _SILENT.sub("", text))
        there = (item for item, text in around if sheet.written(item) == text)
        items = [*loaded.diagnostics, *fields.titled(sheet, loaded.entry), *there]
        return tuple(sorted(items, key=lambda item: item.sort_key)), letters


def _better(before: Sequence[Diagnostic], after: Sequence[Diagnostic], codes: set[str]) -> bool:
    new = _new(before, after)
    if any(code[1] == "1" for code in codes):
        was, now = (sum(item.code[1] == "1" for item in items) for items in (before, after))
        return now < was and not any(code[1] == "1" for code, _ in new)
    return _weights(after) < _weights(before) and not any(code[0] == "E" for code, _ in new)


def _new(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    was, now = (Counter((item.code, item.message) for item in items) for items in (before, after))
    return now - was


def _raised(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Diagnostic | None:
    new = _new(before, after)
    raised = (item for item in after if (item.code, item.message) in new)
    return min(raised, key=lambda item: item.severity.rank, default=None)


def _weights(items: Sequence[Diagnostic]) -> tuple[int, ...]:
    return tuple(sum(item.severity is severity for item in items) for severity in Severity)
