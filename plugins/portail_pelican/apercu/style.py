"""The style sheets and fonts of the pages that a preview shows, in one text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

import rcssmin

from portail.cli.apercu.pieces import TITLE
from portail.errors import PlanError
from portail_pelican.assets import STYLESHEET, sheets

__all__ = ["FONTS", "inlined", "styles"]

FONTS = ("bricolage-grotesque.woff2", "literata.woff2")
"""The two romans; an italic is slanted by the browser, thirty kilobytes lighter."""

_FACE = re.compile(r"@font-face\s*\{[^{}]*\}")
_TITLE = re.compile(r"(?<![\w.#-])h1(?![\w-])")  # a selector: no value has that word
_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)['\"]?\s*\)")


def styles(theme: Path, names: Iterable[str]) -> str:
    """The common sheet, then ``names`` (``css/fiche.css``), each part once, nothing left to fetch.

    Raises ``PlanError`` when the theme lacks a part or a font.
    """
    known = sheets(theme)
    parts = [part for name in (STYLESHEET, *sorted(set(names))) for part in known.get(name, ())]
    text = "".join(_read(theme, part).decode() for part in dict.fromkeys(parts))
    text = _FACE.sub(lambda found: _face(found[0], theme), text)
    text = _TITLE.sub(f".{TITLE}", text)
    text = _URL.sub(lambda found: found[0] if found[1][:5] == "data:" else "url(data:,)", text)
    return str(rcssmin.cssmin(text)).replace("</", "<\\/")


def inlined(data: bytes, kind: str) -> str:
    """``data``, of media type ``kind``, as an address that holds it."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _face(rule: str, theme: Path) -> str:
    """A font in the text itself: no other, nor one that stands for it while it comes."""
    found = _URL.search(rule)
    name = found[1].rpartition("/")[2] if found else ""
    if found is None or name not in FONTS:
        return ""
    font = inlined(_read(theme, f"fonts/{name}"), "font/woff2")
    return rule.replace(found[0], f"url({font})")


def _read(theme: Path, name: str) -> bytes:
    path = theme / "static" / name
    if not path.is_file():
        raise PlanError(f"Le fichier {name} manque dans le thème {theme}.")
    return path.read_bytes()
