"""``portail check --expliquer CODE``: the page of a code, on a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import TextIO

from portail.cli.reporting import say, wants_colour
from portail.cli.terminal import WIDTH, Style, safe, wrap
from portail.codes import all_codes
from portail.diagnostics import DataError
from portail.repair.engine import REPAIRS
from portail.resources import docs_dir
from portail.text.suggest import nearest

_MENDED = (
    "`portail check --corriger` l’écrit à votre place quand le fichier dit assez ce qui était "
    "voulu."
)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_ITEM = re.compile(r"(- |\d+\. )(.*)")


def explain(code: str, stream: TextIO) -> int:
    """Write the page of ``code`` on ``stream``; 2 when there is no such code.

    Raises ``DataError`` when the installation lacks the pages.
    """
    known = code.strip().upper()
    if known not in all_codes():
        near = nearest(known, all_codes(), limit=3)
        told = f"Les plus proches : {', '.join(near)}." if near else "Exemples : E213, E311."
        sys.stderr.write(f"Le code « {safe(code)} » n’existe pas. {told}\n")
        return 2
    file = docs_dir() / "codes" / f"{known}.md"
    try:
        page = file.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"La page « {file} » manque. Réinstallez Portail.") from error
    if known in REPAIRS:
        page += f"\n{_MENDED}\n"
    say(render(page, colour=wants_colour(stream, os.environ)), stream)
    return 0


def render(page: str, *, colour: bool) -> str:
    """A page of ours (headings, paragraphs, lists, tables, fences) as 78 columns of text.

    Fenced lines and tables are kept as they are, indented: they are to be copied.
    """
    return "\n".join([*_lines(page, Style(colour)), ""])


def _lines(page: str, style: Style) -> Iterator[str]:
    fenced = False
    for line in page.rstrip("\n").split("\n"):
        item = _ITEM.fullmatch(line)
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield f"    {style.paint('bon', safe(line))}".rstrip()
        elif line.startswith("#"):
            yield style.paint("gras", safe(line.lstrip("# ")))
        elif line.startswith("|"):
            yield f"  {safe(line)}"
        elif item:
            first, *others = wrap(_plain(item[2]), WIDTH - 4)
            yield f"  • {first}"
            yield from (f"    {other}" for other in others)
        else:
            yield from wrap(_plain(line), WIDTH)


def _plain(text: str) -> str:
    """A paragraph without the marks that only a browser shows."""
    return safe(_LINK.sub(r"\1", text)).replace("**", "")
