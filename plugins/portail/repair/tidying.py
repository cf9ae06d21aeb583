"""What no diagnostic names and no author wants: tracking parameters, signs of a paste, blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from portail.body.code import fence_after
from portail.repair.sheet import Edit, Sheet

__all__ = ["TIDYINGS", "Tidying"]


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
    fence, at, body = "", 0, sheet.body_start
    for row in sheet.text.split("\n"):
        inside = at >= body
        was = fence
        fence = fence_after(fence, row) if inside else ""
        if not (inside and (was or fence or row.startswith(("    ", "\t")))):
            yield at, _CODE.sub(lambda one: "`" * len(one[0]), row) if inside else row
        at += len(row) + 1


TIDYINGS = (
    Tidying("adresses sans suivi", _tracking),
    Tidying("signes", _signs),
    Tidying("espaces", _blanks),
)
"""In the order in which they are made."""
