"""The drawing of a place as networks show it, who show no SVG: painted by resvg, in the colours
that its style sheet has by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from io import BytesIO

from portail.files import digest_bytes
from portail.late import expression
from portail.model.kinds import Kind
from portail.outputs.base import Artifact, Derived
from portail.outputs.pages.entry.entries import facade_of
from portail.outputs.pages.views.shared import Facade, Picture
from portail.outputs.pages.words import WORDS
from portail.outputs.pictures import PICTURE_VERSION, SHARED_SIZE
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import file_of

_SHEET = "theme/css/facade.css"
_NAME = "facade.png"
# Of the drawing in units: its frame, a third of the picture, and the room beside it.
_FRAME = 400, 210
_BESIDE = 40
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 210">'
    '<style>{rules}</style><path class="fond" d="M0 0h400v210H0z"/>'
    '<path class="sol" d="M0 189h400v21H0z"/>'
    '<g transform="{pose}">{drawing}</g></svg>'
)
_OURS = expression(r"[\w-]+: ?(?:color-mix|var)\([^;}]*|\.facade |:is\(|\)")
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
    if _is_painted(site) and (found := facade_of(item, site)):
        _, place = found
        text = WORDS["fiches"]["facade"].format(lieu=place.texte)
        return Picture(place.url + _NAME, text, *SHARED_SIZE)
    return None


def painted(drawing: Facade, files: Sequence[bytes]) -> bytes:
    """The PNG of a drawing, with its style sheet."""
    # Imported here: a build that paints nothing needs none of them.
    import resvg_py
    from PIL import Image

    from portail.outputs.medias import saved

    pose = drawing.pose(*_FRAME, beside=_BESIDE)
    # resvg knows no more than classes.
    rules = _OURS.sub("", files[0].decode().partition("@media")[0])
    picture = _SVG.format(rules=rules, pose=pose, drawing=drawing.traces)
    width, height = SHARED_SIZE
    shapes = resvg_py.svg_to_bytes(
        svg_string=picture, width=width, height=height, skip_system_fonts=True
    )
    return saved(Image.open(BytesIO(shapes)).convert("RGB"), "PNG", _SHARES)


def _is_painted(site: Site) -> bool:
    return bool(site.config.added.get("image_du_soir"))
