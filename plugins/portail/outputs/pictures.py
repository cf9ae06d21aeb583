"""The picture that heads a content; which files are made from a picture: known from its record,
before any is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import PIL
from msgspec import Struct

from portail.body.portable import ImageTarget
from portail.diagnostics import PlanError
from portail.facts.base import licence
from portail.files import digest_bytes
from portail.model.entry import GrosPlan
from portail.site.item import Item, MediaRecord
from portail.source.medias import CHANGED, PICTURES, UNMADE, WIDEST, published_path, reduced
from portail.source.signatures import FORMATS

from .base import Artifact, CopiedFile, Derived
from .pages.views.shared import Picture, Variante

if TYPE_CHECKING:
    from portail.site.site import Site

# Widths in pixels; a picture is never enlarged.
STEPS = (480, 800, WIDEST)
# Bytes up to which a drawing is shown itself: files made of it would hardly weigh less.
LIGHT = 20_000
# What networks show of a page: 1.91 times as wide as high.
SHARED_SIZE = (1_200, 630)
# Width of the file for what reads one only: old browsers, readers of feeds and of mail.
FALLBACK = 800

# Extension and media type of each format.
_TYPES: Mapping[str, tuple[str, str]] = {
    "AVIF": ("avif", "image/avif"),
    "WebP": ("webp", "image/webp"),
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "GIF": ("gif", "image/gif"),
}


class Taille(Struct, frozen=True):
    """A file that shows a picture: site path, width in pixels, media type, name of its format.
    ``suffixe`` is what is added to the name of the picture: ``""`` for the picture itself."""

    url: str
    largeur: int
    type: str
    format: str
    suffixe: str


@lru_cache(4_096)
def tailles(record: MediaRecord) -> tuple[Taille, ...]:
    """Files that show a picture: AVIF for a photograph, WebP for a drawing, narrowest first, then
    the ``fallback``. A drawing that is ``LIGHT`` shows itself.
    """
    if record.pixels is None:
        return ()
    own = FORMATS[record.path.suffix.lower()]
    width = record.pixels[0]
    best = "AVIF" if own in ("JPEG", "AVIF") else "WebP"
    light = record.weight <= LIGHT and max(record.pixels) <= 2 * WIDEST
    if light and best == "WebP" and not record.animated:
        return (Taille(record.url, width, _TYPES[own][1], own, ""),)
    last = {"GIF": "PNG", "AVIF": "WebP"}.get(own, own)
    wanted = [(best, step) for step in sorted({min(step, width) for step in STEPS})]
    sizes = []
    for name, step in dict.fromkeys((*wanted, (last, min(FALLBACK, width)))):
        extension, kind = _TYPES[name]
        itself = name == own != best and step == width and not record.animated
        suffix = "" if itself else f".{step}.{extension}"
        sizes.append(Taille(record.url + suffix, step, kind, name, suffix))
    return tuple(sizes)


def fallback(record: MediaRecord) -> Taille:
    """The file that anything shows: in the format of the picture, PNG for a GIF, WebP for AVIF."""
    sizes = tailles(record)
    return next((size for size in reversed(sizes) if size.largeur <= FALLBACK), sizes[-1])


def widest(record: MediaRecord) -> str:
    """Where the largest file that shows a picture is, or a document: a picture itself is published
    only where it is linked to."""
    sizes = tailles(record)
    if sizes:
        return max(reversed(sizes), key=lambda size: size.largeur).url
    return record.url


def shown_size(record: MediaRecord, width: int) -> tuple[int, int]:
    assert record.pixels is not None
    return reduced(record.pixels, width)


def shown_picture(item: Item, site: Site) -> MediaRecord | None:
    image = item.entry.image
    record = None
    if image:
        record = site.medias_of(item).get(image.fichier)
    if record and record.pixels:
        return record
    return None


def picture_of(item: Item, site: Site) -> Picture | None:
    """The picture that heads a content, where it has one that may be shown."""
    image = item.entry.image
    record = shown_picture(item, site)
    if image is None or record is None:
        return None
    file = fallback(record)
    width, height = shown_size(record, file.largeur)
    return Picture(
        url=file.url,
        largeur=width,
        hauteur=height,
        variantes=tuple(Variante(size.url, size.largeur, size.type) for size in tailles(record)),
        animation=record.url if record.animated else "",
        cadrage=framing_of(image.gros_plan),
        alt=image.alt,
        legende=image.legende or "",
        credit=image.credit,
        licence=licence(image.licence, site.vocabularies).text,
    )


def framing_of(point: GrosPlan | None) -> str:
    """The classes of a close-up around a point, to the nearest quarter.

    >>> framing_of(GrosPlan.model_construct(x=48, y=60)), framing_of(None)
    ('gros-plan gx2 gy2', '')
    """
    if point:
        return f"gros-plan gx{round(point.x / 25)} gy{round(point.y / 25)}"
    return ""


def target_of(media: MediaRecord, prefix: str, credit: str) -> ImageTarget:
    """How a picture of a text is shown where there is no choice of files, in feeds and mails: one
    file, with its size."""
    file = fallback(media)
    return ImageTarget(prefix + file.url, *shown_size(media, file.largeur), credit)


# Output « medias »: pictures and documents that published contents show, at ``/medias/``.

# Changes with what ``picture_encoding`` makes of the same bytes.
PICTURE_VERSION = f"7 {PIL.__version__}"


def plan_medias(site: Site) -> Iterable[Artifact]:
    """What a published content shows: pictures in several sizes without metadata, documents as they
    are.
    """
    linked: set[PurePosixPath] = set()
    for item in (*site.items.values(), *site.drafts.values()):
        for link in item.facts.links if item.medias else ():
            if link.target in item.medias:
                linked.add(item.medias[link.target])
    for path, record in sorted(site.medias.items()):
        if record.path.suffix.lower() not in PICTURES:
            place = str(published_path(record.path))
            key = (record.digest,)
            yield CopiedFile(place, record.url, key, record.file, record.path)
        elif record.pixels is not None:
            yield from _sizes(record, path in linked)


def _sizes(record: MediaRecord, linked: bool) -> Iterator[Artifact]:
    place = str(published_path(record.path))
    sizes: dict[str, Taille | None] = {size.suffixe: size for size in tailles(record)}
    if linked or record.animated:
        sizes.setdefault("", None)
    for suffix, size in sizes.items():
        yield Derived(
            path=place + suffix,
            url=record.url + suffix,
            sources=(),
            make=partial(_published, record, size if suffix else None),
            source=record.path,
            key=(record.digest, PICTURE_VERSION),
        )


def checked_bytes(record: MediaRecord) -> bytes:
    """The bytes of a file. Raises ``PlanError`` when they are not those checked, ``OSError``."""
    data = record.file.read_bytes()
    if digest_bytes(data) != record.digest:
        raise PlanError(CHANGED.format(fichier=record.path))
    return data


def _published(record: MediaRecord, size: Taille | None, _: tuple[bytes, ...]) -> bytes:
    data = checked_bytes(record)
    # Imported here: a build that makes no picture needs no decoder.
    from .medias import encoded, resized

    name = FORMATS[record.path.suffix.lower()]
    try:
        if size is None:
            return encoded(data, name)
        widths = sorted({taille.largeur for taille in tailles(record)} - {*range(size.largeur)})
        steps = tuple(shown_size(record, width) for width in reversed(widths))
        return resized(data, name, steps, size.format)
    except Exception as error:
        name = type(error).__name__
        raise PlanError(UNMADE.format(fichier=record.path, raison=name)) from error
