"""Titles and summaries that look like notation of science, and are not."""

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
    from portail.features.services.notations.likeness import check_notation

    return check_notation(root, path)


feature = Feature(name="notations", title="Notations scientifiques", judges_text=_judges)
