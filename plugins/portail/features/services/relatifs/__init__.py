"""Words that are true of one day only (« ce soir ») in what is read on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import LASTS, Feature
from portail.late import late

if TYPE_CHECKING:
    from portail.features.services.relatifs import lasting
else:
    lasting = late(__name__, "lasting")


feature = Feature(
    name="relatifs",
    title="Mots qui ne sont vrais qu’un jour",
    roles={LASTS: lasting.lasting},
)
