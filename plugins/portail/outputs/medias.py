"""Pictures and documents that published contents show: ``/medias/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import PIL

from portail.errors import PlanError
from portail.files import digest_bytes
from portail.outputs.base import Artifact, CopiedFile, Derived
from portail.outputs.picture_sizes import Taille, shown_size, tailles
from portail.source.medias import PICTURES, published_path
from portail.source.signatures import FORMATS

if TYPE_CHECKING:
    from portail.site.item import MediaRecord
    from portail.site.site import Site

__all__ = ["MediasOutput"]

_VERSION = f"2 {PIL.__version__}"
"""Changes with what ``picture_encoding`` makes of the same bytes."""


class MediasOutput:
    """Pictures made again, in several sizes, without their metadata; documents as they are."""

    name: ClassVar[str] = "medias"

    def plan(self, site: Site) -> Iterable[Artifact]:
        """See ``Output.plan``: only what a published content shows is published.

        A picture without pixels was refused: the report says so, a preview goes without it.
        """
        linked = {
            item.medias[link.target]
            for item in site.items.values()
            if item.medias
            for link in item.facts.links
            if link.target in item.medias
        }
        for path, record in sorted(site.medias.items()):
            if record.path.suffix.lower() not in PICTURES:
                yield _document(record)
            elif record.pixels is not None:
                yield from _sizes(record, path in linked)


def _document(record: MediaRecord) -> CopiedFile:
    place = str(published_path(record.path))
    return CopiedFile(place, record.url, (record.digest,), record.file, record.path)


def _sizes(record: MediaRecord, linked: bool) -> Iterator[Artifact]:
    """Every file made from one picture: those that show it, and itself if that is not one of
    them but a text links to it, or it moves."""
    place = str(published_path(record.path))
    sizes: dict[str, Taille | None] = {one.suffixe: one for one in tailles(record)}
    if linked or record.animated:
        sizes.setdefault("", None)
    for suffix, size in sizes.items():
        yield Derived(
            path=place + suffix,
            url=record.url + suffix,
            sources=(),
            make=partial(_published, record, size if suffix else None),
            source=record.path,
            key=(record.digest, _VERSION),
        )


def _published(record: MediaRecord, size: Taille | None, _: tuple[bytes, ...]) -> bytes:
    """Bytes to publish: the picture in a size, or itself. Raises ``PlanError`` when the file is
    not the one that was checked."""
    # Pillow takes 50 ms to import: not for a build whose pictures have not changed.
    from portail.outputs.picture_encoding import encoded, resized

    try:
        data = record.file.read_bytes()
    except OSError as error:
        raise PlanError(f"{record.path} cannot be read any more") from error
    if digest_bytes(data) != record.digest:
        raise PlanError(f"{record.path} changed while the site was being built")
    name = FORMATS[record.path.suffix.lower()]
    try:
        if size is None:
            return encoded(data, name)
        return resized(data, name, shown_size(record, size.largeur), size.format)
    except Exception as error:
        raise PlanError(f"{record.path} was accepted but cannot be published") from error
