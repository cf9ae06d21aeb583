"""The theme's style sheets, joined from their parts, minified, their fonts marked; its scripts.

Every page has the first one, ``portail.css``; some families of pages add one of their own, so that
nobody loads the columns of a week to read an article. Modules that are always loaded together are
joined too: one request, not one each.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

import rcssmin

from portail.errors import PlanError
from portail.files import digest_bytes

__all__ = [
    "ORDERS",
    "STYLESHEET",
    "bundle",
    "joined",
    "mark",
    "marked",
    "modules",
    "published",
    "script",
    "sheets",
    "stylesheet",
]

STYLESHEET = "css/portail.css"
_SHEETS, _SCRIPTS = ORDERS = ("css/ordre.txt", "js/ordre.txt")
_URL = re.compile(r"url\((\.\./[\w./-]+)\)")
_NAME = re.compile(r"\[([\w-]+)\]")
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function|const) (\w+))", re.MULTILINE)
_REMARK = re.compile(r"^([^'\"`/]*)\s//\s.*")
"""The comment that ends a line: after no quote nor slash, two slashes cannot mean anything else."""


def sheets(theme: Path) -> Mapping[str, tuple[str, ...]]:
    """Parts to join by sheet, all names below ``static/``, as ``css/ordre.txt`` lists them:
    those of every page first, then, after ``[nom]``, those of ``css/nom.css``."""
    return _parts(theme, _SHEETS)


def joined(theme: Path) -> Mapping[str, tuple[str, ...]]:
    """Parts of each sheet, and of each script that ``js/ordre.txt`` lists in the same way."""
    return {**sheets(theme), **_parts(theme, _SCRIPTS)}


def _parts(theme: Path, order: str) -> Mapping[str, tuple[str, ...]]:
    folder, file = posixpath.dirname(order), theme / "static" / order
    found: dict[str, tuple[str, ...]] = {}
    whole = f"{folder}/portail.{folder}"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    for line in (one.strip() for one in lines):
        if name := _NAME.fullmatch(line):
            whole = f"{folder}/{name[1]}.{folder}"
        elif line and not line.startswith("#"):
            found[whole] = (*found.get(whole, ()), f"{folder}/{line}")
    return found


def published(theme: Path, name: str) -> bytes:
    """What is published of a sheet or a script that is joined. Raises as ``stylesheet`` does."""
    if name.endswith(".css"):
        return stylesheet(theme, name)
    parts = joined(theme)[name]
    return modules({_last(one): script(_read(theme, one, _SCRIPTS)) for one in parts}).encode()


def _last(name: str) -> str:
    """The last word of the name of a script: ``js/recherche-mots.js`` → ``mots``."""
    return name.removesuffix(".js").rpartition("-")[2]


def modules(sources: Mapping[str, str]) -> str:
    """Modules in one, which exports each under its name, with all that it exports.

    >>> print(modules({"mots": "const b = 1;\\nexport const a = b;\\n"}), end="")
    export const mots = (() => {
    const b = 1;
    const a = b;
    return { a };
    })();
    """
    return "".join(
        f"export const {name} = (() => {{\n{_EXPORT.sub('', source)}"
        f"return {{ {', '.join(_EXPORT.findall(source))} }};\n}})();\n"
        for name, source in sources.items()
    )


def bundle(theme: Path, sheet: str = STYLESHEET) -> str:
    """The parts of a sheet, joined as they are written. Raises ``PlanError`` when one is missing,
    ``KeyError`` for a sheet that there is not."""
    return "".join(_read(theme, name, _SHEETS) for name in sheets(theme)[sheet])


def _read(theme: Path, name: str, order: str) -> str:
    path = theme / "static" / name
    if not path.is_file():
        raise PlanError(f"Le fichier {name}, cité par {order}, manque dans le thème.")
    return path.read_text(encoding="utf-8").rstrip() + "\n"


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
