"""The theme's one style sheet, joined from its parts."""

from __future__ import annotations

from pathlib import Path

from portail.errors import PlanError

__all__ = ["ORDER", "STYLESHEET", "bundle", "parts"]

STYLESHEET = "css/portail.css"
ORDER = "css/ordre.txt"


def parts(theme: Path) -> tuple[str, ...]:
    """Names, below ``static/``, of the sheets to join, in the order of ``css/ordre.txt``."""
    order = theme / "static" / ORDER
    if not order.is_file():
        return ()
    names = (line.strip() for line in order.read_text(encoding="utf-8").splitlines())
    return tuple(f"css/{name}" for name in names if name and not name.startswith("#"))


def bundle(theme: Path) -> bytes:
    """The joined sheet. Raises ``PlanError`` when a part is missing."""
    found = []
    for name in parts(theme):
        path = theme / "static" / name
        if not path.is_file():
            raise PlanError(f"La feuille {name}, citée par {ORDER}, manque dans le thème.")
        found.append(path.read_bytes().rstrip() + b"\n")
    return b"".join(found)
