# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Make the three font files of the theme from their npm packages, once.

The site carries its own fonts: nothing is fetched from a third party when a page is
read, and nothing from npm when the site is built. This script is run by hand when a
version or the repertoire changes (``uv run outils/polices.py``, or plain Python with
the two dependencies above); its results are committed. The same inputs give the same
bytes, so ``--check`` can tell whether the committed files are still the script's.

Each file keeps what French needs and nothing else:

- characters: Basic Latin, Latin-1 and `EXTRA`;
- axis: the weights that the style sheets use;
- features: kerning, ligatures, tabular and proportional figures.

Three things are completed, as the SIL Open Font License allows (neither font has a
reserved name): U+2011 (non-breaking hyphen) shows the hyphen; U+202F (narrow
non-breaking space) is added, half as wide as the space; U+0178 (Ÿ) is brought over
from the package's own Latin-extended file. Arrows, ✓ and № exist in neither package
and come from the reader's system.
"""

from __future__ import annotations

import argparse
import copy
import io
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

from npm import Package
from npm import read as read_package

DESTINATION = Path(__file__).resolve().parent.parent / "theme" / "static" / "fonts"
EXTRA = "œŒæÆÿŸ«»‘’“”‹›…–—·•€°²³×\u2011\u00a0\u202f"
UNUSED = {0xA4, 0xAD}  # ¤, which Bricolage lacks, and the soft hyphen, which browsers draw
REPERTOIRE = ({*range(0x20, 0x7F)} | {*range(0xA0, 0x100)} | {ord(c) for c in EXTRA}) - UNUSED
FEATURES = ["kern", "liga", "ccmp", "locl", "tnum", "pnum", "mark", "rvrn"]
NARROW_SPACE, HYPHEN, NB_HYPHEN, Y_DIERESIS = 0x202F, 0x2D, 0x2011, 0x178
BUDGET = 35_000
"""Largest size of one file, in bytes."""


@dataclass(frozen=True)
class Face:
    """One font file to make: where it comes from in its package, and its weights."""

    package: Package
    source: str
    weights: tuple[int, int]
    target: str


BRICOLAGE = Package(
    "@fontsource-variable/bricolage-grotesque",
    "5.3.0",
    "TLi9Q4hJjS2UvoTMRSS2nHu6c4R56lAw60NR9QYtVRCHn0XtsFpiEhNffZ8Glsoxu6wEEwLKBP8lb94J52PNBA==",
)
LITERATA = Package(
    "@fontsource-variable/literata",
    "5.3.0",
    "1Jw7xvOcoGyB83lxB2nG4bfNbqtX2/TTbdh9sHAOmU064SvmSdulDtA5RBu5JYWf64fdaKX7xU+z3GO1T2bCHA==",
)
FACES = (
    Face(BRICOLAGE, "bricolage-grotesque-{}-wght-normal.woff2", (400, 800), "bricolage-grotesque"),
    Face(LITERATA, "literata-{}-wght-normal.woff2", (400, 700), "literata"),
    Face(LITERATA, "literata-{}-wght-italic.woff2", (400, 700), "literata-italique"),
)
LICENCES = {BRICOLAGE: "OFL-bricolage-grotesque.txt", LITERATA: "OFL-literata.txt"}


def main() -> int:
    """Write the fonts, or compare with ``--check``; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    wanted: dict[str, bytes] = {}
    files = {package: read_package(package) for package in LICENCES}
    for package, name in LICENCES.items():
        wanted[name] = files[package]["LICENSE"]
    for face in FACES:
        wanted[f"{face.target}.woff2"] = make(face, files[face.package])
    stale = [name for name, content in wanted.items() if not same(name, content)]
    for name, content in wanted.items():
        print(f"{name}: {len(content)} bytes{' (differs)' if name in stale else ''}")
        if not check:
            DESTINATION.mkdir(parents=True, exist_ok=True)
            (DESTINATION / name).write_bytes(content)
    return 1 if check and stale else 0


