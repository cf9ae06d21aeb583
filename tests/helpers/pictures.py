"""Pictures made for tests, sound or faulty, from a few words."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageChops, ImageCms, ImageStat

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
GPS_CITY = "Wizernes, devant la Coupole"
ORIENTATION, ARTIST, DESCRIPTION = 0x0112, 0x013B, 0x010E
GPS, LATITUDE_REF, LATITUDE = 0x8825, 1, 2


def drawing(width=24, height=16, mode="RGB", first=(250, 5, 5)):
    """Green, with a block of colour ``first`` at the top left, by which its orientation is seen."""
    image = Image.new("RGB", (width, height), (10, 120, 60))
    image.paste(first, (0, 0, max(width // 3, 1), max(height // 2, 1)))
    if mode in ("RGBA", "LA"):
        image.putalpha(255)
        image.putpixel((width - 1, height - 1), (0, 0, 0, 0))
    return image.convert(mode)


def picture(form="JPEG", image=None, frames=1, **options):
    """Bytes of ``image`` (a drawing) in a format; several frames change colour."""
    image = image or drawing()
    if frames > 1:
        colours = [(250, rank * 67 % 256, rank * 131 % 256) for rank in range(1, frames)]
        others = [drawing(*image.size, image.mode, colour) for colour in colours]
        options |= {"save_all": True, "append_images": others}
    stream = BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def made_small(folder):
    """Other pictures in the place of those of a folder, so small that they cost nothing."""
    for path in folder.glob("**/*.*"):
        if path.suffix in (".jpg", ".png", ".webp"):
            Image.new("RGB", (60, 40)).save(path)


def decoded(data):
    """The picture that a reader sees, whatever the project thinks of it."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def shot_data(orientation=1):
    """EXIF data with an orientation, an author, a description and the place of the shot."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[ARTIST] = "Camille Exemple"
    exif[DESCRIPTION] = GPS_CITY
    exif.get_ifd(GPS).update({LATITUDE_REF: "N", LATITUDE: (50.0, 42.0, 9.0)})
    return exif


def foreign_profile():
    """A colour profile in which red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "AUTR".encode("utf-16-be"))
    for old, new in ((b"rXYZ", b"????"), (b"gXYZ", b"rXYZ"), (b"????", b"gXYZ")):
        profile = profile.replace(old, new, 1)
    return profile


def png_chunk(kind, data=b""):
    """One chunk with its length and its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, extra=b"", rows=None):
    """A black PNG of grey levels that announces any size; ``rows`` it really holds (all)."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width + 1) * (height if rows is None else rows)))
    chunks = png_chunk(b"IHDR", head) + extra + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND")
    return PNG_HEAD + chunks


def gif_of_frames(count, width=1, height=1):
    """A GIF of ``count`` frames of one pixel on a canvas."""
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    return head + frame * count + b";"


def difference(first, second):
    """Mean difference of two pictures, 0 to 255."""
    delta = ImageChops.difference(first.convert("RGBA"), second.convert("RGBA"))
    return max(ImageStat.Stat(delta).mean)


def near(colour, expected):
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 25 for one, other in zip(colour, expected, strict=False))


def stored(upright, orientation):
    """What a camera that was held so writes of a picture (EXIF 2.32, § 4.6.4)."""
    undo = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    return upright if undo is None else upright.transpose(undo)


def photograph():
    """Soft shapes with some grain, as a lens gives them."""
    bands = [Image.effect_noise((40, 30), 90).resize((320, 240)) for _ in range(3)]
    grain = Image.effect_noise((320, 240), 6).convert("RGB")
    return Image.blend(Image.merge("RGB", bands), grain, 0.2)
