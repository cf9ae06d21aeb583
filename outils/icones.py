"""Draw the icons of the site and the pictures of shared links, from the theme's own colours.

Usage: icones.py, from the root of the project. To run again when ``tokens.css`` or the mark
changes: it writes ``theme/static/icons/*.png``, ``favicon.ico`` and ``theme/static/partage/*.png``
(1,200 × 630 pixels, one a theme and one without). Exit codes: 0, 2 (no browser).
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from jinja2 import Environment
from PIL import Image

from audit_axe import browser
from npm import ToolMissing

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from portail.drawings.families import drawing  # noqa: E402
from portail.drawings.strokes import HEIGHT, WIDTH  # noqa: E402
from portail.model.vocabulary import Vocabularies  # noqa: E402
from portail.outputs.empreintes import EmpreinteView  # noqa: E402
from portail.site.urls import DEEP  # noqa: E402
from portail_pelican.assets import Tokens  # noqa: E402

STATIC = ROOT / "theme" / "static"
DRAWING = ROOT / "theme" / "templates" / "empreinte.svg"
SHOWN = {"histoire-patrimoine": 1}
"""The rank of the drawing of a theme, 3 elsewhere."""
SHARED = (1200, 630)
COLOURS = 64
# Part of an icon that the mark fills; a maskable one keeps a ring that systems may cut away
# (https://www.w3.org/TR/appmanifest/#icon-masks).
ICONS = {"icone-180": (180, 0.8), "icone-192": (192, 0.8), "icone-512": (512, 0.8)}
ICONS["icone-masquable-512"] = (512, 0.6)
MARK = (
    '<g fill="none" stroke="{line}" stroke-width="5"><path d="M8 40a22 22 0 0 1 32-32"/>'
    '<path d="M17 40a14 14 0 0 1 23-23"/></g><circle cx="35" cy="35" r="7" fill="{dot}"/>'
)


def main() -> int:
    """Write every file; says how many."""
    tokens = Tokens(ROOT / "theme")
    themes = ("", *Vocabularies.load(ROOT / "data")["themes"])
    drawings = {f"icons/{name}.png": icon(*how, tokens) for name, how in ICONS.items()}
    for theme in themes:
        drawings[f"partage/{theme or 'portail'}.png"] = shared(theme, tokens)
    try:
        for name, (drawing, size) in drawings.items():
            write(STATIC / name, picture(drawing, size))
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    small = Image.open(STATIC / "icons" / "icone-192.png").convert("RGBA")
    small.save(STATIC / "icons" / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
    print(f"{len(drawings) + 1} files in {STATIC}")
    return 0


def icon(side: int, part: float, tokens: Tokens) -> tuple[str, tuple[int, int]]:
    """The mark on the ground of the site, on a square of ``side`` pixels."""
    margin = 48 * (1 / part - 1) / 2
    box = f"{-margin} {-margin} {48 + 2 * margin} {48 + 2 * margin}"
    ground = f'<rect x="{-margin}" y="{-margin}" width="200%" height="200%" fill="{{}}"/>'
    inside = ground.format(tokens.jeton("fond").clair) + mark("lien", "accent", tokens)
    return svg(box, inside), (side, side)


def shared(theme: str, tokens: Tokens) -> tuple[str, tuple[int, int]]:
    """A drawing of a theme at its full colour, as contents show it, and the mark in its corner."""
    template = Environment(autoescape=True).from_string(DRAWING.read_text(encoding="utf-8"))
    vue = EmpreinteView(theme, drawing(theme, SHOWN.get(theme, 3)), DEEP)
    whole = template.render(vue=vue, couleurs=tokens.couleurs, jeton=tokens.jeton)
    inside = re.sub(r"</?svg\b[^>]*>", "", whole)
    height = WIDTH * SHARED[1] // SHARED[0]
    top = (HEIGHT - height) // 2
    corner = (
        f'<g transform="translate(0 {top + height - 84})">'
        f'<rect width="84" height="84" fill="{tokens.jeton("nuit").clair}"/>'
        f'<g transform="translate(18 18)">{mark("sur-nuit", "signal", tokens)}</g></g>'
    )
    return svg(f"0 {top} {WIDTH} {height}", inside + corner), SHARED


def mark(line: str, dot: str, tokens: Tokens) -> str:
    """The mark of the site in two tokens."""
    return MARK.format(line=tokens.jeton(line).clair, dot=tokens.jeton(dot).clair)


def svg(box: str, inside: str) -> str:
    """A drawing that fills its page."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


def picture(drawing: str, size: tuple[int, int]) -> bytes:
    """The drawing as a PNG of ``size`` pixels, in few colours. Raises ``ToolMissing``."""
    width, height = size
    page = f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>"
    with browser() as chromium:
        tab = chromium.new_page(viewport={"width": width, "height": height})
        tab.set_content(page + drawing)
        shot = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    data = io.BytesIO()
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def write(path: Path, data: bytes) -> None:
    """Write a file, and its folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    raise SystemExit(main())
