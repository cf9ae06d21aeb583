"""What Safari's engine prints: as many sheets from any window, none blank, a poster on one.

Pages are printed with WebKitGTK, twice: from the window of a computer, and from a narrow one. What
is found is printed again alone, for a page may have been late. A page that is made wrong on purpose
is printed too, and must be found.
"""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from npm import ToolMissing
from pages import address, site_url
from serving import served

PYTHON = "/usr/bin/python3"
"""The system's, which has PyGObject."""
WIDE = 1280
NARROW = 700
SHEET = 'class="a4'
"""What a page holds that is one sheet to pin up."""
WRONG = "data:text/html,<style>@media (min-width: 62em) { p { break-before: page } }</style>1<p>2"
"""A window decides of what is printed."""

Sheets = list[str]


def check_paper(output: Path, pages: list[Path]) -> list[str]:
    """What is wrong with the paper of these pages: ``address — what``, a line each.

    Raises `ToolMissing` when WebKit does not print, or does not print as a window says.
    """
    posters = [SHEET in page.read_text(encoding="utf-8") for page in pages]
    findings: list[str] = []
    with served(output, site_url(output)) as host:
        urls = [f"{host}{address(output, page)}" for page in pages]
        *sheets, control = judged([*urls, WRONG], [*posters, False])
        if not control:
            raise ToolMissing("WebKit prints a page made wrong on purpose as one that is right.")
        for url, poster, first in zip(urls, posters, sheets, strict=True):
            again = judged([url], [poster])[0] if first else []
            findings += [f"{url.removeprefix(host)} — {fault}" for fault in again]
    return findings


def judged(urls: list[str], posters: list[bool]) -> list[list[str]]:
    """What is wrong with each of these pages, printed from both windows."""
    with ThreadPoolExecutor() as pool:
        wide, narrow = pool.map(lambda width: printed(urls, width), (WIDE, NARROW))
    return [
        faults(sheets, narrower, poster=poster)
        for sheets, narrower, poster in zip(wide, narrow, posters, strict=True)
    ]


def faults(wide: Sheets, narrow: Sheets, *, poster: bool) -> list[str]:
    """What is wrong with one page, from the text of each of its sheets, printed from both."""
    faults = []
    if len(wide) != len(narrow):
        faults.append(f"{len(wide)} sheets from a wide window, {len(narrow)} from a narrow one")
    blank = [rank for rank, sheet in enumerate(wide, start=1) if not sheet.strip()]
    if blank:
        faults.append(f"blank sheets: {blank}")
    if poster and len(wide) != 1:
        faults.append(f"a poster of {len(wide)} sheets")
    return faults


def printed(urls: list[str], width: int) -> list[Sheets]:
    """The text of each sheet of each address, printed from a window of this width (CSS px).

    Raises `ToolMissing` when one cannot be printed.
    """
    script = Path(__file__).with_name("webkit_papier.py")
    with TemporaryDirectory() as folder:
        command = ["xvfb-run", "-a", PYTHON, str(script), folder, str(width), *urls]
        run(command, seconds=30 + 10 * len(urls))
        return [sheets(Path(folder) / f"{rank}.pdf") for rank in range(len(urls))]


def sheets(pdf: Path) -> Sheets:
    """The text of each sheet of a PDF file."""
    return run(["pdftotext", str(pdf), "-"], seconds=60).removesuffix("\f").split("\f")


def run(command: list[str], seconds: int) -> str:
    """What a command writes. Raises `ToolMissing` when it is absent, fails or takes longer."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise ToolMissing(f"{error}\n{getattr(error, 'stderr', '')}") from error
    return done.stdout
