"""Pictures made again: the same to look at, and nothing but pixels."""

from io import BytesIO
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from doses import cases, dose
from pictures import (
    GPS_CITY,
    decoded,
    difference,
    drawing,
    foreign_profile,
    gif_of_frames,
    near,
    photograph,
    picture,
    shot_data,
    stored,
)
from portail.outputs.medias import encoded, resized
from portail.source.medias import check_media
from portail.source.signatures import FORMATS

RED, GREEN = (250, 5, 5), (10, 120, 60)
NAMES = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP", "GIF": "GIF"}
TRACES = (
    GPS_CITY.encode(), b"Camille", b"Exif", b"eXIf", b"EXIF", b"http://ns.adobe.com", b"XMP ",
    b"ICC", b"iCCP", b"tEXt", b"zTXt", b"iTXt", b"<script>", b"pHYs", b"tIME", b"Photoshop",
)  # fmt: skip
XMP = b"<x:xmpmeta>" + GPS_CITY.encode() + b"</x:xmpmeta>"


def made_again(form, data):
    """What readers see of a picture."""
    image = decoded(encoded(data, NAMES[form]))
    assert image.format == form
    return image


# ── Nothing but pixels ───────────────────────────────────────────────────────────────


def loaded_with_everything(form):
    """A picture that says where and by whom it was taken in every way that its format has."""
    options = {"exif": shot_data(), "icc_profile": foreign_profile()}
    if form == "PNG":
        info = PngInfo()
        info.add_text("Comment", GPS_CITY)
        info.add_text("Comment", GPS_CITY, zip=True)
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options |= {"pnginfo": info, "dpi": (300, 300)}
    elif form == "JPEG":
        options |= {"comment": GPS_CITY.encode(), "xmp": XMP, "dpi": (300, 300)}
    elif form == "WEBP":
        options |= {"xmp": XMP}
    else:
        options = {"comment": GPS_CITY.encode()}
    return picture(form, **options) + b"<script>alert(1)</script>"


@cases("form", NAMES)
def test_no_trace_of_anything_but_pixels_and_the_same_bytes_every_time(form):
    data = loaded_with_everything(form)
    assert GPS_CITY.encode() in data
    assert b"<script>" in data
    result = encoded(data, NAMES[form])
    assert [trace for trace in TRACES if trace in result] == []
    image = decoded(result)
    assert not image.getexif()
    assert image.info.keys() <= {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression",
        "version", "background", "loop", "timestamp", "duration", "dpi",
    }  # fmt: skip
    assert image.info.get("dpi", (72, 72)) != (300, 300)
    assert encoded(data, NAMES[form]) == result, "the same bytes every time"
    if form == "GIF":
        assert encoded(picture(form), form) == result, "what else was told has no part in them"


# ── The same to look at ──────────────────────────────────────────────────────────────


@cases("form", ["JPEG", "PNG", "WEBP"])
@cases("orientation", range(1, 9))
def test_pictures_are_put_upright(form, orientation):
    """A camera that was held in any way gives the picture that it was pointed at."""
    upright = drawing(60, 40)
    data = picture(form, stored(upright, orientation), exif=shot_data(orientation))
    image = made_again(form, data)
    assert image.size == (60, 40)
    assert difference(image, upright) < 6
    suffix = {"JPEG": "jpg"}.get(form, form.lower())
    assert check_media(PurePosixPath(f"content/a/a.{suffix}"), data)[0] == image.size


@cases(
    ("form", "mode"),
    [
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "L"),
        ("PNG", "LA"), ("PNG", "P"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"),
        ("WEBP", "RGBA"), ("GIF", "L"), ("GIF", "P"),
    ],
)  # fmt: skip
def test_every_mode_looks_the_same(form, mode):
    data = picture(form, drawing(48, 32, mode))
    assert difference(made_again(form, data), decoded(data)) < (3 if form != "WEBP" else 6)


def test_sixteen_bits_of_grey_are_kept():
    image = Image.new("I;16", (8, 8), 40_000)
    assert made_again("PNG", picture("PNG", image)).getpixel((0, 0)) == 40_000


@cases(("mode", "transparency"), [("P", 0), ("P", b"\x00\x80"), ("L", 30), ("RGB", RED)])
def test_transparency_is_kept(mode, transparency):
    data = picture("PNG", drawing(mode=mode), transparency=transparency)
    assert difference(made_again("PNG", data), decoded(data)) == 0


def test_inks_become_light():
    image = made_again("JPEG", picture("JPEG", Image.new("CMYK", (8, 8), (0, 255, 255, 0))))
    assert image.mode == "RGB"
    assert near(image.getpixel((4, 4)), (255, 0, 0))


@cases("form", ["JPEG", "PNG", "WEBP"])
def test_a_colour_profile_is_applied_before_it_is_dropped(form):
    data = picture(form, Image.new("RGB", (16, 16), (255, 0, 0)), icc_profile=foreign_profile())
    image = made_again(form, data)
    red, green, blue = image.convert("RGB").getpixel((8, 8))
    assert (red < 40, green > 200, blue < 40) == (True, True, True)
    assert "icc_profile" not in image.info


