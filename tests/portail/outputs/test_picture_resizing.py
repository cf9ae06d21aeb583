"""Pictures made in other sizes and formats: upright, in the right colours, and only pixels."""

from PIL import Image

from doses import cases
from pictures import (
    GPS_CITY,
    decoded,
    difference,
    drawing,
    foreign_profile,
    near,
    photograph,
    picture,
    shot_data,
    stored,
)
from portail.outputs.medias import resized

NAMES = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP", "GIF": "GIF", "AVIF": "AVIF"}
TRACES = (GPS_CITY.encode(), b"Camille", b"Exif", b"<script>")
FORMS = {"AVIF": "AVIF", "WebP": "WEBP", "JPEG": "JPEG", "PNG": "PNG"}


def smaller(form, data, size, to):
    """What readers see of a picture in another size."""
    image = decoded(resized(data, NAMES[form], (size,), to))
    assert (image.format, image.size) == (FORMS[to], size)
    return image


@cases("form", NAMES)
@cases("to", FORMS)
def test_a_smaller_picture_looks_the_same_and_says_nothing(form, to):
    told = {"comment": GPS_CITY.encode()} if form == "GIF" else {"exif": shot_data()}
    data = picture(form, drawing(96, 64), **told) + b"<script>alert(1)</script>"
    size = (48, 32)
    result = resized(data, NAMES[form], (size,), to)
    assert [trace for trace in TRACES if trace in result] == []
    assert resized(data, NAMES[form], (size,), to) == result
    assert difference(smaller(form, data, size, to), drawing(96, 64).resize(size)) < 12


@cases("orientation", range(1, 9))
def test_a_smaller_picture_is_upright(orientation):
    upright = drawing(600, 400)
    data = picture("JPEG", stored(upright, orientation), exif=shot_data(orientation))
    assert difference(smaller("JPEG", data, (60, 40), "PNG"), upright.resize((60, 40))) < 6


@cases("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_can_be_made_smaller(mode):
    data = picture("PNG", drawing(48, 32, mode))
    expected = decoded(data).convert("RGBA").resize((24, 16), Image.Resampling.HAMMING)
    assert difference(smaller("PNG", data, (24, 16), "PNG"), expected) < 3


def test_what_is_seen_through_stays_so_and_opaque_pictures_lose_their_mask():
    half = picture("PNG", Image.new("RGBA", (8, 8), (255, 0, 0, 128)))
    for to in ("AVIF", "WebP", "PNG"):
        pixel = smaller("PNG", half, (4, 4), to).convert("RGBA").getpixel((2, 2))
        assert abs(pixel[3] - 128) < 4
    opaque = picture("PNG", Image.new("RGBA", (8, 8), (255, 0, 0, 255)))
    assert smaller("PNG", opaque, (4, 4), "PNG").mode == "RGB"
    clear = picture("PNG", drawing(), transparency=(250, 5, 5))
    assert smaller("PNG", clear, (12, 8), "PNG").mode == "RGBA"


def test_sixteen_bits_of_grey_become_eight():
    data = picture("PNG", Image.new("I;16", (8, 8), 40_000))
    assert smaller("PNG", data, (4, 4), "PNG").getpixel((0, 0)) == (156, 156, 156)


def test_colours_are_those_that_the_profile_meant_in_every_size():
    red = picture("JPEG", Image.new("RGB", (64, 64), (255, 0, 0)), icc_profile=foreign_profile())
    assert near(smaller("JPEG", red, (8, 8), "PNG").getpixel((4, 4)), (0, 255, 0))
    inks = picture("JPEG", Image.new("CMYK", (64, 64), (0, 255, 255, 0)))
    assert near(smaller("JPEG", inks, (8, 8), "PNG").getpixel((4, 4)), (255, 0, 0))


@cases("form", ["PNG", "WEBP", "GIF"])
def test_an_animation_gives_its_first_frame(form):
    data = picture(form, drawing(24, 16), frames=3, duration=50)
    image = smaller(form, data, (12, 8), "PNG")
    assert getattr(image, "n_frames", 1) == 1
    assert difference(image, drawing(24, 16).resize((12, 8))) < 12


def test_newer_formats_weigh_less():
    data = picture("JPEG", photograph(), quality=95)
    weights = [len(resized(data, "JPEG", ((240, 180),), to)) for to in ("AVIF", "WebP", "JPEG")]
    assert weights == sorted(weights)
    assert weights[0] < 0.75 * weights[2]


def test_a_size_made_from_a_larger_one_shows_the_same():
    data, wide, narrow = picture("JPEG", photograph(), quality=95), (320, 240), (160, 120)
    once = decoded(resized(data, "JPEG", (narrow,), "PNG"))
    after = decoded(resized(data, "JPEG", (wide, narrow), "PNG"))
    assert difference(once, after) < 4
