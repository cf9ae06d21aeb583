"""Pictures and documents that published contents show: ``/medias/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import PIL

from portail.errors import PlanError
from portail.files import digest_bytes
from portail.outputs.base import Artifact, CopiedFile, Derived
from portail.source.medias import PICTURES, published_path
from portail.source.signatures import FORMATS

if TYPE_CHECKING:
    from portail.site.site import MediaRecord, Site

__all__ = ["MediasOutput"]

_VERSION = f"1 {PIL.__version__}"
"""Changes with what ``picture_encoding`` makes of the same bytes."""


class MediasOutput:
    """One file per media: pictures made again without their metadata, documents as they are."""

    name: ClassVar[str] = "medias"

    def plan(self, site: Site) -> Iterable[Artifact]:
        """See ``Output.plan``: only what a published content shows is published.

        A picture without pixels was refused: the report says so, a preview goes without it.
        """
        for _, record in sorted(site.medias.items()):
            if record.path.suffix.lower() not in PICTURES:
                yield _document(record)
            elif record.pixels is not None:
                yield from _sizes(record)


def _document(record: MediaRecord) -> CopiedFile:
    place = published_path(record.path)
    return CopiedFile(place, record.url, (record.digest,), record.file, record.path)


def _sizes(record: MediaRecord) -> Iterator[Artifact]:
    """Every file made from one picture: for now itself, at its own size."""
    yield Derived(
        path=published_path(record.path),
        url=record.url,
        sources=(),
        make=partial(_published, record),
        source=record.path,
        key=(record.digest, _VERSION),
    )


def _published(record: MediaRecord, _: tuple[bytes, ...]) -> bytes:
    """Bytes to publish. Raises ``PlanError`` when the file is not the one that was checked."""
    # Pillow takes 50 ms to import: not for a build whose pictures have not changed.
    from portail.outputs.picture_encoding import encoded

    try:
        data = record.file.read_bytes()
    except OSError as error:
        raise PlanError(f"{record.path} cannot be read any more") from error
    if digest_bytes(data) != record.digest:
        raise PlanError(f"{record.path} changed while the site was being built")
    try:
        return encoded(data, FORMATS[record.path.suffix.lower()])
    except Exception as error:
        raise PlanError(f"{record.path} was accepted but cannot be published") from error
