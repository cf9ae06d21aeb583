"""A report for programs: one JSON object, whose keys do not change."""

from __future__ import annotations

import json
from typing import Any

from portail.cli.summary import Run
from portail.codes import all_codes
from portail.diagnostics import Diagnostic, Report, Severity

__all__ = ["VERSION", "printable", "render"]

VERSION = 1
"""Grows when a key changes its meaning or goes away, not when one is added."""

_GRAVITES = {
    Severity.ERREUR: "erreur",
    Severity.AVERTISSEMENT: "avertissement",
    Severity.CONSEIL: "conseil",
}


def render(report: Report, run: Run) -> str:
    """The report, indented, what is not printable escaped; the same text for the same report.

    The time that the run took is left out: it is never the same.
    """
    document = {
        "version": VERSION,
        "fichiers_lus": run.read,
        "publie": run.published,
        "corrections_possibles": run.repairs,
        **{f"{_GRAVITES[severity]}s": report.count(severity) for severity in Severity},
        "diagnostics": [_one(item) for item in report],
    }
    return printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def printable(text: str) -> str:
    """A JSON text whose signs that are not printable are escaped: those that ``json`` leaves as
    they are and a terminal or a log may obey (bidi marks, C1 controls…)."""
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text)


def _one(item: Diagnostic) -> dict[str, Any]:
    known = all_codes().get(item.code)
    return {
        "code": item.code,
        "gravite": _GRAVITES[item.severity],
        "titre": known.titre if known else "",
        "fichier": str(item.position.path),
        "ligne": item.position.line,
        "colonne": item.position.column,
        "longueur": item.position.length,
        "message": item.message,
        "remede": item.hint,
        "a_ecrire": item.paste,
        "etiquette": item.label,
    }


def _escape(sign: str) -> str:
    """``\\uXXXX``, in two halves above U+FFFF; such signs are in strings only."""
    number = ord(sign)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
