"""What texts should not publish of persons: telephones, addresses, private meetings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from portail.diagnostics import Diagnostic
    from portail.model.entry import Entry
    from portail.source.document import Node, Parts


def _judges(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None
) -> Iterator[Diagnostic]:
    from portail.features.coordonnees.contacts import check_private

    return check_private(root, parts, path, entry)


feature = Feature(name="coordonnees", title="Coordonnées privées", judges_text=_judges)
