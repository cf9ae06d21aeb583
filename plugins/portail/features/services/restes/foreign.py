"""Syntax of other tools, which a page shows as plain text: one advice for each sort (C337)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from portail.body.document import Document, cleaned
from portail.body.markdown import outline
from portail.diagnostics import Diagnostic
from portail.features.services.restes.leftovers import Span, foreign_syntax, may_be_foreign
from portail.source.document import Parts

_SHOWN = 40
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def check_foreign(parts: Parts, path: PurePosixPath) -> Sequence[Diagnostic]:
    """The first of each sort in a body, outside code, and how many others there are."""
    text = cleaned(parts.body)
    if not may_be_foreign(text):
        return ()
    document = Document(path, text, parts.body_line)
    _advise(document)
    return document.diagnostics


def _advise(document: Document) -> None:
    by_name: dict[str, list[Span]] = {}
    spans = [*foreign_syntax(document.text)]
    for span in _outside_code(document, spans) if spans else ():
        by_name.setdefault(span.pattern.nom, []).append(span)
    for name, spans in by_name.items():
        first = min(spans)
        written = document.text[first.start : first.end].strip()
        document.report(
            "C337",
            document.place(first.start),
            first.end - first.start,
            valeur=written if len(written) <= _SHOWN else f"{written[: _SHOWN - 1]}…",
            nature=name,
            autres=_others(len(spans) - 1),
            remede=first.pattern.remede,
        )


def _others(count: int) -> str:
    if not count:
        return ""
    return f" (et {count} autre{'s' if count > 1 else ''})"


def _outside_code(document: Document, spans: list[Span]) -> list[Span]:
    code = outline(document.text, document.first_line).code
    inside = []
    for span in spans:
        place = document.place(span.start)
        row = document.lines[place.line - document.first_line]
        at = place.column - 1
        coded = any(it.start() <= at < it.end() for it in _CODE.finditer(row))
        if place.line not in code and not coded:
            inside.append(span)
    return inside
