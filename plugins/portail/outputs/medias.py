"""Pictures made again for publication, for ``outputs.pictures``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, cast

from msgspec import Struct
from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from portail.source.medias import Header, decoded_frames, open_picture, read_header, turn

# Pictures made again for publication: upright, in sRGB, and nothing but pixels.
# Whatever came with a picture (place and date of the shot, name of the author, comments, colour
# profile, a second file hidden behind it) stays behind. The same bytes, read by the same version
# of Pillow, give the same bytes.

_QUALITY = 85  # of a JPEG or WebP at its own size
_LONGEST_MS = 600_000  # of a whole animation: a GIF cannot say more than 655 s for one frame
# Width of the picture of a mail that has no photograph, for its height.
BAND = 8 / 3
# Side of the square of the mark, in a corner of the picture that networks show, for its width.
CORNER = 84 / 640

# Chosen by eye, on photographs and on drawings with fine text, at twice their size. One thread
# and one tile: how many there are shows in the bytes of an AVIF.
_SAVED: Mapping[str, Mapping[str, Any]] = {
    # Speed 9 is eight times as fast as 7, for 14 % more bytes.
    "AVIF": {"quality": 50, "speed": 9, "max_threads": 1, "autotiling": False},
    # As like the picture as that. Drawings weigh a tenth less, in half the time; photographs a
    # third more. Method 4, Pillow's own, takes twice as long for 4 % less bytes.
    "WebP": {"quality": 60, "method": 2},
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
    "PNG": {},
}
# Bytes of a file that need not be fewer: the rest of a page weighs more.
_TRIFLE = 4_000
# Part of the quality, or of 256 colours, of a file that outweighs the picture it is made of; then
# how many pixels, along a side, become one: only the grain of few colours needs that.
_POORER = ((0.7, 1), (0.4, 1), (0.15, 1), (0.05, 1), (0.25, 4))


class _Clean(Struct, frozen=True):
    """A picture without anything but pixels, and how its frames follow each other."""

    frames: tuple[Image.Image, ...]
    durations: tuple[float, ...]
    origin: ImageFile
    header: Header

    @property
    def first(self) -> Image.Image:
        return self.frames[0]


def encoded(data: bytes, name: str) -> bytes:
    """The picture as it is published, in the same format; ``data`` has passed ``check_media``."""
    header = read_header(data, name)
    origin = open_picture(data, name)
    way = turn(origin)
    frames = []
    durations = []
    animated = getattr(origin, "n_frames", 1) > 1
    for frame in decoded_frames(origin, header):
        frames.append(_cleaned(frame, way, animated))
        durations.append(float(frame.info.get("duration") or 0))
    clean = _Clean(tuple(frames), tuple(_bounded(durations)), origin, header)
    made = b""
    for part in (1, 0.8, 0.4, 0.05):  # of the quality; the others take longer, to weigh less
        stream = BytesIO()
        _ENCODERS[name](clean, stream, part)
        before, made = made, stream.getvalue()
        if before and len(before) <= len(made):
            return before
        if len(made) <= len(data):
            break
    return made


def resized(data: bytes, name: str, sizes: tuple[tuple[int, int], ...], form: str) -> bytes:
    """The first frame of a picture, upright, in ``form``, as large as the last of ``sizes``.

    The other sizes are those of the files made beside it, largest first: each is made from the one
    before. What would weigh more than ``data`` is made poorer.
    """
    picture = _scaled(data, name, sizes)
    made = saved(picture, form)
    for part, grain in _POORER:
        if len(made) <= max(len(data), _TRIFLE):
            break
        smooth = picture.reduce(grain).resize(picture.size) if grain > 1 else picture
        made = saved(smooth, form, part)
    return made


def saved(picture: Image.Image, form: str, part: float = 1) -> bytes:
    """A picture in ``form``, with ``part`` of the quality that it has there."""
    options = dict(_SAVED[form])
    if "quality" in options:
        options["quality"] = round(options["quality"] * part)
    elif part < 1:
        method = Image.Quantize.FASTOCTREE
        picture = picture.quantize(round(256 * part), method, dither=Image.Dither.NONE)
        options["optimize"] = True
    stream = BytesIO()
    picture.save(stream, form.upper(), **options)
    return stream.getvalue()


def flattened(data: bytes, name: str, size: tuple[int, int]) -> bytes:
    """The first frame as a JPEG of ``size`` on white, which every reader of mail shows."""
    picture = _scaled(data, name, (size,))
    if picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    stream = BytesIO()
    picture.convert("RGB").save(stream, "JPEG", **_SAVED["JPEG"])
    return stream.getvalue()


def band(shared: bytes) -> bytes:
    """The picture that networks show of a theme as a PNG that is ``BAND`` times as wide as high:
    what is above the mark in its corner."""
    picture = Image.open(BytesIO(shared))
    low = picture.height - round(picture.width * CORNER)
    stream = BytesIO()
    picture.crop((0, low - round(picture.width / BAND), picture.width, low)).save(
        stream, "PNG", optimize=True
    )
    return stream.getvalue()


@lru_cache(3)  # the sizes of one picture, which follow each other
def _scaled(data: bytes, name: str, sizes: tuple[tuple[int, int], ...]) -> Image.Image:
    if len(sizes) > 1:
        larger = _scaled(data, name, sizes[:-1])
        return larger.resize(sizes[-1], Image.Resampling.HAMMING)
    header = read_header(data, name)
    origin = open_picture(data, name)
    way = turn(origin)
    if isinstance(origin, JpegImageFile):  # decoded at a half, a quarter… that is still twice ours
        origin.draft(None, (2 * min(sizes[0]), 2 * min(sizes[0])))
    frame = next(decoded_frames(origin, header))
    picture = _smooth(frame)
    if way is not None:
        picture = picture.transpose(way)
    picture = picture.resize(sizes[0], Image.Resampling.HAMMING)
    picture = _in_srgb(picture, frame.info.get("icc_profile"))
    opaque = picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255)
    if picture.mode == "L" or opaque:
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _smooth(frame: ImageFile) -> Image.Image:
    if frame.has_transparency_data:
        return frame.convert("RGBA")
    if frame.mode.startswith("I"):  # sixteen bits of grey
        return frame.convert("I").point(lambda value: value / 256).convert("L")
    if frame.mode in ("L", "RGB", "CMYK"):
        return frame
    return frame.convert("RGB")


def _cleaned(frame: ImageFile, way: Image.Transpose | None, animated: bool) -> Image.Image:
    picture = _in_srgb(frame, frame.info.get("icc_profile"))
    if animated:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture = picture.copy() if way is None else picture.transpose(way)
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    return picture


def _bounded(durations: list[float]) -> list[float]:
    # Durations in ms whose sum every format can hold, as equal frames are written as one.
    if sum(durations) <= _LONGEST_MS:
        return durations
    return [min(duration, _LONGEST_MS / len(durations)) for duration in durations]


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    # The picture with the colours that its profile meant, for readers without the profile.
    if profile:
        # A profile that cannot be read, or that is made for other inks, says nothing.
        with suppress(Exception):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if not ImageCms.getProfileDescription(source).startswith("sRGB"):
                picture = _through(picture, source)
    if picture.mode == "CMYK":
        return picture.convert("RGB")
    return picture


def _through(picture: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    mode = picture.mode
    if mode == "P":
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        picture = picture.convert(mode)
    if mode not in ("RGB", "RGBA", "CMYK", "L") or "transparency" in picture.info:
        return picture  # sixteen bits, or a transparent colour that the conversion would move
    target = "RGBA" if mode == "RGBA" else "RGB"
    result = ImageCms.profileToProfile(picture, source, _srgb(), outputMode=target)
    assert result is not None  # not in place
    if mode == "L":
        return result.convert("L")
    return result


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _write_jpeg(clean: _Clean, stream: BytesIO, _: float) -> None:
    origin = cast(JpegImageFile, clean.origin)  # by the table of encoders
    sampling = get_sampling(origin)
    clean.first.save(
        stream,
        "JPEG",
        qtables=_tables(origin),
        subsampling=sampling if sampling in (0, 1, 2) else 2,  # like the picture, 4:2:0 if odd
        progressive=True,
        optimize=True,
    )


def _tables(picture: JpegImageFile) -> list[list[int]]:
    # Quantization of the new file: never finer than the picture had, for it would weigh more and
    # show no more, nor than a quality of 85.
    tables = [table for _, table in sorted(_standard_tables().items())][: min(picture.layers, 2)]
    if picture.layers == 4:  # inks, which become red, green and blue
        return tables
    for rank, layer in enumerate(picture.layer[: len(tables)]):
        own = picture.quantization.get(layer[3], tables[rank])
        tables[rank] = [min(max(pair), 255) for pair in zip(own, tables[rank], strict=True)]
    return tables


@cache
def _standard_tables() -> Mapping[int, list[int]]:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", quality=_QUALITY)
    return JpegImageFile(BytesIO(stream.getvalue())).quantization


def _write_png(clean: _Clean, stream: BytesIO, part: float) -> None:
    extra: dict[str, Any] = {"optimize": part < 1}
    if len(clean.frames) > 1:
        shown_apart = bool(getattr(clean.origin, "default_image", False))
        extra |= _sequence(clean, clean.durations[1:] if shown_apart else clean.durations)
        extra |= {"default_image": shown_apart, "disposal": 0, "blend": 0}
    clean.first.save(stream, "PNG", **extra)


def _write_gif(clean: _Clean, stream: BytesIO, _: float) -> None:
    extra = {}
    if len(clean.frames) > 1:
        extra = _sequence(clean, clean.durations)
        if any(frame.mode == "RGBA" for frame in clean.frames):
            extra["disposal"] = 2  # else a pixel that becomes transparent would stay
        if "loop" not in clean.origin.info:
            del extra["loop"]  # played once
    clean.first.save(stream, "GIF", **extra)


def _write_webp(clean: _Clean, stream: BytesIO, part: float) -> None:
    extra = {}
    if len(clean.frames) > 1:
        extra = _sequence(clean, [round(duration) for duration in clean.durations])
    lossless = clean.header.lossless
    quality = round(_QUALITY * part)
    method = 2
    if part < 1:
        method = 6
        if lossless:
            quality = 100  # how long it may take
    clean.first.save(stream, "WEBP", lossless=lossless, quality=quality, method=method, **extra)


def _write_avif(clean: _Clean, stream: BytesIO, _: float) -> None:
    clean.first.save(stream, "AVIF", **_SAVED["AVIF"])


def _sequence(clean: _Clean, durations: Any) -> dict[str, Any]:
    return {
        "save_all": True,
        "append_images": list(clean.frames[1:]),
        "duration": list(durations),
        "loop": int(clean.origin.info.get("loop") or 0),
    }


_ENCODERS: Mapping[str, Callable[[_Clean, BytesIO, float], None]] = {
    "JPEG": _write_jpeg,
    "PNG": _write_png,
    "GIF": _write_gif,
    "WebP": _write_webp,
    "AVIF": _write_avif,
}
