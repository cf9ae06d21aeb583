"""Output « guides »: the pictures of the guides; their pages are those of the output « pages »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from portail.files import digest_bytes
from portail.outputs.base import CopiedFile
from portail.outputs.guides.documents import IMAGES, pictures_of
from portail.resources import docs_dir

if TYPE_CHECKING:
    from portail.site.site import Site

__all__ = ["GuidesOutput"]


class GuidesOutput:
    """Screen captures, as they are committed."""

    name: ClassVar[str] = "guides"

    def plan(self, site: Site) -> Iterator[CopiedFile]:
        """See ``Output.plan``."""
        for path in pictures_of(docs_dir()):
            url = f"{IMAGES}{path.name}"
            key = (digest_bytes(path.read_bytes()),)
            yield CopiedFile(url[1:], url, key, path)
