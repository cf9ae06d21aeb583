"""The theme's style sheets, joined from their parts, minified, their fonts marked; its scripts.

Every page has the first one, ``portail.css``; some families of pages add one of their own, so that
nobody loads the columns of a week to read an article.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

import rcssmin

from portail.errors import PlanError
from portail.files import digest_bytes

__all__ = ["ORDER", "STYLESHEET", "bundle", "mark", "marked", "script", "sheets", "stylesheet"]

STYLESHEET = "css/portail.css"
ORDER = "css/ordre.txt"
_URL = re.compile(r"url\((\.\./[\w./-]+)\)")
_NAME = re.compile(r"\[([\w-]+)\]")
_REMARK = re.compile(r"^([^'\"`/]*)\s//\s.*")
"""The comment that ends a line: after no quote nor slash, two slashes cannot mean anything else."""


def sheets(theme: Path) -> Mapping[str, tuple[str, ...]]:
    """Parts to join by sheet, all names below ``static/``, as ``css/ordre.txt`` lists them:
    those of every page first, then, after ``[nom]``, those of ``css/nom.css``."""
    order = theme / "static" / ORDER
    found: dict[str, tuple[str, ...]] = {}
    sheet = STYLESHEET
    lines = order.read_text(encoding="utf-8").splitlines() if order.is_file() else []
    for line in (one.strip() for one in lines):
        if name := _NAME.fullmatch(line):
            sheet = f"css/{name[1]}.css"
        elif line and not line.startswith("#"):
            found[sheet] = (*found.get(sheet, ()), f"css/{line}")
    return found


def bundle(theme: Path, sheet: str = STYLESHEET) -> str:
    """The parts of a sheet, joined as they are written. Raises ``PlanError`` when one is missing,
    ``KeyError`` for a sheet that there is not."""
    found = []
    for name in sheets(theme)[sheet]:
        path = theme / "static" / name
        if not path.is_file():
            raise PlanError(f"La feuille {name}, citée par {ORDER}, manque dans le thème.")
        found.append(path.read_text(encoding="utf-8").rstrip() + "\n")
    return "".join(found)


def stylesheet(theme: Path, sheet: str = STYLESHEET) -> bytes:
    """A sheet to publish: no comment, no space, each file that it asks for with its mark.

    Raises as ``bundle`` does, and ``PlanError`` when a file that it asks for is missing.
    """

    def address(match: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join("css", match[1]))
        return f"url({marked(match[1], theme / 'static' / name)})"

    return str(rcssmin.cssmin(_URL.sub(address, bundle(theme, sheet)))).encode()


def script(source: str) -> str:
    """A script to publish: without comments, those that stand alone on a line or end one, nor
    indentation. One with a text over several lines is left as it is written, and so is a library
    of others, which begins with the comment of its licence (``/*!``, ``outils/tiers.py``).

    >>> script("// Why.\\nif (a) {\\n  b('// c'); // d\\n  e(); // f\\n}\\n").splitlines()
    ['if (a) {', "b('// c'); // d", 'e();', '}']
    """
    lines = source.splitlines()
    if source.startswith("/*!") or any(line.count("`") % 2 for line in lines):
        return source
    said = (_REMARK.sub(r"\1", one).strip() for one in lines if not one.lstrip().startswith("//"))
    return "".join(f"{line}\n" for line in said if line)


def marked(address: str, file: Path) -> str:
    """``address`` with a mark that changes with the bytes of ``file``, so that it may be kept for
    ever by whoever has read it. Raises ``PlanError`` when there is no such file."""
    if not file.is_file():
        raise PlanError(f"Le fichier {file.name} manque dans {file.parent}.")
    return f"{address}?v={mark(file.read_bytes())}"


def mark(data: bytes) -> str:
    """What tells these bytes from those that the same file had before: as short as can be, since
    a page names a dozen files."""
    return digest_bytes(data)[:6]
