"""Joined files that say who made them and where, in every way that their format has."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

WHO = "Camille Exemple"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="49,54.1N" '
    f'exif:GPSLongitude="2,18.2E"><dc:creator><rdf:Seq><rdf:li>{WHO}</rdf:li></rdf:Seq>'
    "</dc:creator></rdf:Description></x:xmpmeta>"
).encode()


def drawing() -> Image.Image:
    """A picture in which every turn shows."""
    image = Image.new("RGB", (48, 32), "teal")
    image.paste("orange", (0, 0, 20, 9))
    return image


def exif(orientation: int = 6) -> Image.Exif:
    """What a telephone writes: place, owner, serial number, notes of its maker."""
    said = Image.Exif()
    said[0x0112] = orientation
    said[0x013B] = WHO
    said[0x8769] = {0xA430: WHO, 0xA431: "SN-99887766", 0x927C: b"MakerNote Camille Exemple"}
    said[0x8825] = {1: "N", 2: (49.0, 54.0, 6.0), 3: "E", 4: (2.0, 18.0, 12.0)}
    return said


def jpeg(orientation: int = 6) -> bytes:
    """With EXIF, XMP, IPTC, a comment, and another photograph behind it."""
    stream = BytesIO()
    options = {"exif": exif(orientation), "xmp": XMP, "comment": WHO.encode()}
    drawing().save(stream, "JPEG", quality=90, progressive=True, **options)
    data = stream.getvalue()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x14\x1c\x02P\0\x0f" + WHO.encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return data[:2] + segment + data[2:] + data


def png() -> bytes:
    """With EXIF, texts plain, packed and international."""
    info, stream = PngInfo(), BytesIO()
    info.add_text("Author", WHO)
    info.add_text("Comment", WHO, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    drawing().save(stream, "PNG", exif=exif(), pnginfo=info)
    return stream.getvalue()


def webp() -> bytes:
    """With EXIF and XMP."""
    stream = BytesIO()
    drawing().save(stream, "WEBP", lossless=True, exif=exif(), xmp=XMP)
    return stream.getvalue()


def gif() -> bytes:
    """Three frames, a comment and XMP."""
    stream = BytesIO()
    frames = [Image.new("P", (8, 8), rank) for rank in (1, 2)]
    drawing().quantize().save(
        stream, "GIF", save_all=True, append_images=frames, loop=3, comment=WHO.encode()
    )
    data = stream.getvalue()
    block = b"!\xff\x0bXMP DataXMP" + bytes([len(XMP[:200])]) + XMP[:200] + b"\0"
    return data[:-1] + block + b";"


def pdf(*, packed: bool = False, extra: bytes = b"") -> bytes:
    """A page whose author is in its properties, in XMP, and a photograph with its place; its author
    is in a packed object if ``packed``."""
    info = f"<</Title(Programme)/Author({WHO})/Producer(Essai)>>".encode()
    photo = jpeg()
    parts = [b"%PDF-1.7\n", extra]
    if packed:
        body = zlib.compress(b"3 0 " + info)
        parts.append(b"2 0 obj<</Type/ObjStm/Filter/FlateDecode/Length %d>>" % len(body))
        parts.append(b"stream\n" + body + b"\nendstream endobj\n")
        return b"".join([*parts, b"%%EOF\n"])
    parts += [b"3 0 obj", info, b"endobj\n4 0 obj<</Type/Metadata/Length %d>>stream\n" % len(XMP)]
    parts += [XMP, b"\nendstream endobj\n5 0 obj<</Filter/DCTDecode/Length %d>>" % len(photo)]
    parts += [b"stream\n", photo, b"\nendstream endobj\n%%EOF\n"]
    return b"".join(parts)


def mp3() -> bytes:
    """A second of silence: title, artist, comment, address, picture, before and after."""
    frame = b"\xff\xfb\x90\x64" + bytes(413)

    def said(name: bytes, data: bytes) -> bytes:
        return name + struct.pack(">I", len(data)) + b"\0\0" + data

    who = WHO.encode()
    tags = said(b"TIT2", b"\x03Six sons") + said(b"TPE1", b"\x01" + WHO.encode("utf-16"))
    tags += said(b"COMM", b"\x03fra\0" + who) + said(b"WOAR", b"https://example.org/camille")
    tags += said(b"APIC", b"\x03image/jpeg\0\x03\0" + jpeg())
    size = bytes(len(tags) >> 7 * rank & 0x7F for rank in (3, 2, 1, 0))
    last = b"TAG" + b"Six sons".ljust(30, b"\0") + who.ljust(30, b"\0") + bytes(65)
    return b"ID3\x03\0\0" + size + tags + frame * 38 + last
