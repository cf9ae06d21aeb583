"""The drawing of a place as networks show it, who show no SVG: painted by resvg, in the colours
that its style sheet has by day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from io import BytesIO

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import Artifact, Derived
from portail.outputs.pages.entry.entries import facade_of
from portail.outputs.pages.views.shared import Facade, Picture
from portail.outputs.pictures import PICTURE_VERSION, SHARED_SIZE
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import file_of

_SHEET = "theme/css/facade.css"
_NAME = "facade.png"
# Of the drawing in units: its frame, a third of the picture, and the room beside it.
_FRAME = tuple(size // 3 for size in SHARED_SIZE)
_BESIDE = 40
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 210"><style>{rules}</style>'
    '<path class="fond" d="M0 0h400v210H0z"/><path class="sol" d="M0 189h400v21H0z"/>'
    '<g transform="{pose}">{drawing}</g></svg>'
)
_RULE = re.compile(r"(\.facade [^{}]+)\{([^{}]*)\}")
_NAMES = re.compile(r"(?:\.[\w-]+)+|path")
# What resvg does not know: it has one colour of its own.
_MIXED = re.compile(r"[\w-]+: ?color-mix\([^;}]*;?")
_SHARES = 0.25  # of the colours that a picture may have


def plan_shared(site: Site) -> Iterator[Artifact]:
    if _is_painted(site):
        for item in site.of_kind(Kind.LIEU):
            if found := facade_of(item, site):
                path = item.url + _NAME
                key = digest_bytes(found[0].traces.encode()), version("resvg_py"), PICTURE_VERSION
                make = partial(painted, found[0])
                yield Derived(file_of(path), path, (_SHEET,), make, key=key)


def picture_of(item: Item, site: Site) -> Picture | None:
    """What networks show of a place, or of what takes place there."""
    found = facade_of(item, site) if _is_painted(site) else None
    if found is None:
        return None
    _, place = found
    return Picture(place.url + _NAME, f"Façade dessinée : {place.texte}", *SHARED_SIZE)


def painted(drawing: Facade, files: Sequence[bytes]) -> bytes:
    """The PNG of a drawing, with its style sheet."""
    # Imported here: a build that paints nothing needs none of them.
    import resvg_py
    from PIL import Image

    from portail.outputs.medias import saved

    pose = drawing.pose(*_FRAME, _BESIDE)
    rules = _plain(files[0].decode())
    picture = _SVG.format(rules=rules, pose=pose, drawing=drawing.traces)
    width, height = SHARED_SIZE
    shapes = resvg_py.svg_to_bytes(
        svg_string=picture, width=width, height=height, skip_system_fonts=True
    )
    return saved(Image.open(BytesIO(shapes)).convert("RGB"), "PNG", _SHARES)


def _plain(sheet: str) -> str:
    # Rules of one screen, by day, their own colour as that of the text.
    rules = []
    for selector, said in _RULE.findall(sheet.partition("@media")[0]):
        names = ",".join(_NAMES.findall(selector)[1:])
        if names:
            rules.append(f"{names}{{{_MIXED.sub('', said)}}}")
    return "".join(rules).replace("var(--m)", "currentColor").replace("--m:", "color:")


def _is_painted(site: Site) -> bool:
    return bool(site.config.added.get("image_du_soir"))
