"""Words that are true of one day only (« ce soir ») in what is read on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature

if TYPE_CHECKING:
    from portail.agenda.occurrences import Occurrence
    from portail.model.entry import Entry
    from portail.model.faults import Fault


def _lasts(entry: Entry, occurrences: Sequence[Occurrence]) -> tuple[Entry, list[Fault]]:
    from portail.features.services.relatifs.lasting import lasting

    return lasting(entry, occurrences)


feature = Feature(name="relatifs", title="Mots qui ne sont vrais qu’un jour", lasts=_lasts)
