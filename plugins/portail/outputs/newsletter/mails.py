"""The files of an issue, besides its page, and what names its message."""

from __future__ import annotations

__all__ = [
    "DATA",
    "DRAWING",
    "HTML",
    "MESSAGE",
    "PICTURE",
    "TEXT",
    "ascii_host",
]

HTML, TEXT, MESSAGE = "courriel.html", "courriel.txt", "courriel.eml"
DATA, DRAWING, PICTURE = "selection.json", "une.svg", "une.png"
"""Names of the files, below ``Release.url``."""


def ascii_host(host: str) -> str:
    """A domain as mail carries it (RFC 5890): ``""`` for what is none.

    >>> ascii_host("sciences.exemple.fr"), ascii_host("forêt.exemple.fr"), ascii_host("a..b")
    ('sciences.exemple.fr', 'xn--fort-ipa.exemple.fr', '')
    """
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return ""
