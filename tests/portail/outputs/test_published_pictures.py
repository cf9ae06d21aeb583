"""Whatever picture ``check`` accepts is published: each file made of it has its size."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from doses import dose
from pictures import decoded, drawing, picture
from portail.files import digest_bytes
from portail.outputs.base import Derived
from portail.outputs.picture_sizes import _sizes, shown_size, tailles
from portail.site.item import MediaRecord
from portail.site.urls import media_url
from portail.source.medias import check_media

MODES = {
    "JPEG": ("RGB", "L", "CMYK", "1"),
    "PNG": ("RGB", "RGBA", "L", "LA", "P", "1", "I;16"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("P", "L", "1"),
}
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
WIDEST = {"JPEG": 65_500, "PNG": 70_000, "WEBP": 16_383, "GIF": 65_535}
EDGES = (1, 2, 3, 479, 480, 481, 800, 1_279, 1_280, 1_281, 16_382, 16_383, 16_384, 32_769, 65_500)
PIXELS = 150_000
"""Few, so that a picture is made in no time."""


class Told(NamedTuple):
    """What a picture is, by which a failing one is shown."""

    form: str
    mode: str
    size: tuple[int, int]
    orientation: int = 1
    frames: int = 1


@st.composite
def pictures(draw: st.DrawFn) -> Told:
    """A picture of any ratio, mode and format, upright or not."""
    form = draw(st.sampled_from(sorted(MODES)))
    most = WIDEST[form]
    side = draw(st.sampled_from([one for one in EDGES if one <= most]) | st.integers(1, most))
    other = draw(st.integers(1, max(1, min(most, PIXELS // side))))
    return Told(
        form,
        draw(st.sampled_from(MODES[form])),
        draw(st.sampled_from([(side, other), (other, side)])),
        draw(st.integers(1, 8)) if form != "GIF" else 1,
        draw(st.integers(1, 3)) if form != "JPEG" and side * other < 10_000 else 1,
    )


def made(told: Told) -> bytes:
    """The bytes of a picture."""
    form, mode, size, orientation, frames = told
    image = drawing(*size).convert("I").convert(mode) if mode == "I;16" else drawing(*size, mode)
    options = {}
    if orientation > 1:
        exif = Image.Exif()
        exif[0x0112] = orientation
        options["exif"] = exif.tobytes()
    moving = frames if mode in ("RGB", "P") else 1
    return picture(form, image, frames=moving, **options)


@settings(
    max_examples=dose(60, 600),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=pictures())
@example(told=Told("PNG", "1", (10, 16_383)))
@example(told=Told("PNG", "1", (10, 16_384)))
@example(told=Told("PNG", "L", (2, 60_000)))
@example(told=Told("PNG", "L", (65_501, 1)))
@example(told=Told("JPEG", "L", (2, 65_500)))
@example(told=Told("JPEG", "L", (65_500, 2), orientation=6))
@example(told=Told("GIF", "P", (3, 40_000)))
def test_what_is_accepted_is_published(told: Told, tmp_path: Path) -> None:
    suffix, data = SUFFIXES[told.form], made(told)
    place = PurePosixPath(f"content/medias/a.{suffix}")
    pixels, found = check_media(place, data)
    if pixels is None:
        assert [one.code for one in found] == ["E144"], "a sound picture is at most too long"
        return
    file = tmp_path / f"a.{suffix}"
    file.write_bytes(data)
    animated = getattr(Image.open(BytesIO(data)), "n_frames", 1) > 1
    record = MediaRecord(place, file, digest_bytes(data), pixels, media_url(place), animated)
    widths = {one.suffixe: one.largeur for one in tailles(record)}
    for artifact in _sizes(record, linked=True):
        assert isinstance(artifact, Derived)
        name = artifact.path.removeprefix(f"medias/a.{suffix}")
        wanted = shown_size(record, widths[name]) if name else pixels
        assert decoded(artifact.make(())).size == wanted
