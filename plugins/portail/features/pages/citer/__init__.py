"""How readers cite a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.late import late
from portail.outputs.pages.slots import CITATION

if TYPE_CHECKING:
    from portail.features.pages.citer import citation
else:
    citation = late(__name__, "citation")


feature = Feature(name="citer", title="Citer une page", slots={CITATION: citation.citations})
