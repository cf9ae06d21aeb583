"""Contents whose header is that of Pelican: they are read as ours, with an advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from portail.features.entetes.pelican import Adopted
    from portail.model.kinds import Kind
    from portail.model.scalars import Reading


def _adopts(
    text: str, path: PurePosixPath, kind: Kind, slug: str, reading: Reading
) -> Adopted | None:
    from portail.features.entetes.pelican import adopted

    return adopted(text, path, kind, slug, reading)


feature = Feature(name="entetes", title="En-têtes de Pelican", adopts=_adopts)
