"""Authors who agreed to have a sheet: ``content/auteurs/``."""

from __future__ import annotations

from typing import Annotated, ClassVar

from portail.model.entry import Entry
from portail.model.fields import NomOuRef, Orcid, Url, champ
from portail.model.kinds import Kind

__all__ = ["Auteur"]


class Auteur(Entry):
    """A person; ``titre`` is the name."""

    kind: ClassVar[Kind] = Kind.AUTEUR
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)

    affiliation: Annotated[str, NomOuRef(Kind.LIEU)] | None = champ(
        "Affiliation", "Structure.", "universite-de-lille"
    )
    orcid: Orcid | None = champ("ORCID", "Identifiant de chercheur.", "0000-0002-1825-0097")
    site: Url | None = champ("Site", "Page personnelle.", "https://example.org/")
