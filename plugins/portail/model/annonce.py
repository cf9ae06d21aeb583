"""Announcements with an end date: ``content/annonces/``."""

from __future__ import annotations

from typing import Annotated, ClassVar

from portail.model.entry import Entry, mapping
from portail.model.fields import CommuneRef, Duree, Jour, NomOuRef, Ref, Terme, Texte, champ
from portail.model.kinds import Kind
from portail.model.parts import Contact
from portail.model.rules import Order, Rule, Within

__all__ = ["Annonce"]

_UN_AN = 366


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
    regles: ClassVar[tuple[Rule, ...]] = (
        Order("publie_le", "echeance"),
        Within("publie_le", "echeance", _UN_AN, "E235"),
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
