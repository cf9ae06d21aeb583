# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Bring Sveltia CMS, the visual editor of ``/admin/``, from its npm package.

Run by hand when its version changes (``uv run outils/sveltia.py``, or plain Python with the two
dependencies above); its results are committed, and a test compares them with their digests. The
same package gives the same bytes: ``--check`` says whether the committed files are still those.

The program is changed where it would ask a third party for something (``sveltia_retouches.py``).
Of its font of icons, only those that the program or our configuration names are kept.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sveltia_retouches
from npm import Package
from npm import read as read_package

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
THEME = "theme/static/admin"
SVELTIA = Package(
    "@sveltia/cms",
    sveltia_retouches.VERSION,
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
)
BANNER = (
    f"/*! Sveltia CMS {sveltia_retouches.VERSION}, copyright Kohei Yoshino, MIT licence, changed: "
    "see outils/sveltia_retouches.py */\n"
)
ICONS = (
    "article", "campaign", "description", "event", "folder_open", "groups", "inventory_2", "map",
    "person", "place", "rocket_launch",
)  # fmt: skip
"""Icons that our configuration names (``outputs/admin/collections.py``)."""
DIGESTS = Path(__file__).with_suffix(".sha256")
"""What is committed, as ``sha256sum`` writes and reads it."""

_ASSETS = "npm/assets"
_SANS = f"{_ASSETS}/source-sans-3-latin-wght-normal-BqRLTx4X.woff2"
_SYMBOLS = f"{_ASSETS}/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_ "


def main() -> int:
    """Write the files, or compare with ``--check``; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    wanted = made(read_package(SVELTIA))
    told = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in wanted.items())
    wanted[DIGESTS.relative_to(ROOT).as_posix()] = "".join(told).encode()
    stale = [name for name, content in wanted.items() if not same(name, content)]
    for name, content in wanted.items():
        print(f"{name}: {len(content)} bytes{' (differs)' if name in stale else ''}")
        if not check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_bytes(content)
    return 1 if check and stale else 0


def made(files: dict[str, bytes]) -> dict[str, bytes]:
    """Every file to commit, by its path, from those of the package.

    Raises ``ValueError`` when the package is not as the changes expect.
    """
    program = BANNER + sveltia_retouches.apply(files["dist/sveltia-cms.js"].decode())
    return {
        f"{THEME}/sveltia-cms.js": program.encode(),
        f"{THEME}/locales/fr.json": files["locales/fr.json"].rstrip() + b"\n",
        f"{THEME}/source-sans-3.woff2": files[_SANS],
        f"{THEME}/material-symbols.woff2": icons(files[_SYMBOLS], program),
        f"{THEME}/OFL-source-sans-3.txt": files[f"{_ASSETS}/source-sans-3.LICENSE.txt"],
        f"{THEME}/OFL-material-symbols.txt": files[
            f"{_ASSETS}/material-symbols-outlined.LICENSE.txt"
        ],
        "LICENSES/MIT-sveltia-cms.txt": files["LICENSE.txt"],
        "tests/data/sveltia-cms.schema.json": files["schema/sveltia-cms.json"].rstrip() + b"\n",
    }


def same(name: str, content: bytes) -> bool:
    """Whether the committed file `name` has exactly this content."""
    path = ROOT / name
    return path.is_file() and path.read_bytes() == content


def icons(data: bytes, program: str) -> bytes:
    """The font of icons with those alone whose name stands between quotes in `program`, at the
    common weight, so that a tenth of it is left."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False, lazy=False)
    named = set(re.findall(r"[`\"'>]([a-z][a-z0-9_]*)[`\"'<]", program)) | set(ICONS)
    keep_ligatures(font, named)
    instantiateVariableFont(font, {"wght": 400}, inplace=True, updateFontNames=False)
    options = Options()
    options.layout_features = ["rlig", "liga"]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(text=_LETTERS)
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.flavor = "woff2"
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()


def keep_ligatures(font: TTFont, named: set[str]) -> None:
    """Forget the ligatures that draw other icons than those of `named`: a name is spelled in the
    letters that it takes the place of."""
    codes = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            for first, ligatures in [*getattr(inner, "ligatures", {}).items()]:
                inner.ligatures[first] = [
                    one
                    for one in ligatures
                    if "".join(codes.get(glyph, "?") for glyph in (first, *one.Component)) in named
                ]


if __name__ == "__main__":
    sys.exit(main())
