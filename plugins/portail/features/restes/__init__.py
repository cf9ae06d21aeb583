"""What other tools left in texts: their syntax, links that open a meeting, mentions of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from portail.diagnostics import Diagnostic
    from portail.model.entry import Entry
    from portail.source.document import Node, Parts


def _judges(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None
) -> Sequence[Diagnostic]:
    from portail.features.restes.foreign import check_foreign

    return check_foreign(parts, path)


feature = Feature(name="restes", title="Restes d’autres outils", judges_text=_judges)
