"""The editors’ desk of previews: what asks for a look, where nothing happens yet."""

from __future__ import annotations

from operator import attrgetter

from portail.feature import Feature, Output
from portail.late import late

with late(__name__):
    from . import page


feature = Feature(
    name="redaction",
    title="Bureau de la rédaction",
    needs=("bilans", "editions", "horaires", "lieux"),
    is_used=attrgetter("apercu"),
    outputs=(Output("redaction", page.plan),),
)
