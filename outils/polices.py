# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Make the font files of the theme from their npm packages, once: two for each face.

The site carries its own fonts: nothing is fetched from a third party when a page is
read, and nothing from npm when the site is built. This script is run by hand when a
version or the repertoire changes (``uv run outils/polices.py``, or plain Python with
the two dependencies above); its results are committed. The same inputs give the same
bytes, so ``--check`` can tell whether the committed files are still the script's.

Together the two files of a face keep what French needs and nothing else:

- characters: Basic Latin, Latin-1 and `EXTRA`; those of `CORE`, which any page may have, in
  the first file, the others in a second one, which a browser asks for when a page has one
  of them (``unicode-range`` of `SHEETS`, which are compared too: a range that had a letter
  of the first file would have both asked for, before the first has come);
- axis: the weights that the style sheets use;
- features: kerning, ligatures, figures of one width where tables are set.

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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

from npm import Package, pinned
from npm import read as read_package

THEME = Path(__file__).resolve().parent.parent / "theme"
DESTINATION = THEME / "static" / "fonts"
SHEETS = ("static/css/fonts.css", "static/css/paper.css", "templates/flux.css")
EXTRA = "œŒæÆÿŸ«»‘’“”‹›…–—·•€°²³×\u2011\u00a0\u202f"
UNUSED = {0xA4, 0xAD}  # ¤, which Bricolage lacks, and the soft hyphen, which browsers draw
REPERTOIRE = ({*range(0x20, 0x7F)} | {*range(0xA0, 0x100)} | {ord(c) for c in EXTRA}) - UNUSED
SIGNS = '"#$*<=>[\\]^_`{|}~'  # of those who program: guides have some, announcements none
# á: Nausicaá, one of the first places of the region, is named on many pages.
CORE = (
    ({*range(0x20, 0x7F)} - {ord(c) for c in SIGNS})
    | {ord(c) for c in "àáâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ"}
    | {ord(c) for c in "«»‘’“”‹›…–—·•€°²³×©\u2011\u00a0\u202f"}
)
NARROW_SPACE, HYPHEN, NB_HYPHEN, Y_DIERESIS = 0x202F, 0x2D, 0x2011, 0x178
NAMES = [0, 1, 2, 14]  # copyright, family, style, address of the licence
BUDGETS = {"": 25_000, "-suite": 11_000}
"""Largest size of a file in bytes, by what ends its name."""


@dataclass(frozen=True)
class Face:
    """One face to make: where it comes from in its package, its weights, its features."""

    package: Package
    source: str
    weights: tuple[int, int]
    features: tuple[str, ...]
    target: str


BRICOLAGE = pinned("@fontsource-variable/bricolage-grotesque")
LITERATA = pinned("@fontsource-variable/literata")
TITLES, TEXTS = ("kern", "tnum"), ("kern", "liga", "rvrn")  # tables are set in the first one
FACES = (
    Face(
        BRICOLAGE,
        "bricolage-grotesque-{}-wght-normal.woff2",
        (400, 800),
        TITLES,
        "bricolage-grotesque",
    ),
    Face(LITERATA, "literata-{}-wght-normal.woff2", (400, 700), TEXTS, "literata"),
    Face(LITERATA, "literata-{}-wght-italic.woff2", (400, 700), TEXTS, "literata-italique"),
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
        for end, characters in (("", CORE), ("-suite", REPERTOIRE - CORE)):
            wanted[f"{face.target}{end}.woff2"] = make(face, files[face.package], characters, end)
    stale = [name for name, content in wanted.items() if not same(name, content)]
    for name, content in wanted.items():
        print(f"{name}: {len(content)} bytes{' (differs)' if name in stale else ''}")
        if not check:
            DESTINATION.mkdir(parents=True, exist_ok=True)
            (DESTINATION / name).write_bytes(content)
    for line in (wrong := [*wrong_ranges()]):
        print(line)
    return 1 if wrong or (check and stale) else 0


def wrong_ranges() -> Iterator[str]:
    """One line for each rule where a second file is not asked for its very characters."""
    wanted = f"unicode-range: {unicode_range(REPERTOIRE - CORE)};"
    for name in SHEETS:
        for rule in (THEME / name).read_text("utf-8").split("@font-face"):
            if "-suite.woff2" in rule and wanted not in rule:
                yield f"{name}: should say {wanted}"


def unicode_range(characters: set[int]) -> str:
    """The value of the descriptor for these characters.

    >>> unicode_range({0x22, 0x23, 0x24, 0x2A})
    'U+22-24, U+2A'
    """
    starts = sorted(code for code in characters if code - 1 not in characters)
    ends = sorted(code for code in characters if code + 1 not in characters)
    pairs = zip(starts, ends, strict=True)
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in pairs)


def same(name: str, content: bytes) -> bool:
    """Whether the committed file `name` has exactly this content."""
    path = DESTINATION / name
    return path.is_file() and path.read_bytes() == content


def make(face: Face, files: dict[str, bytes], characters: set[int], end: str) -> bytes:
    """Return the WOFF2 bytes of a face for `characters`, all there, within the budget of `end`.

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
    subset(font, characters, face.features)
    if missing := characters - set(font.getBestCmap()):
        raise SystemExit(f"{face.target}{end}: missing {unicode_range(missing)}")
    buffer = io.BytesIO()
    font.flavor = "woff2"
    font.save(buffer, reorderTables=True)
    if buffer.tell() > BUDGETS[end]:
        raise SystemExit(f"{face.target}{end}: {buffer.tell()} bytes, over {BUDGETS[end]}")
    return buffer.getvalue()


def read(files: dict[str, bytes], name: str) -> TTFont:
    """Open one font of a package; its date stays the one its authors gave."""
    font = TTFont(io.BytesIO(files[f"files/{name}"]), recalcTimestamp=False, lazy=False)
    font.ensureDecompiled()
    return font


def bring_glyph(font: TTFont, source: TTFont, code: int) -> None:
    """Copy the glyph of `code`, with its variations, from a sibling of the same design.

    An accented letter is made of parts, which both files carry. Raises `SystemExit`
    when one of them is not the same in both.
    """
    name = source.getBestCmap()[code]
    glyph = source["glyf"][name]
    for part in glyph.getComponentNames(source["glyf"]):
        if part not in font["glyf"] or font["glyf"][part] != source["glyf"][part]:
            raise SystemExit(f"U+{code:04X}: its part {part} differs between the two files")
    font["glyf"][name] = copy.deepcopy(glyph)
    font["gvar"].variations[name] = copy.deepcopy(source["gvar"].variations[name])
    add_metrics(font, name, source["hmtx"][name], source)
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


def subset(font: TTFont, characters: set[int], features: tuple[str, ...]) -> None:
    """Keep these characters, with these features of layout."""
    options = Options()
    options.layout_features = [*features]
    options.name_IDs = NAMES
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["vhea", "vmtx", "VVAR", "DSIG", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


if __name__ == "__main__":
    sys.exit(main())
