"""Pagefind, pinned: the usual search of static sites, measured beside ours (Linux x86-64 only).

It is given its best: French stemming, the pages of contents alone, and of each what it says, not
the lists of other contents that it shows.
"""

from __future__ import annotations

import platform
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from npm import Package, ToolMissing, install

__all__ = ["BUNDLE", "PAGE", "command", "program", "site_of"]

PAGEFIND = Package(
    "@pagefind/linux-x64",
    "1.6.0",
    "IbMSx/+Vr/Xk0TTBlLkjgK+rvnbOXGmmb2/MKxQu99AR5DsqQoV3NKEA9PQz2tAhuCZjeD5xJBp4w5N5DHIC7Q==",
)
BUNDLE = "pagefind"
"""Folder of its index in a site."""
NOT_SAID = "nav, .bloc, .geo, .geo-note, .completer, .suivre, .sources, .partage"
"""What the page of a content shows besides what it says."""
PAGE = "blanche.html"
"""A page of `site_of` that loads nothing: the searches are run from it."""


def program() -> Path:
    """Path of the pinned program. Raises `ToolMissing` where it does not run or cannot be had."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise ToolMissing("Pagefind is pinned for Linux x86-64 only")
    path = install(PAGEFIND) / "bin" / "pagefind_extended"
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def site_of(output: Path, addresses: Iterable[str], folder: Path) -> None:
    """Copy the pages at ``addresses`` (``/lieux/x/``) of a built site below ``folder``, and an
    empty one."""
    for address in addresses:
        target = folder / address.strip("/") / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(output / address.strip("/") / "index.html", target)
    (folder / PAGE).write_text("<!DOCTYPE html><title>.</title>", encoding="utf-8")


def command(site: Path) -> list[str]:
    """The command that writes the index of ``site``, in its folder `BUNDLE`."""
    chosen = {
        "site": str(site),
        "output-path": str(site / BUNDLE),
        "glob": "*/**/*.html",
        "force-language": "fr",
        "root-selector": "main",
        "exclude-selectors": NOT_SAID,
    }
    return [str(program()), "--quiet", *(f"--{key}={value}" for key, value in chosen.items())]
