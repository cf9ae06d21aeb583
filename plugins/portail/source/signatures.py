"""Types of joined files, read from their bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from portail.late import expression

# Extension of a file that may be joined → name of its format.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".jpg": "JPEG",
        ".jpeg": "JPEG",
        ".png": "PNG",
        ".webp": "WebP",
        ".avif": "AVIF",
        ".gif": "GIF",
        ".pdf": "PDF",
        ".csv": "CSV en UTF-8",
        ".mp3": "MP3",
    }
)

# Extension of a picture that not every browser shows → name of its format.
UNPUBLISHED: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".heic", ".heif", ".hif"), "HEIC"),
        **dict.fromkeys((".tif", ".tiff"), "TIFF"),
        **dict.fromkeys((".jp2", ".j2k", ".jpf", ".jpx"), "JPEG 2000"),
        **dict.fromkeys((".dng", ".cr2", ".cr3", ".nef", ".arw"), "RAW"),
        ".jxl": "JPEG XL",
        ".bmp": "BMP",
        ".svg": "SVG",
        ".ico": "ICO",
        ".psd": "Photoshop",
    }
)

_LFS = b"version https://git-lfs.github.com/spec/"
_FETCH = (
    "Ce dépôt garde ses images avec Git LFS : lancez « git lfs pull » ; pour la publication, "
    "mettez « lfs: true » sous « with: », à l’étape actions/checkout."
)
_FROM_PHONE = (
    "Envoyez-la-vous par courriel depuis l’iPhone : elle devient un JPEG. Ou réglez l’appareil : "
    "Réglages, Appareil photo, Formats, « Le plus compatible »."
)
_PUBLISHED = "Textes : .md. Images : .jpg, .png, .webp, .avif, .gif. Documents : .pdf, .csv, .mp3."
# Extensions of word processors.
_WORDS = frozenset({".doc", ".docx", ".odt", ".rtf", ".pages"})
_FROM_WORDS = (
    "Un contenu s’écrit en texte simple : copiez ce texte dans un fichier .md ; un document à "
    "télécharger s’enregistre en PDF."
)
_CONVERT = "Ouvrez l’image, sur un ordinateur ou un téléphone, et enregistrez-la en JPEG ou en PNG."
UNKNOWN = "d’un type inconnu"
_MP3_PADDING = 4096  # zeros that some encoders leave after their tag
_HEAD = 1024
_CONTROL = expression(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP = expression(r"\s*<(?:[a-z]+\b|!doctype|!--|\?xml|\?php)", re.IGNORECASE)
# Brands of ISO base media files (the four letters after « ftyp »), by their beginning.
_BRANDS = (
    (b"avi", "celui d’une image AVIF animée"),
    (b"hei", "celui d’une image HEIC"),
    (b"hev", "celui d’une image HEIC"),
    (b"mif", "celui d’une image HEIC"),
    (b"msf", "celui d’une image HEIC"),
    (b"M4A", "celui d’un son M4A"),
    (b"", "celui d’une vidéo"),
)
_STARTS = (
    (b"PK\x03\x04", "celui d’une archive ZIP ou d’un document de bureautique"),
    (b"\xd0\xcf\x11\xe0", "celui d’un ancien document de bureautique"),
    (b"{\\rtf", "celui d’un document RTF"),
    (b"II*\x00", "celui d’une image TIFF"),
    (b"MM\x00*", "celui d’une image TIFF"),
    (b"BM", "celui d’une image BMP"),
    (_LFS, "un pointeur de Git LFS"),
    (b"OggS", "celui d’un son Ogg"),
    (b"fLaC", "celui d’un son FLAC"),
    (b"\x7fELF", "celui d’un programme"),
    (b"MZ", "celui d’un programme"),
)


def format_of(data: bytes) -> str | None:
    """Name, as in ``FORMATS``, of the format whose signature ``data`` bears at its very first byte;
    a CSV has none: it is text that is not markup.
    """
    return next((name for name, holds in _SIGNATURES.items() if holds(data)), None)


def described(data: bytes) -> str:
    """What ``data`` is, in French, to follow « son contenu est »."""
    if not data.strip():
        return "vide"
    name = format_of(data)
    if name:
        return _DESCRIPTIONS[name]
    if data[4:8] == b"ftyp":
        return next(text for brand, text in _BRANDS if data[8:].startswith(brand))
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "celui d’un son WAV"
    for start, text in _STARTS:
        if data.startswith(start):
            return text
    return _described_text(data)


def remedy_for(data: bytes, wanted: str) -> str:
    """How to get a file of format ``wanted`` from one that is not (``described``)."""
    if data.startswith(_LFS):
        return _FETCH
    if "image HEIC" in described(data):
        return _FROM_PHONE
    return f"Enregistrez-le de nouveau au format {wanted}, ou corrigez son extension."


def instead_of(name: str) -> str:
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix == ".txt":  # Windows adds it, and hides it
        stem = path.stem.removesuffix(".md")
        return f"Si c’est un contenu, renommez-le « {stem}.md ». {_PUBLISHED}"
    if suffix in _WORDS:
        return f"{_FROM_WORDS} {_PUBLISHED}"
    form = UNPUBLISHED.get(suffix)
    if form == "HEIC":
        return _FROM_PHONE
    if form:
        return _CONVERT
    return _PUBLISHED


def _described_text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "du texte en UTF-16"
    text = data[:_HEAD].decode("utf-8-sig", errors="replace")
    if _MARKUP.match(text):
        return "celui d’une page web ou d’un dessin SVG"
    if _is_text(data):
        return "du texte"
    if _CONTROL.search(data.decode("latin-1")) is None:
        return "du texte qui n’est pas en UTF-8"
    return UNKNOWN


def _is_text(data: bytes) -> bool:
    # UTF-8 without control characters other than tabs and ends of lines.
    try:
        return _CONTROL.search(data.decode("utf-8-sig")) is None
    except UnicodeDecodeError:
        return False


def _is_csv(data: bytes) -> bool:
    head = data[:_HEAD].decode("utf-8-sig", errors="replace")
    lists = not data.startswith(_LFS) and _MARKUP.match(head) is None
    return lists and bool(data.strip()) and _is_text(data)


def _is_mp3(data: bytes) -> bool:
    # An MPEG layer III frame, first or after an ID3v2 tag (ISO 11172-3; id3.org).
    start = 0
    if data[:3] == b"ID3":
        size = data[6:10]
        if len(size) < 4 or max(size) > 0x7F:
            return False
        start = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
        padding = data[start : start + _MP3_PADDING]
        start += len(padding) - len(padding.lstrip(b"\0"))
    frame = data[start : start + 3]
    return (
        len(frame) == 3
        and frame[0] == 0xFF
        and frame[1] & 0xE6 == 0xE2  # eleven bits of synchronisation, then layer III
        and frame[1] & 0x18 != 0x08  # no such version
        and frame[2] & 0xF0 != 0xF0  # no such bit rate
        and frame[2] & 0x0C != 0x0C  # no such sample rate
    )


def _is_avif(data: bytes) -> bool:
    # A still picture: its own brand, or one of those that it says it follows (AVIF 1.1, § 6).
    brands = data[8 : min(int.from_bytes(data[:4], "big"), _HEAD)]
    return data[4:8] == b"ftyp" and brands[:4] != b"avis" and b"avif" in brands


_SIGNATURES: Mapping[str, Callable[[bytes], bool]] = {
    "JPEG": lambda data: data.startswith(b"\xff\xd8\xff"),
    "PNG": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
    "WebP": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
    "GIF": lambda data: data.startswith((b"GIF87a", b"GIF89a")),
    "AVIF": _is_avif,
    "PDF": lambda data: data.startswith(b"%PDF-"),
    "MP3": _is_mp3,
    "CSV en UTF-8": _is_csv,
}
_DESCRIPTIONS = {
    **{name: f"celui d’une image {name}" for name in ("JPEG", "PNG", "WebP", "GIF", "AVIF")},
    "PDF": "celui d’un document PDF",
    "MP3": "celui d’un son MP3",
    "CSV en UTF-8": "du texte",
}
