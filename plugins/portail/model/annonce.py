"""Announcements with an end date: ``content/annonces/``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any, ClassVar

from portail.model.entry import Entry, mapping
from portail.model.faults import Fault
from portail.model.fields import CommuneRef, Duree, Jour, NomOuRef, Ref, Terme, Texte, champ
from portail.model.kinds import Kind
from portail.model.parts import Contact

__all__ = ["Annonce"]

_UN_AN = timedelta(days=366)


class Annonce(Entry):
    """A job, a call, an offer… that ends on a day."""

    kind: ClassVar[Kind] = Kind.ANNONCE
    obligatoires: ClassVar[tuple[str, ...]] = (
        "titre",
        "resume",
        "publie_le",
        "categorie",
        "echeance",
    )

    categorie: Annotated[str, Terme("categories")] | None = champ(
        "Catégorie", "Ce qu’elle propose ou cherche.", "appel-a-projets"
    )
    echeance: Jour | None = champ("Échéance", "Dernier jour utile, un an au plus.", "2021-12-15")
    organisme: Annotated[str, NomOuRef(Kind.LIEU)] | None = champ(
        "Organisme", "Qui publie l’annonce.", "ombelliscience"
    )
    lieu: Annotated[str, Ref(Kind.LIEU, code="E411")] | None = champ("Lieu", "Où.", "la-coupole")
    commune: CommuneRef | None = champ("Commune", "Où, sans lieu de l’annuaire.", "Amiens")
    contact: Annotated[Contact, mapping] | None = champ(
        "Contact", "Où répondre.", {"courriel": "contact@example.org"}
    )
    contrat: Annotated[str, Terme("contrats")] | None = champ("Contrat", "Pour un emploi.", "cdd")
    duree: Duree | None = champ("Durée", "Pour un emploi ou un stage.", "6 mois")
    remuneration: Annotated[str, Texte(140)] | None = champ(
        "Rémunération", "Pour un emploi ou un stage.", "selon grille"
    )

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """The end comes after publication and within a year of it."""
        yield from super().rules(values)
        if values.publie_le and values.echeance:
            if values.echeance < values.publie_le:
                yield Fault(
                    "E213",
                    ("echeance",),
                    {"fin": values.echeance, "debut": values.publie_le, "cle": "echeance"},
                    label="avant « publie_le »",
                )
            elif values.echeance - values.publie_le > _UN_AN:
                yield Fault("E235", ("echeance",))
