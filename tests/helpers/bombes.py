"""Inputs that weigh little and would fill a machine, each with the target that reads it.

``outils/fuzz.py`` runs them at their full size and measures; tests run a sixtieth.
"""

# ruff: noqa: E501 (tables)

import struct
from collections.abc import Callable
from typing import NamedTuple

import tableurs

_HEAD = b"<a xmlns:table='t' xmlns:text='x'><table:table table:name='a'>"
_ROW, _END = b"<table:table-row>", b"</table:table-row></table:table></a>"


class Bombe(NamedTuple):
    """``make`` gives its bytes, of about ``most`` repetitions at full size."""

    cible: str
    most: int
    make: Callable


def _ods(inside):
    return tableurs.document(inside)


def _xlsx(rows):
    return tableurs.xlsx([], sheet=rows)


def _shared(text):
    return tableurs.xlsx([], sheet='<row><c t="s"><v>0</v></c></row>', texts=text)


def _entries(count):
    """An archive that lists as many empty files."""
    fields = struct.pack("<HHHHHHLLLHHHHHLL", 20, 20, 0, 0, 0, 33, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0)
    listed = b"".join(b"PK\1\2" + fields + b"%07d" % rank for rank in range(count))
    counted = min(count, 65_535)
    end = struct.pack("<HHHHLLH", 0, 0, counted, counted, len(listed), 30, 0)
    return b"PK\3\4" + b"\0" * 26 + listed + b"PK\5\6" + end


BOMBES = {
    "ods: elements of a row": Bombe("classeur", 24_000_000, lambda n: _ods(_HEAD + _ROW + b"<b/>" * n + _END)),
    "ods: lines of a cell": Bombe(
        "classeur", 10_000_000, lambda n: _ods(_HEAD + _ROW + b"<table:table-cell>" + b"<text:p/>" * n + b"</table:table-cell>" + _END)
    ),
    "ods: elements of no row": Bombe("classeur", 24_000_000, lambda n: _ods(b"<a>" + b"<b/>" * n + b"</a>")),
    "ods: attributes": Bombe("classeur", 8_000_000, lambda n: _ods(_HEAD + _ROW + b"<b " + b" ".join(b'a%d=""' % rank for rank in range(n)) + b"/>" + _END)),
    "ods: elements in UTF-7": Bombe(
        "classeur", 12_000_000, lambda n: _ods(b'<?xml version="1.0" encoding="UTF-7"?><a>' + b"+ADw-b/+AD4-" * n + b"</a>")
    ),
    "ods: empty rows": Bombe("classeur", 4_500_000, lambda n: _ods(_HEAD + b"<table:table-row/>" * n + b"</table:table></a>")),
    "xlsx: cells of a row": Bombe("classeur", 20_000_000, lambda n: _xlsx(f"<row>{'<c/>' * n}</row>")),
    "xlsx: cells far to the right": Bombe("classeur", 3_000_000, lambda n: _xlsx('<row><c r="ZZZ1"/></row>' * n)),
    "xlsx: texts": Bombe("classeur", 5_000_000, lambda n: _shared("<si><t>a</t></si>" * n)),
    "xlsx: pieces of a text": Bombe("classeur", 20_000_000, lambda n: _shared(f"<si>{'<t/>' * n}</si>")),
    "zip: files": Bombe("classeur", 700_000, _entries),
    "zip: files of a mail": Bombe("depot", 700_000, _entries),
    "csv: cells of a row": Bombe("cellules", 49_000_000, lambda n: b"Titre;Date\n" + b";" * n),
    "csv: cells of a row on many lines": Bombe("cellules", 6_000_000, lambda n: b"Titre;Date\n" + b'"a\n";' * n),
    "feed: items": Bombe("flux", 6_000_000, lambda n: b"<rss><channel>" + b"<item/>" * n + b"</channel></rss>"),
    "feed: elements of an item": Bombe("flux", 12_000_000, lambda n: b"<rss><channel><item>" + b"<a/>" * n + b"</item></channel></rss>"),
    "json: events": Bombe("agenda", 15_000_000, lambda n: b'{"events":[' + b"{}," * n + b"{}]}"),
    "json: lists in lists": Bombe("agenda", 45_000_000, lambda n: b'{"events":' + b"[" * n),
    "ics: events": Bombe("calendrier", 1_700_000, lambda n: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * n),
    "ics: a folded line": Bombe("calendrier", 9_000_000, lambda n: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + b"a\r\n " * n),
    "page: tags": Bombe("page", 119_000, lambda n: b"<html>" + b"<p>" * n),
    "page: nested": Bombe("page", 148_000, lambda n: b"<html>" + b"<div>" * n),
    "page: tags in tags": Bombe("page", 59_000, lambda n: b"<html>" + b"<div><b>" * n),
    "page: attributes": Bombe("page", 500_000, lambda n: b"<html><p " + b" ".join(b"a%d" % rank for rank in range(n)) + b">"),
    "page: text": Bombe("page", 1_200_000, lambda n: b"<html><body><p>" + b"aa. " * n),
    "mail: parts": Bombe("depot", 6_000_000, lambda n: b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * n),
    "mail: lines": Bombe("depot", 19_000_000, lambda n: b"From: a\r\n\r\n" + b"a\n" * n),
    "mail: a header": Bombe("depot", 10_000_000, lambda n: b"Content-Type: " + b"<b> " * n + b"\r\n\r\na"),
    "letter: keys": Bombe("lettre", 300_000, lambda n: b"{" + b",".join(b'"a%d":1' % rank for rank in range(n)) + b"}"),
    "register: rows": Bombe("registre", 100_000, lambda n: b"retraits:\n" + b"  - ref: events/a\n" * n),
    "table: lists in lists": Bombe("table", 2_000_000, lambda n: b"themes\n" + b"[" * n),
    "subscribers": Bombe("abonnes", 50_000, lambda n: b"".join(b"a%d@exemple.org;regiom\n" % rank for rank in range(n))),
}  # fmt: skip
"""By name, that names what there is too much of."""
