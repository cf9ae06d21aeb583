"""The pages of a built site: list, address, shapes."""

from __future__ import annotations

import re
from pathlib import Path

CANONICAL = re.compile(r'<link\b[^>]*\brel="?canonical"?[^>]*\bhref="?([^"\s>]+)', re.IGNORECASE)
DATED = re.compile(r"\d{4}(?:-s?\d{2}){0,2}|\d+")
REFRESH = re.compile(r'<meta\b[^>]*\bhttp-equiv="?refresh', re.IGNORECASE)
MAIL = "courriel.html"
"""Name of a letter as it is sent: tables, styles on each element."""
LOCAL_ADDRESS = "https://portail.invalid"
"""Used when a site was built without SITEURL; `.invalid` never resolves (RFC 2606)."""


def html_pages(output: Path) -> list[Path]:
    """Every HTML page, sorted by path; not the mails, whose HTML is that of readers of mail."""
    pages = (path for path in output.rglob("*.html") if path.name != MAIL)
    return sorted(path for path in pages if path.is_file())


def html_mails(output: Path) -> list[Path]:
    """The HTML of every mail, sorted by path."""
    return sorted(output.rglob(MAIL))


def site_url(output: Path) -> str:
    """The address the site was built for, from its home page, without a final slash."""
    home = output / "index.html"
    text = home.read_text(encoding="utf-8") if home.is_file() else ""
    canonical = CANONICAL.search(text)
    url = canonical.group(1) if canonical else ""
    return url.rstrip("/") if url.startswith(("http://", "https://")) else LOCAL_ADDRESS


def address(output: Path, page: Path) -> str:
    """Path of a page on the site: ``/lieux/la-coupole/``."""
    return "/" + page.relative_to(output).as_posix().removesuffix("index.html")


def shape(url: str) -> str:
    """Address with what varies replaced: ``/lieux/*/``, ``/agenda/N/N/``.

    Pages of one template share a shape; the first segment, which tells kinds apart, is kept,
    and so are segments that say a page number or a date.
    """
    first, *rest = url.strip("/").split("/")
    parts = [DATED.sub("N", part) if DATED.fullmatch(part) else "*" for part in rest]
    return "/" + "/".join([first, *parts])


def is_redirect(page: Path) -> bool:
    """Whether a page only sends its reader to another: a browser would not stay on it."""
    return REFRESH.search(page.read_text(encoding="utf-8")) is not None


def by_shape(output: Path, pages: list[Path]) -> list[Path]:
    """The longest page of each shape, sorted by path: the one with the most to go wrong.

    Redirects are left out.
    """
    chosen = {
        shape(address(output, page)): page
        for page in sorted(pages, key=lambda page: page.stat().st_size)
        if not is_redirect(page)
    }
    return sorted(chosen.values())