def test_a_colour_profile_applies_to_what_is_seen_through():
    half = Image.new("RGBA", (8, 8), (255, 0, 0, 128))
    pixel = made_again("PNG", picture("PNG", half, icc_profile=foreign_profile())).getpixel((4, 4))
    assert pixel[1] > 200
    assert pixel[3] == 128
    flat = Image.new("RGB", (8, 8), (255, 0, 0)).convert("P")
    data = picture("PNG", flat, icc_profile=foreign_profile())
    assert near(made_again("PNG", data).convert("RGB").getpixel((4, 4)), (0, 255, 0))


@cases("profile", [b"", b"no profile", bytes(200), foreign_profile()[:300]])
def test_a_colour_profile_that_cannot_be_read_says_nothing(profile):
    data = picture("JPEG", drawing(48, 32), icc_profile=profile)
    assert difference(made_again("JPEG", data), decoded(data)) < 3
    grey = picture("JPEG", drawing(48, 32, "L"), icc_profile=foreign_profile())
    assert difference(made_again("JPEG", grey), decoded(grey)) < 3


# ── Weight ───────────────────────────────────────────────────────────────────────────


@cases("quality", [20, 50, 75, 85, 95])
@cases("subsampling", [0, 1, 2])
def test_a_jpeg_gains_no_weight(quality, subsampling):
    data = picture("JPEG", photograph(), quality=quality, subsampling=subsampling)
    result = encoded(data, "JPEG")
    assert len(result) < len(data)
    assert difference(decoded(result), decoded(data)) < 8


def test_a_jpeg_of_too_fine_a_quality_is_brought_back():
    data = picture("JPEG", photograph(), quality=100, subsampling=0)
    assert len(encoded(data, "JPEG")) < len(data) * 0.6


def test_a_lossless_picture_stays_so():
    for form, options in (("PNG", {}), ("WEBP", {"lossless": True}))[: dose(1, 2)]:
        data = picture(form, photograph(), **options)
        assert difference(made_again(form, data), decoded(data)) == 0


# ── Animations ───────────────────────────────────────────────────────────────────────


def frames_of(data):
    image = Image.open(BytesIO(data))
    shown = []
    for rank in range(getattr(image, "n_frames", 1)):
        image.seek(rank)
        still = image.convert("RGBA")
        shown.append((still, float(image.info.get("duration", 0))))
    return shown


@cases("mode", ["RGB", "RGBA"])
@cases("form", ["GIF", "PNG", "WEBP"])
def test_animations_are_kept(form, mode):
    durations = [100, 250, 40, 1000]
    data = picture(form, drawing(mode=mode), frames=4, duration=durations, loop=3)
    result = encoded(data, NAMES[form])
    before, after = frames_of(data), frames_of(result)
    assert [length for _, length in after] == durations
    for (old, _), (new, _) in zip(before, after, strict=True):
        assert difference(old, new) < 6
    assert decoded(result).info["loop"] == decoded(data).info["loop"] == 3


def test_an_animation_played_once_stays_so():
    assert "loop" not in decoded(encoded(picture("GIF", frames=3, duration=50), "GIF")).info


def test_what_becomes_transparent_does_so():
    full, hole = drawing(mode="RGBA"), drawing(mode="RGBA")
    hole.paste((0, 0, 0, 0), (0, 0, 12, 8))
    for form in ("GIF", "PNG", "WEBP"):
        options = {"disposal": 2} if form == "GIF" else {}
        data = picture(
            form, full, save_all=True, append_images=[hole, full], duration=50, **options
        )
        alphas = [still.getpixel((3, 3))[3] for still, _ in frames_of(encoded(data, NAMES[form]))]
        assert alphas == [255, 0, 255]


def test_a_still_picture_shown_where_nothing_moves():
    data = picture("PNG", frames=4, duration=100, default_image=True)
    result = encoded(data, "PNG")
    assert near(decoded(result).convert("RGB").getpixel((2, 2)), RED)
    assert len(frames_of(result)) == 4


def test_equal_frames_of_any_length():
    """A GIF holds 655 s a frame: equal frames, which are written as one, must not exceed it."""
    data = picture("GIF", frames=3, duration=600_000)
    control = b"!\xf9\x04\0\xff\xff\0\0"
    still = gif_of_frames(1)
    frame = still[still.index(b",") : -1]
    longest = still[: still.index(b",")] + (control + frame) * 400 + b";"
    for sample in (data, longest):
        assert sum(length for _, length in frames_of(encoded(sample, "GIF"))) <= 655_350


# ── What passed the check is published ───────────────────────────────────────────────

SAMPLES = {
    ".jpg": picture("JPEG", exif=shot_data(6), icc_profile=foreign_profile()),
    ".png": picture("PNG", drawing(mode="P"), icc_profile=foreign_profile()),
    ".gif": picture("GIF", frames=3, duration=50, loop=0),
    ".webp": picture("WEBP", frames=3, duration=50),
}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_whatever_is_accepted_is_published_at_the_size_that_was_told_and_others(suffix, data):
    sample = bytearray(SAMPLES[suffix])
    for place in data.draw(st.lists(st.integers(0, len(sample) - 1), max_size=4)):
        sample[place] ^= 1 << data.draw(st.integers(0, 7))
    path = PurePosixPath(f"content/a/a{suffix}")
    pixels, found = check_media(path, bytes(sample))
    if not found:
        result = encoded(bytes(sample), FORMATS[suffix])
        assert check_media(path, result) == (pixels, [])
        assert resized(bytes(sample), FORMATS[suffix], ((7, 5),), "WebP")
