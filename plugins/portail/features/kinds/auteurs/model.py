"""Authors who agreed to have a sheet: ``content/auteurs/``."""

from typing import ClassVar

from portail.model.entry import Entry
from portail.model.fields import Booleen, NomOuLieu, Orcid, Url
from portail.model.kinds import Kind
from portail.model.scalars import champ


class Auteur(Entry):
    """A person; ``titre`` is the name."""

    kind: ClassVar[Kind] = Kind.AUTEUR
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)

    affiliation: NomOuLieu | None = champ("Affiliation", "Structure.", "universite-exemple")
    orcid: Orcid | None = champ("ORCID", "Identifiant de chercheur.", "0000-0002-1825-0097")
    site: Url | None = champ("Site", "Page personnelle.", "https://example.org/")
    presse: Booleen | None = champ(
        "Presse", "Accepte de répondre aux journalistes : la page Presse le dit.", "true"
    )
