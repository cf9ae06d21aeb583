"""The identity of an instance as a layer of its theme: its colours, its logo, its icons, made from
the settings and laid over the files of the theme.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from portail.config import SiteConfig
from portail.files import atomic_write, bytes_in, code_digest, digest_of, files_below
from portail.model.vocabulary import terms_of
from portail.resources import TOKENS, Folder, folders_of, over, tokens_of

from .faults import Unfit, read
from .palette import coloured, hue_of
from .settings import colour_of, files_of, logo_of
from .sheet import rules, schemes

# The logo in pages, as icons, in shared pictures.

_LIGHT = "icons/logo"
_DARK = "icons/logo-sombre"
_CARRIER_FILE = "icons/porteur"
# Height of a logo in the header, in pixels.
_HEIGHT = 44
# The most that it may be wide, in pixels.
_WIDEST = 220
# Height of the mark of who is behind the portal, beside « Proposé par ».
_LOW = 32
# Icons of pages and of the application that a phone makes of the site.
ICONS = ("icone-180", "icone-192", "icone-512", "icone-masquable-512")

_AT_NIGHT = "".join(
    f"{start} {{ {root} .logo .jour {{ display: none; }} {root} .logo .nuit {{ display: block; }} "
    f"{root} .logo .seul {{ outline: .3rem solid #fff; background: #fff; }} }}\n"
    for start, root in (
        ("@media screen and (prefers-color-scheme: dark)", ':root:not([data-theme="clair"])'),
        ("@media screen", ':root[data-theme="sombre"]'),
    )
)
# What pages with a logo need: one drawn for a dark ground takes its place there, else it stands on
# white. It goes with the tokens, that every page has.
SHEET = f"""\
.logo img {{ display: block; max-width: calc(46 * var(--vw)); object-fit: contain; }}
@media screen and (max-width: 36em) {{ .logo img {{ width: auto; height: 2.2rem; }} }}
.logo .nuit {{ display: none; }}
.pied .logo .seul {{ outline: .3rem solid #fff; background: #fff; }}
{_AT_NIGHT}"""

# What pages need to show who is behind the portal: on white, whatever the ground.
_CARRIER_SHEET = """\
.porteur img { display: inline-block; vertical-align: middle; }
.porteur img { outline: .2rem solid #fff; background: #fff; }
"""


class Mark(NamedTuple):
    """The mark of who is behind the portal: its name below ``static/``, its size, what it says."""

    fichier: str
    largeur: int
    hauteur: int
    alt: str


class Emblem(NamedTuple):
    """The logo as templates show it: names below ``static/``, ``sombre`` empty without one for a
    dark ground; its size in pages; whether the name is beside; whether icons are its own."""

    fichier: str
    sombre: str
    largeur: int
    hauteur: int
    nom: bool
    icones: bool


def shown(theme: Folder, config: SiteConfig) -> Mapping[str, Any]:
    """What every template may show: the logo, the mark of who is behind the portal."""
    return {"embleme": _emblem(theme, config), "marque_porteur": _carrier(theme, config)}


def _emblem(theme: Folder, config: SiteConfig) -> Emblem | None:
    logo = logo_of(config)
    top = folders_of(theme)[-1] / "static"
    light, dark = (_laid(top, name) for name in (_LIGHT, _DARK))
    if logo is None or not light:
        return None
    width = min(round(read(top / light).ratio * _HEIGHT), _WIDEST)
    return Emblem(light, dark, width, hauteur=_HEIGHT, nom=logo.nom, icones=bool(logo.icone))


def _carrier(theme: Folder, config: SiteConfig) -> Mark | None:
    top = folders_of(theme)[-1] / "static"
    name = _laid(top, _CARRIER_FILE)
    if config.porteur is None or not config.porteur.logo or not name:
        return None
    width = round(read(top / name).ratio * _LOW)
    return Mark(name, width, _LOW, config.porteur.alt or config.porteur.nom)


def _laid(top: Path, name: str) -> str:
    ends = (end for end in (".svg", ".png") if (top / f"{name}{end}").is_file())
    return next((f"{name}{end}" for end in ends), "")


def _marks(config: SiteConfig, root: Path) -> Iterator[tuple[str, bytes]]:
    # Files below ``static/`` that show the marks of the instance in ``root``, if they are fit.
    logo = logo_of(config)
    marks = []
    if config.porteur:
        marks.append((_CARRIER_FILE, config.porteur.logo))
    if logo:
        marks += [(_LIGHT, logo.fichier), (_DARK, logo.sombre)]
        marks += [(f"icons/{name}", logo.icone) for name in ICONS]
    for name, file in marks:
        with suppress(Unfit):
            if file:
                yield f"{name}{Path(file).suffix.lower()}", read(root / file).data


# The layer.

_SHARED = "partage/portail.png"


def dressed(theme: Folder, data: Folder, config: SiteConfig, root: Path, cache: Path) -> Folder:
    """``theme`` under the identity of the instance in ``root``, written in ``cache``: pictures are
    drawn once, until something that they are made of changes."""
    layer = cache / "identite"
    static = layer / "static"
    kept = layer / "marque"
    known = bytes_in(kept)
    mark = _mark(theme, data, config, root) if known else ""
    if known == _sealed(mark, static):
        return over(theme, layer)
    files = _files(theme, data, config, root)
    if not files:
        return theme
    for path in sorted(files_below(static)):
        if path.relative_to(static).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = static / name
        if not path.is_file() or path.read_bytes() != content:
            atomic_write(path, content)
    atomic_write(kept, _sealed(mark or _mark(theme, data, config, root), static))
    return over(theme, layer)


def _mark(theme: Folder, data: Folder, config: SiteConfig, root: Path) -> str:
    # Digest of all that the layer is made of: code, settings, colours of themes, files.
    statics: list[Path] = []
    for folder in folders_of(theme):
        statics.extend(folder / "static" / name for name in ("icons", "partage"))
    themes = terms_of("themes", data)
    return digest_of(
        code_digest([Path(__file__).parent, *filter(Path.is_dir, statics)]),
        version("pillow"),
        repr(config),
        repr([(theme.code, theme.extra) for theme in themes.values()]),
        tokens_of(theme),
        *(repr(bytes_in(path)) for path in files_of(config, root)),
    )


def _sealed(mark: str, static: Path) -> bytes:
    # What is kept beside the files of the layer: of what they are made, what they hold.
    return f"{mark} {code_digest([static])}".encode()


def _files(theme: Folder, data: Folder, config: SiteConfig, root: Path) -> dict[str, bytes]:
    css = tokens_of(theme)
    colour = colour_of(config)
    by_selector = rules(css)
    themes = terms_of("themes", data)
    added = {
        theme.code: hue_of(str(theme.extra.get("teinte", "")))
        for theme in themes.values()
        if f".t-{theme.code}" not in by_selector
    }
    classes = "".join(
        f".t-{code} {{ --t: var(--{hue}); --t-fond: var(--{hue}-fond); }}\n"
        for code, hue in added.items()
    )
    sheet = coloured(css, colour) + classes
    files: dict[str, bytes] = {}
    if colour:
        files |= dict(_recoloured(theme, css, sheet, added))
    files |= dict(_marks(config, root))
    for code in themes:
        if not (theme / f"static/partage/{code}.png").is_file():
            shared = files.get(_SHARED) or (theme / f"static/{_SHARED}").read_bytes()
            files[f"partage/{code}.png"] = shared
    carried = config.porteur is not None and bool(config.porteur.logo)
    if sheet := sheet + SHEET * bool(logo_of(config)) + _CARRIER_SHEET * carried:
        files[TOKENS] = sheet.encode()
    return files


def _recoloured(
    theme: Folder, css: str, sheet: str, added: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    # Icons and shared pictures with the new values of the tokens that they are drawn in.
    (before, dark), (after, night) = schemes(css), schemes(css + sheet)
    keys = {before[name]: after[name] for name in ("fond", "lien", "accent")}
    for name in ICONS:
        file = f"icons/{name}.png"
        picture = _painted((theme / f"static/{file}").read_bytes(), keys)
        yield file, picture
        if name == "icone-192":
            yield "icons/favicon.ico", _ico(picture)
    svg = (theme / "static/icons/favicon.svg").read_text(encoding="utf-8")
    for old, new in ((before, after), (dark, night)):
        for name in ("lien", "accent"):
            svg = svg.replace(old[name], new[name])
    yield "icons/favicon.svg", svg.encode()
    for code, teinte in _drawn(css):
        names = (teinte, f"{teinte}-fond", "nuit", "signal", "sur-nuit")
        keys = {before[name]: after[name] for name in names}
        if any(old != new for old, new in keys.items()):
            file = f"partage/{code}.png"
            path = theme / f"static/{file}"
            if path.is_file() and code not in added:
                yield file, _painted(path.read_bytes(), keys)


def _drawn(css: str) -> Iterator[tuple[str, str]]:
    # Each theme of the sheet and its hue; the picture of no theme last.
    for selector, rule in rules(css).items():
        if selector.startswith(".t-") and rule.get("--t", "").startswith("var(--"):
            yield selector[3:], rule["--t"][6:-1]
    yield "portail", "ardoise"


def _painted(data: bytes, keys: Mapping[str, str]) -> bytes:
    # A picture of few colours where each, a mix of two of ``keys``, is the same mix of the new.
    from PIL import Image, ImageColor

    picture = Image.open(io.BytesIO(data))
    if picture.mode != "P":  # the portal's own, in place of the theme's
        return data
    picture.load()
    old = [ImageColor.getrgb(key) for key in keys]
    new = [ImageColor.getrgb(key) for key in keys.values()]
    palette = picture.getpalette() or []
    rows = [tuple(palette[at : at + 3]) for at in range(0, len(palette), 3)]
    picture.putpalette(list(chain.from_iterable(_mixed(row, old, new) for row in rows)))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _mixed(
    colour: tuple[int, ...], old: Sequence[tuple[int, ...]], new: Sequence[tuple[int, ...]]
) -> tuple[int, ...]:
    best: tuple[float, tuple[int, ...]] = (float("inf"), colour)
    for rank, first in enumerate(old):
        for second in range(rank, len(old)):
            way = [b - a for a, b in zip(first, old[second], strict=True)]
            size = sum(part * part for part in way)
            far = sum((c - a) * part for c, a, part in zip(colour, first, way, strict=True))
            part = min(max(far / size, 0), 1) if size else 0
            off = sum((c - a - w * part) ** 2 for c, a, w in zip(colour, first, way, strict=True))
            if off < best[0]:
                mixed = (a + (b - a) * part for a, b in zip(new[rank], new[second], strict=True))
                best = off, tuple(map(round, mixed))
    return best[1]


def _ico(data: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGBA").save(
        out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)]
    )
    return out.getvalue()
