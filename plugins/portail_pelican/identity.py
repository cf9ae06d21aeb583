"""The identity of an instance as a layer of its theme: its colours, its logo, its icons.

Files are made from the settings and laid over those of the theme, so that sheets, mails, documents
for paper, drawings and icons follow without knowing of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageColor

from portail.colours.palette import Colours, coloured, hue_of
from portail.colours.sheet import rules, schemes
from portail.config import SiteConfig
from portail.files import atomic_write, files_below
from portail.model.vocabulary import Vocabularies
from portail.resources import Folder, over
from portail_pelican import emblem
from portail_pelican.assets import TOKENS, part_of

_ICONS = (*emblem.ICONS, "icone-masquable-512")
_SMALL = ((16, 16), (32, 32), (48, 48))
_SHARED = "partage/portail.png"


def dressed(theme: Folder, data: Folder, config: SiteConfig, root: Path, cache: Path) -> Folder:
    """``theme`` under the identity that the settings of the instance in ``root`` give, which is
    written in ``cache``."""
    files = _files(theme, data, config, root)
    layer = cache / "identite"
    if not files:
        return theme
    static = layer / "static"
    for path in sorted(files_below(static)):
        if path.relative_to(static).as_posix() not in files:
            path.unlink()
    for name, made in files.items():
        path = static / name
        if not path.is_file() or path.read_bytes() != made:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(path, made)
    return over(theme, layer)


def _files(theme: Folder, data: Folder, config: SiteConfig, root: Path) -> dict[str, bytes]:
    """Files below ``static/``, by their name."""
    css = part_of(theme, TOKENS)
    known = rules(css)
    themes = Vocabularies.load(data)["themes"]
    added = {
        one.code: hue_of(str(one.extra.get("teinte", "")))
        for one in themes.values()
        if f".t-{one.code}" not in known
    }
    classes = "".join(
        f".t-{code} {{ --t: var(--{hue}); --t-fond: var(--{hue}-fond); }}\n"
        for code, hue in added.items()
    )
    sheet = coloured(css, config.couleurs) + classes
    files: dict[str, bytes] = {}
    if config.couleurs != Colours():
        files |= dict(_recoloured(theme, css, sheet, added))
    ground = schemes(css + sheet)[0]["fond"]
    files |= dict(emblem.files_of(theme, config, root, ground, files))
    for code in added:
        shared = files.get(_SHARED) or (theme / f"static/{_SHARED}").read_bytes()
        files[f"partage/{code}.png"] = shared
    if sheet := sheet + emblem.SHEET * bool(config.logo):
        files[TOKENS] = sheet.encode()
    return files


def _recoloured(
    theme: Folder, css: str, sheet: str, added: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Icons and shared pictures with the new values of the tokens that they are drawn in."""
    (before, dark), (after, night) = schemes(css), schemes(css + sheet)
    keys = {before[name]: after[name] for name in ("fond", "lien", "accent")}
    for name in _ICONS:
        file = f"icons/{name}.png"
        yield file, _painted((theme / f"static/{file}").read_bytes(), keys)
    small = _painted((theme / "static/icons/icone-192.png").read_bytes(), keys)
    yield "icons/favicon.ico", _ico(small)
    svg = (theme / "static/icons/favicon.svg").read_text(encoding="utf-8")
    for old, new in ((before, after), (dark, night)):
        for name in ("lien", "accent"):
            svg = svg.replace(old[name], new[name])
    yield "icons/favicon.svg", svg.encode()
    for code, teinte in _drawn(css):
        keys = {
            before[name]: after[name]
            for name in (teinte, f"{teinte}-fond", "nuit", "signal", "sur-nuit")
        }
        if any(old != new for old, new in keys.items()):
            file = f"partage/{code}.png"
            path = theme / f"static/{file}"
            if path.is_file() and code not in added:
                yield file, _painted(path.read_bytes(), keys)


def _drawn(css: str) -> Iterator[tuple[str, str]]:
    """Each theme of the sheet and its hue; the picture of no theme last."""
    for selector, found in rules(css).items():
        if selector.startswith(".t-") and found.get("--t", "").startswith("var(--"):
            yield selector[3:], found["--t"][6:-1]
    yield "portail", "ardoise"


def _painted(data: bytes, keys: Mapping[str, str]) -> bytes:
    """A picture of few colours where each, a mix of two of ``keys``, is the same mix of the new."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    old = [ImageColor.getrgb(one) for one in keys]
    new = [ImageColor.getrgb(one) for one in keys.values()]
    palette = picture.getpalette() or []
    rows = [tuple(palette[at : at + 3]) for at in range(0, len(palette), 3)]
    picture.putpalette([part for row in rows for part in _mixed(row, old, new)])
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _mixed(
    colour: tuple[int, ...], old: Sequence[tuple[int, ...]], new: Sequence[tuple[int, ...]]
) -> tuple[int, ...]:
    best: tuple[float, tuple[int, ...]] = (float("inf"), colour)
    for rank, one in enumerate(old):
        for second in range(rank, len(old)):
            way = [b - a for a, b in zip(one, old[second], strict=True)]
            size = sum(part * part for part in way)
            far = sum((c - a) * part for c, a, part in zip(colour, one, way, strict=True))
            part = min(max(far / size, 0), 1) if size else 0
            off = sum((c - a - w * part) ** 2 for c, a, w in zip(colour, one, way, strict=True))
            if off < best[0]:
                mixed = (a + (b - a) * part for a, b in zip(new[rank], new[second], strict=True))
                best = off, tuple(map(round, mixed))
    return best[1]


def _ico(data: bytes) -> bytes:
    """An icon of the sizes that browsers ask for."""
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGBA").save(out, "ICO", sizes=list(_SMALL))
    return out.getvalue()
