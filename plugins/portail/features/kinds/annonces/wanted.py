"""What readers look for in an announcement, the most useful first."""

from __future__ import annotations

from portail.features.kinds.annonces.model import Annonce
from portail.model.articles import ASKING
from portail.model.vocabulary import Vocabularies
from portail.site.kind_tables import Wanted


def _offered(entry: Annonce, _: Vocabularies) -> bool:
    """Whether a structure publishes it: an inhabitant asks without a name."""
    return entry.categorie not in ASKING


WANTED_FIELDS = (
    Wanted(("contact",), "on ne sait pas à qui répondre", _offered),
    Wanted(("organisme",), "on veut savoir qui propose", _offered),
)