def same(name: str, content: bytes) -> bool:
    """Whether the committed file `name` has exactly this content."""
    path = DESTINATION / name
    return path.is_file() and path.read_bytes() == content


def make(face: Face, files: dict[str, bytes]) -> bytes:
    """Return the WOFF2 bytes of one face, complete and within `BUDGET`.

    Raises `SystemExit` when a character is missing or the file is too heavy.
    """
    font = read(files, face.source.format("latin"))
    if Y_DIERESIS not in font.getBestCmap():
        bring_glyph(font, read(files, face.source.format("latin-ext")), Y_DIERESIS)
    low, high = face.weights
    instantiateVariableFont(font, {"wght": (low, high)}, inplace=True, updateFontNames=False)
    add_narrow_space(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NB_HYPHEN] = table.cmap[HYPHEN]
    for name in font.getGlyphOrder():  # the instancer forgets the glyphs that do not vary
        font["gvar"].variations.setdefault(name, [])
    add_HVAR(font)
    subset(font)
    missing = REPERTOIRE - set(font.getBestCmap())
    if missing:
        raise SystemExit(f"{face.target}: missing {[f'U+{code:04X}' for code in sorted(missing)]}")
    buffer = io.BytesIO()
    font.flavor = "woff2"
    font.save(buffer, reorderTables=True)
    if buffer.tell() > BUDGET:
        raise SystemExit(f"{face.target}: {buffer.tell()} bytes, over {BUDGET}")
    return buffer.getvalue()


def read(files: dict[str, bytes], name: str) -> TTFont:
    """Open one font of a package; its date stays the one its authors gave."""
    font = TTFont(io.BytesIO(files[f"files/{name}"]), recalcTimestamp=False, lazy=False)
    font.ensureDecompiled()
    return font


def bring_glyph(font: TTFont, other: TTFont, code: int) -> None:
    """Copy the glyph of `code`, with its variations, from a sibling of the same design.

    An accented letter is made of parts, which both files carry. Raises `SystemExit`
    when one of them is not the same in both.
    """
    name = other.getBestCmap()[code]
    glyph = other["glyf"][name]
    for part in glyph.getComponentNames(other["glyf"]):
        if part not in font["glyf"] or font["glyf"][part] != other["glyf"][part]:
            raise SystemExit(f"U+{code:04X}: its part {part} differs between the two files")
    font["glyf"][name] = copy.deepcopy(glyph)
    font["gvar"].variations[name] = copy.deepcopy(other["gvar"].variations[name])
    add_metrics(font, name, other["hmtx"][name], other)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def add_narrow_space(font: TTFont) -> None:
    """Add U+202F as an empty glyph, half as wide as the space."""
    space = font.getBestCmap()[0x20]
    name, width = "uni202F", font["hmtx"][space][0] // 2
    font["glyf"][name] = Glyph()
    font["gvar"].variations[name] = []
    add_metrics(font, name, (width, 0), font, like=space)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_SPACE] = name


def add_metrics(
    font: TTFont, name: str, metric: tuple[int, int], source: TTFont, like: str = ""
) -> None:
    """Give a new glyph its place and advance widths, vertical ones too where the font has them."""
    font.setGlyphOrder(list(font["glyf"].glyphOrder))  # also renews the name → index table
    font["hmtx"][name] = metric
    if "vmtx" in font:
        font["vmtx"][name] = source["vmtx"][like or name]
    # Both are rebuilt or made useless by the new glyph: HVAR from gvar, VVAR for a
    # vertical layout that French never asks for.
    for tag in ("HVAR", "VVAR"):
        if tag in font:
            del font[tag]


def subset(font: TTFont) -> None:
    """Keep the characters of `REPERTOIRE` and the features of `FEATURES`."""
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["vhea", "vmtx", "VVAR", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=REPERTOIRE)
    subsetter.subset(font)


if __name__ == "__main__":
    sys.exit(main())
