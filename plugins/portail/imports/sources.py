"""What readers of sources share: bytes to text, one line, addresses of the web, identifiers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from portail.imports.addresses import clean_address
from portail.imports.prose import LONG, clean
from portail.text.normalise import fold
from portail.workbooks.grid import FILE_BYTES, Refused

MOST_ITEMS = 20_000
"""Most contents of a source."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a letter, which JSON can write and no file can hold."""
_TAG = re.compile(
    r"</?(p|br|div|ul|ol|li|a|b|i|em|strong|span|h[1-6]|table|html|font)\b[^<>]*>", re.IGNORECASE
)
_FOLDED = re.compile(rb"(?:\r\n|\n)[ \t]")


def decoded(data: bytes, name: str, *, folded: bool = False) -> str:
    """The text of a source: UTF-8, UTF-16 if it says so, else Windows-1252; line ends are ``\\n``.

    ``folded``: lines may be cut in the middle of a letter (calendars), and are joined then. Raises
    ``Refused`` for more than ``FILE_BYTES`` and for what is no text.
    """
    if len(data) > FILE_BYTES:
        raise Refused(f"« {name} » pèse plus de {FILE_BYTES // 1_000_000} Mo : coupez-le.")
    text = _decoded(data, folded)
    if "\0" in text[:4096]:
        raise Refused(f"« {name} » n’est pas un texte : exportez-le de nouveau.")
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes, folded: bool) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    if folded:
        with suppress(UnicodeDecodeError):
            return _FOLDED.sub(b"", data).decode("utf-8-sig")
    return data.decode("cp1252", "replace")


def one_line(value: object) -> str:
    """A text or a number on one line, without signs that no one sees; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = value if isinstance(value, str) else str(value)
    return " ".join(_HALVES.sub("", clean(text[:LONG])).split())


def many_lines(value: object) -> str:
    """A text of several lines; "" for what is no text."""
    return _HALVES.sub("", clean(value)).strip() if isinstance(value, str) else ""


def is_html(text: str) -> bool:
    """Whether a text is written with tags."""
    return _TAG.search(text) is not None


def link(value: object) -> str:
    """An address of the web, without what follows readers; "" for anything else.

    >>> link("https://exemple.test/a?utm_source=lettre&id=3"), link("file:///etc/passwd")
    ('https://exemple.test/a?id=3', '')
    """
    found = clean_address(one_line(value), "https:")
    return found if found.startswith("http") else ""


def derived(titre: str, quand: Mapping[str, Any]) -> str:
    """The identifier of a content whose source gives none: it stays as long as its title and its
    first date do.

    >>> derived("Nuit de la chouette", {"debut": "2021-10-09 20:00"})
    'd-1383f1d8034e'
    """
    first = quand.get("debut") or (quand.get("seances") or [{}])[0].get("debut", "")
    told = f"{fold(titre)}\n{first or quand.get('horaires', {}).get('du', '')}".encode()
    return f"d-{hashlib.sha256(told).hexdigest()[:12]}"
