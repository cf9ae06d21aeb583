"""Contents whose header is another tool's: Pelican's is read as ours, with an advice; those of
Jekyll and Hugo are told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from portail.diagnostics import Diagnostic
    from portail.features.intake.entetes.pelican import Adopted
    from portail.model.kinds import Kind
    from portail.model.scalars import Reading


def _adopts(
    text: str, path: PurePosixPath, kind: Kind, slug: str, reading: Reading
) -> Adopted | Diagnostic | None:
    from portail.features.intake.entetes.others import other_header
    from portail.features.intake.entetes.pelican import adopted

    return adopted(text, path, kind, slug, reading) or other_header(text, path)


feature = Feature(name="entetes", title="En-têtes d’autres outils", adopts=_adopts)
