"""Groups of fields that several kinds share: address, contact, accessibility, key figures."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from portail.model.entry import Groupe
from portail.model.faults import fault
from portail.model.fields import (
    Booleen,
    CodePostal,
    CommuneRef,
    Courriel,
    Entier,
    Jour,
    Liste,
    Prix,
    Telephone,
    Terme,
    Texte,
    Url,
    champ,
)
from portail.model.rules import AgesInOrder, Both, Order, Rule
from portail.model.scalars import read_url

__all__ = [
    "HANDICAPS",
    "Accessibilite",
    "Adresse",
    "Age",
    "Chiffre",
    "Contact",
    "Fermeture",
    "ReseauxSociaux",
    "Tarif",
    "TarifLieu",
]


class Adresse(Groupe):
    """A postal address; its commune places it."""

    nom: Annotated[str, Texte(140)] | None = champ("Nom", "Nom de l’endroit.", "Salle des fêtes")
    rue: Annotated[str, Texte(200)] | None = champ("Rue", "Numéro et rue.", "2 place de la Mairie")
    code_postal: CodePostal | None = champ("Code postal", "Cinq chiffres.", "62570")
    commune: CommuneRef = champ("Commune", "Nom de la commune.", "Wizernes", default=...)


class Contact(Groupe):
    """How to reach someone about this content."""

    url: Url | None = champ("Adresse web", "Page de contact.", "https://example.org/contact")
    courriel: Courriel | None = champ("Courriel", "Adresse d’une structure.", "contact@example.org")
    telephone: Telephone | None = champ("Téléphone", "Numéro d’une structure.", "03 21 00 00 00")


class Age(Groupe):
    """Ages in years, both bounds included."""

    regles: ClassVar[tuple[Rule, ...]] = (AgesInOrder(),)

    min: Annotated[int, Entier(0, 120)] | None = champ("Dès", "Âge minimal.", "8")
    max: Annotated[int, Entier(0, 120)] | None = champ("Jusqu’à", "Âge maximal.", "12")


class Chiffre(Groupe):
    """A key figure with its year and source."""

    libelle: Annotated[str, Texte(140)] = champ(
        "Libellé", "Ce qui est compté.", "visiteurs", default=...
    )
    valeur: Annotated[str, Texte(60)] = champ(
        "Valeur", "Le nombre, avec son unité.", "12 000", default=...
    )
    annee: Annotated[int, Entier(1800, 2100)] | None = champ("Année", "Année du chiffre.", "2021")
    source: Annotated[str, Texte(300)] | None = champ(
        "Source", "D’où vient le chiffre.", "Rapport 2021"
    )


class Fermeture(Groupe):
    """Days when a place is closed."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    du: Jour = champ("Du", "Premier jour.", "2021-12-25", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2022-01-15", default=...)
    motif: Annotated[str, Texte(140)] | None = champ("Motif", "Pourquoi.", "travaux")


_Valeur = Annotated[str, Terme("valeurs-accessibilite")]


class Accessibilite(Groupe):
    """What is accessible to whom; what is not said is unknown, never « non »."""

    auditif: _Valeur = champ(
        "Handicap auditif", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    visuel: _Valeur = champ(
        "Handicap visuel", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    moteur: _Valeur = champ(
        "Handicap moteur", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    mental: _Valeur = champ(
        "Handicap mental", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    psychique: _Valeur = champ(
        "Handicap psychique", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    equipements: Annotated[
        tuple[Annotated[str, Terme("equipements-accessibilite")], ...], Liste(20)
    ] = champ("Équipements", "Boucle magnétique, LSF…", "bim", default=())
    labels: Annotated[tuple[Annotated[str, Terme("labels-accessibilite")], ...], Liste(5)] = champ(
        "Labels", "Labels obtenus.", "tourisme-et-handicap", default=()
    )
    precisions: Annotated[str, Texte(300)] | None = champ("Précisions", "Ce qu’il faut savoir.")

    @property
    def niveaux(self) -> dict[str, str]:
        """Level of access for each handicap: ``oui``, ``partiel``, ``non`` or ``inconnu``."""
        return {name: getattr(self, name) for name in HANDICAPS}


HANDICAPS = tuple(
    name for name, one in Accessibilite.model_fields.items() if one.default == "inconnu"
)
"""Families of handicaps, in the order of the model."""


class TarifLieu(Groupe):
    """One price of a place."""

    libelle: Annotated[str, Texte(140)] = champ("Libellé", "Pour qui.", "plein tarif", default=...)
    prix: Annotated[float, Prix()] = champ("Prix", "En euros.", "5,50", default=...)


def _reseaux(value: Any, info: ValidationInfo) -> tuple[tuple[str, str], ...]:
    """Social networks: a mapping of a name to an address (E208, E219)."""
    if not isinstance(value, dict):
        raise fault("E208", cle=info.field_name, exemple="reseaux_sociaux: {mastodon: https://…}")
    rows = []
    for name, one in sorted(value.items()):
        if not isinstance(one, str):
            raise fault("E202", cle=name, exemple=f"{name}: https://…", champ=(name,))
        try:
            rows.append((name, read_url(one.strip())))
        except PydanticCustomError as error:
            told = error.context or {}
            raise fault(error.type, champ=(name,), **told["values"]) from None
    return tuple(rows)


ReseauxSociaux = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_reseaux)]
"""Pairs (name, address)."""


class Tarif(Groupe):
    """What it costs; an absent ``tarif`` is « non précisé »."""

    regles: ClassVar[tuple[Rule, ...]] = (Both("gratuit", ("prix", "reduit"), "E234"),)

    gratuit: Booleen | None = champ("Gratuit", "true si tout est gratuit.", "true")
    prix: Annotated[float, Prix()] | None = champ("Prix", "En euros.", "5,50")
    reduit: Annotated[float, Prix()] | None = champ("Tarif réduit", "En euros.", "3")
    conditions: Annotated[str, Texte(255)] | None = champ("Conditions", "Les cas particuliers.")

    @property
    def nul(self) -> bool:
        """Whether nothing is to pay: it is said, or the price is 0."""
        return bool(self.gratuit or self.prix == 0)
