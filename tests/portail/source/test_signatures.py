"""What bytes are, whatever the name of the file says."""

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from pictures import picture
from portail.source.loader import MEDIA_TYPES
from portail.source.signatures import FORMATS, described, format_of

MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def id3(size):
    """Head of an ID3v2 tag of ``size`` bytes, seven bits a byte."""
    return b"ID3\x04\0\0" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def test_every_extension_that_may_be_joined_has_a_format():
    assert set(FORMATS) == MEDIA_TYPES
    assert FORMATS[".jpeg"] == FORMATS[".jpg"]
    assert len(set(FORMATS.values())) == len(FORMATS) - 1


@cases(
    ("data", "name"),
    [
        (picture("JPEG"), "JPEG"),
        (picture("PNG"), "PNG"),
        (picture("WEBP"), "WebP"),
        (picture("GIF"), "GIF"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (MP3_FRAME, "MP3"),
        (id3(300) + b"a" * 300 + MP3_FRAME, "MP3"),
        (id3(300) + b"a" * 300 + bytes(1000) + MP3_FRAME, "MP3"),
        ("commune;élèves\nWizernes;12\n".encode(), "CSV en UTF-8"),
        ("\ufeffcommune;élèves\r\n".encode(), "CSV en UTF-8"),
        (b"BM;12\n", "CSV en UTF-8"),
        (b"a < b\n", "CSV en UTF-8"),
    ],
)
def test_formats(data, name):
    assert format_of(data) == name


@cases(
    ("data", "text"),
    [
        (b"", "vide"),
        (b" \n\n", "vide"),
        (picture("JPEG"), "celui d’une image JPEG"),
        (picture("PNG"), "celui d’une image PNG"),
        (picture("WEBP"), "celui d’une image WebP"),
        (picture("GIF"), "celui d’une image GIF"),
        (picture("AVIF"), "celui d’une image AVIF"),
        (picture("TIFF"), "celui d’une image TIFF"),
        (picture("BMP"), "celui d’une image BMP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "celui d’une image HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "celui d’une image HEIC"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "celui d’un son M4A"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "celui d’une vidéo"),
        (b"%PDF-1.4", "celui d’un document PDF"),
        (MP3_FRAME, "celui d’un son MP3"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "celui d’un son WAV"),
        (b"OggS\0\x02", "celui d’un son Ogg"),
        (b"fLaC\0\0\0\x22", "celui d’un son FLAC"),
        (b"PK\x03\x04\x14\0", "celui d’une archive ZIP ou d’un document de bureautique"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "celui d’un ancien document de bureautique"),
        (b"{\\rtf1\\ansi caf\xe9}", "celui d’un document RTF"),
        (b"MZ\x90\0\x03", "celui d’un programme"),
        (b"<!DOCTYPE html><title>404</title>", "celui d’une page web ou d’un dessin SVG"),
        (b"\n <svg xmlns='x'/>", "celui d’une page web ou d’un dessin SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "celui d’une page web ou d’un dessin SVG"),
        ("commune;élèves\n".encode(), "du texte"),
        ("commune;élèves\n".encode("cp1252"), "du texte qui n’est pas en UTF-8"),
        ("commune;élèves\n".encode("utf-16"), "du texte en UTF-16"),
        (b"\x01\x02\xfe\x00", "d’un type inconnu"),
        (b" %PDF-1.7", "du texte"),  # a signature is the very first byte
    ],
)
def test_descriptions(data, text):
    assert described(data) == text


@cases(
    "data",
    [
        id3(300) + b"a" * 300 + b"fLaC\0\0",  # another sound behind the tag
        id3(300) + b"a" * 100,  # ends inside the tag
        b"ID3\x04\0\0\xff\xff\xff\xff" + MP3_FRAME,  # a length that the format forbids
        b"ID3",
        b"\xff\xf1\x50\x80",  # AAC
        b"\xff\xfb\xf0\x00",  # no such bit rate
        b"\xff\xfb\x9c\x00",  # no such sample rate
        b"\xff\xeb\x90\x00",  # no such version
        b"\xff\xfb",
    ],
)
def test_sounds_that_are_not_mp3(data):
    assert format_of(data) != "MP3"


@given(st.binary(max_size=200), st.sampled_from([b"", b"ID3", b"RIFF", b"\xff\xfb", b"GIF89a"]))
def test_any_bytes_are_described(data, start):
    assert described(start + data)
    assert format_of(start + data) in {None, *FORMATS.values()}
