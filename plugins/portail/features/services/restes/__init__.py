"""What is left in contents: of other tools, their syntax, links that open a meeting, mentions of a
feed; of examples, their values."""

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
    from portail.features.services.restes.foreign import check_foreign
    from portail.features.services.restes.models import check_examples

    yield from check_foreign(parts, path)
    yield from check_examples(root, path, entry)


def _judges_project(read: Checked) -> Iterable[Diagnostic]:
    from portail.features.services.restes.models import check_settings

    # A day that is set is that of a demonstration.
    return () if read.day.pinned else check_settings(read.config, read.content.parent)


feature = Feature(
    name="restes",
    title="Restes d’autres outils et d’exemples",
    needs=("schemas",),
    judges_text=_judges,
    judges_project=_judges_project,
)
