"""The register of what is kept of a person, at the end of the privacy page: what each feature
declares (``Feature.keeps``), after what the kernel keeps."""

from __future__ import annotations

from portail.feature import EDITORS, Keeping
from portail.model.kinds import Kind
from portail.outputs.pages.entry.tables import Table
from portail.outputs.pages.views.shared import Fait, Lien
from portail.outputs.pages.words import WORDS
from portail.site.site import Site

PRIVACY = f"{Kind.PAGE.value}/confidentialite"
"""Reference of the page of the instance that the register ends."""
_MOTS = WORDS["garde"]
KEPT = (
    Keeping(_MOTS["affichage"], _MOTS["affichage_jusque"], keys=("affichage",)),
    Keeping(_MOTS["textes"], _MOTS["textes_jusque"], EDITORS),
)


def register_of(site: Site) -> tuple[Table, ...]:
    """What a portal with these settings keeps: a table for each who keeps it."""
    every = (*KEPT, *(one for feature in site.features for one in feature.keeps))
    tables: dict[str, list[Fait]] = {}
    for one in every:
        if one.is_used(site.config):
            tables.setdefault(one.who, []).append(Fait(one.what, (Lien(one.until),)))
    return tuple((who, tuple(rows)) for who, rows in tables.items())
