"""The theme's one style sheet: joined from its parts, minified, its fonts marked."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import rcssmin

from portail.errors import PlanError
from portail.files import digest_bytes

__all__ = ["ORDER", "STYLESHEET", "bundle", "marked", "parts", "stylesheet"]

STYLESHEET = "css/portail.css"
ORDER = "css/ordre.txt"
_URL = re.compile(r"url\((\.\./[\w./-]+)\)")


def parts(theme: Path) -> tuple[str, ...]:
    """Names, below ``static/``, of the sheets to join, in the order of ``css/ordre.txt``."""
    order = theme / "static" / ORDER
    if not order.is_file():
        return ()
    names = (line.strip() for line in order.read_text(encoding="utf-8").splitlines())
    return tuple(f"css/{name}" for name in names if name and not name.startswith("#"))


def bundle(theme: Path) -> str:
    """The parts, joined as they are written. Raises ``PlanError`` when one is missing."""
    found = []
    for name in parts(theme):
        path = theme / "static" / name
        if not path.is_file():
            raise PlanError(f"La feuille {name}, citée par {ORDER}, manque dans le thème.")
        found.append(path.read_text(encoding="utf-8").rstrip() + "\n")
    return "".join(found)


def stylesheet(theme: Path) -> bytes:
    """The sheet to publish: no comment, no space, each file that it asks for with its mark.

    Raises ``PlanError`` when a part or a file is missing.
    """

    def address(match: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join("css", match[1]))
        return f"url({marked(match[1], theme / 'static' / name)})"

    return str(rcssmin.cssmin(_URL.sub(address, bundle(theme)))).encode()


def marked(address: str, file: Path) -> str:
    """``address`` with a mark that changes with the bytes of ``file``, so that it may be kept for
    ever by whoever has read it. Raises ``PlanError`` when there is no such file."""
    if not file.is_file():
        raise PlanError(f"Le fichier {file.name} manque dans {file.parent}.")
    return f"{address}?v={digest_bytes(file.read_bytes())[:8]}"
