"""Whatever picture ``check`` accepts is published: each file made of it has its size."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from doses import dose, rows_of
from pictures import decoded, drawing, photograph, picture
from portail.files import digest_bytes
from portail.outputs.base import Derived
from portail.outputs.pictures import _sizes, shown_size, tailles
from portail.site.item import MediaRecord
from portail.site.urls import media_url
from portail.source.medias import check_media

MODES = rows_of("portail/outputs/published_pictures.yml")
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
WIDEST = {"JPEG": 65_500, "PNG": 70_000, "WEBP": 16_383, "GIF": 65_535, "AVIF": 32_768}
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
    weight: int = 0
    """As if it weighed so many bytes: a drawing that is not light."""


@st.composite
def pictures(draw):
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
        draw(st.integers(1, 3)) if form not in ("JPEG", "AVIF") and side * other < 10_000 else 1,
        draw(st.sampled_from([0, 30_000])),
    )


def made(told):
    """The bytes of a picture."""
    form, mode, size, orientation, frames, _ = told
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
def test_what_is_accepted_is_published(told, tmp_path):
    suffix, data = SUFFIXES[told.form], made(told)
    place = PurePosixPath(f"content/medias/a.{suffix}")
    pixels, found = check_media(place, data)
    if pixels is None:
        assert [one.code for one in found] == ["E144"], "a sound picture is at most too long"
        return
    file = tmp_path / f"a.{suffix}"
    file.write_bytes(data)
    animated = getattr(Image.open(BytesIO(data)), "n_frames", 1) > 1
    digest, url = digest_bytes(data), media_url(place)
    record = MediaRecord(place, file, digest, pixels, url, told.weight or len(data), animated)
    widths = {one.suffixe: one.largeur for one in tailles(record)}
    for artifact in _sizes(record, linked=True):
        name = artifact.path.removeprefix(f"medias/a.{suffix}")
        wanted = shown_size(record, widths[name]) if name else pixels
        assert decoded(artifact.make(())).size == wanted


def grain(mode):
    """A colour that its mode has not, which small dots of others imitate."""
    return picture("PNG", Image.new("RGB", (1600, 1000), "orange").convert(mode))


def lines():
    """A drawing of fine lines, which weighs little at its own size and more at any other."""
    image = Image.new("P", (1600, 1000), 0)
    draw = ImageDraw.Draw(image)
    for rank in range(0, 1600, 9):
        draw.line([(rank, 0), (1600 - rank, 999)], fill=rank % 5 + 1)
    return picture("PNG", image)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("png", grain("1")),
        ("png", grain("P")),
        ("gif", picture("GIF", Image.new("RGB", (1600, 1000), "orange").convert("1"))),
        ("png", lines()),
        ("jpg", picture("JPEG", photograph().resize((1280, 960)), quality=5)),
        ("webp", picture("WEBP", photograph().resize((1280, 960)), quality=5)),
    ],
)
def test_no_file_is_heavier_than_the_picture_it_is_made_of(suffix, data, tmp_path):
    place, file = PurePosixPath(f"content/medias/a.{suffix}"), tmp_path / f"a.{suffix}"
    file.write_bytes(data)
    pixels, _ = check_media(place, data)
    record = MediaRecord(place, file, digest_bytes(data), pixels, media_url(place), len(data))
    weights = {
        one.path: len(one.make(())) for one in _sizes(record, True) if isinstance(one, Derived)
    }
    assert weights
    assert {path: weight for path, weight in weights.items() if weight > len(data)} == {}
