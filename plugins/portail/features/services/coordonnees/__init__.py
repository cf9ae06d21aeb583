"""What should not be published of persons: telephones, addresses, private meetings, lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from portail.diagnostics import Diagnostic
    from portail.feature import Checked
    from portail.model.entry import Entry
    from portail.source.document import Node, Parts


def _judges(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None
) -> Iterator[Diagnostic]:
    from portail.features.services.coordonnees.contacts import check_private

    return check_private(root, parts, path, entry)


def _judges_bytes(path: PurePosixPath, data: bytes) -> Iterable[Diagnostic]:
    from portail.features.services.coordonnees.lists import check_addresses

    return check_addresses(path, data)


def _judges_project(read: Checked) -> Iterable[Diagnostic]:
    from portail.features.services.coordonnees.lists import stray_lists

    return stray_lists(read.content.parent, read.content)


feature = Feature(
    name="coordonnees",
    title="Coordonnées privées",
    needs=("restes",),
    judges_text=_judges,
    judges_bytes=_judges_bytes,
    judges_project=_judges_project,
)
