"""The logo of an instance in a layer of its theme: in pages, as icons, in shared pictures."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor

from portail.config import SiteConfig
from portail.drawings.strokes import WIDTH
from portail.resources import Folder, folders_of
from portail.site.logo import Unfit, icon_of, read

_LIGHT, _DARK = "icons/logo", "icons/logo-sombre"
_HEIGHT, _WIDEST = 44, 220
"""Height of a logo in the header, and the most that it may be wide, in pixels."""
_SHARP = 3
"""Pixels that a screen may have for one."""
_COLOURS = 128
ICONS = {"icone-180": (180, 0.8), "icone-192": (192, 0.8), "icone-512": (512, 0.8)}
"""Side of an icon, and how much of it a drawing fills; less of one that systems cut round
(https://www.w3.org/TR/appmanifest/#icon-masks)."""
_MASKED = {"icone-masquable-512": (512, 0.6)}
_CORNER = 84
"""Side of the corner of a shared picture where the mark is, where the picture is ``WIDTH`` wide."""

_AT_NIGHT = "".join(
    f"{start} {{ {root} .logo .jour {{ display: none; }} {root} .logo .nuit {{ display: block; }} "
    f"{root} .logo .seul {{ outline: .3rem solid #fff; background: #fff; }} }}\n"
    for start, root in (
        ("@media screen and (prefers-color-scheme: dark)", ':root:not([data-theme="clair"])'),
        ("@media screen", ':root[data-theme="sombre"]'),
    )
)
SHEET = f"""\
.logo img {{ display: block; max-width: 46vw; object-fit: contain; }}
@media (max-width: 36em) {{ .logo img {{ width: auto; height: 2.2rem; }} }}
.logo .nuit {{ display: none; }}
.pied .logo .seul {{ outline: .3rem solid #fff; background: #fff; }}
{_AT_NIGHT}"""
"""What pages with a logo need: one drawn for a dark ground takes its place there, else it stands on
white. It goes with the tokens, that every page has."""


class Emblem(NamedTuple):
    """The logo as templates show it: names below ``static/``, ``sombre`` empty without one for a
    dark ground; its size in pages; whether the name is beside; whether icons are its own."""

    fichier: str
    sombre: str
    largeur: int
    hauteur: int
    nom: bool
    icones: bool


def emblem_of(theme: Folder, config: SiteConfig) -> Emblem | None:
    """The logo that the layers of ``theme`` hold, for an instance that has one."""
    top = folders_of(theme)[-1] / "static"
    light, dark = (
        next((f"{name}{end}" for end in (".svg", ".png") if (top / f"{name}{end}").is_file()), "")
        for name in (_LIGHT, _DARK)
    )
    if config.logo is None or not light:
        return None
    width = min(round(read(top / light).ratio * _HEIGHT), _WIDEST)
    shown = config.logo.nom
    return Emblem(light, dark, width, _HEIGHT, shown, bool(icon_of(config)))


def files_of(
    theme: Folder, config: SiteConfig, root: Path, ground: str, made: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Files below ``static/`` that show the logo of the instance in ``root``; ``ground`` is the
    colour of pages, ``made`` what its colours give already. One that is not fit is left to the
    check."""
    if config.logo is None:
        return
    with suppress(Unfit):
        for name, file in ((_LIGHT, config.logo.fichier), (_DARK, config.logo.sombre)):
            if file:
                end, data = Path(file).suffix.lower(), read(root / file).data
                yield f"{name}{end}", data if end == ".svg" else _lower(data)
        if icon := icon_of(config):
            mark = Image.open(io.BytesIO(read(root / icon).data)).convert("RGBA")
            yield from _icons(mark, ground)
            for path in sorted((theme / "static/partage").glob("*.png")):
                name = f"partage/{path.name}"
                yield name, _signed(made.get(name) or path.read_bytes(), mark, ground)


def _lower(data: bytes) -> bytes:
    """A picture no higher than the sharpest screen shows it."""
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    picture.thumbnail((_WIDEST * _SHARP, _HEIGHT * _SHARP))
    return _png(picture)


def _icons(mark: Image.Image, ground: str) -> Iterator[tuple[str, bytes]]:
    whole = mark.width == mark.height and mark.getchannel("A").getextrema() == (255, 255)
    for name, (side, part) in (ICONS | _MASKED).items():
        # A square without holes is an icon already, but where systems cut it.
        yield f"icons/{name}.png", _png(_placed(mark, side, 1 if whole else part, ground))
    small = _placed(mark, 48, 1, ground)
    out = io.BytesIO()
    small.save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    yield "icons/favicon.ico", out.getvalue()
    inside = b64encode(_png(_placed(mark, 96, 1, ground))).decode()
    image = f'<image width="96" height="96" href="data:image/png;base64,{inside}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">{image}</svg>\n'
    yield "icons/favicon.svg", svg.encode()


def _placed(mark: Image.Image, side: int, part: float, ground: str) -> Image.Image:
    """The mark in the middle of a square of a colour."""
    square = Image.new("RGBA", (side, side), (*ImageColor.getrgb(ground)[:3], 255))
    small = mark.copy()
    small.thumbnail((round(side * part), round(side * part)))
    square.alpha_composite(small, ((side - small.width) // 2, (side - small.height) // 2))
    return square


def _signed(data: bytes, mark: Image.Image, ground: str) -> bytes:
    """A shared picture with the mark in its corner."""
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    side = round(picture.width * _CORNER / WIDTH)
    picture.paste(_placed(mark, side, 0.8, ground), (0, picture.height - side))
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    """The bytes of a picture in few colours."""
    out = io.BytesIO()
    if picture.getchannel("A").getextrema() == (255, 255):
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    else:
        few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
