"""What a licence lets anyone do with a text, in plain French."""

from __future__ import annotations

__all__ = ["conditions"]

_FREE = frozenset({"CC0-1.0", "LicenseRef-domaine-public", "etalab-2.0", "LAL-1.3"})
_TERMS = {
    "NC": "sans usage commercial",
    "ND": "sans rien y changer",
    "SA": "sous la même licence si vous l’adaptez",
}
_CITED = "avec la signature et le lien vers cette page"


def conditions(licence: str) -> str:
    """How anyone may publish a text again, in plain French; empty when one may not.

    Codes are SPDX's; the letters of Creative Commons say their terms (BY, NC, ND, SA). Licences
    of software and of data say nothing of a text.

    >>> conditions("CC-BY-NC-4.0"), conditions("MIT")
    ('avec la signature et le lien vers cette page, sans usage commercial', '')
    """
    if licence.startswith("CC-BY"):
        parts = licence.split("-")
        return ", ".join((_CITED, *(text for code, text in _TERMS.items() if code in parts)))
    return _CITED if licence in _FREE else ""
