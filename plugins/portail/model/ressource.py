"""Resources and touring tools: ``content/ressources/``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from portail.model.entry import Entry, Groupe, NomsOuLieux, mapping
from portail.model.faults import Fault
from portail.model.fields import (
    CommuneRef,
    Duree,
    Entier,
    Jour,
    Liste,
    Nombre,
    NomOuRef,
    Ref,
    Terme,
    Texte,
    Url,
    champ,
)
from portail.model.kinds import Kind
from portail.model.parts import Age
from portail.model.rules import Order, Rule

__all__ = ["Acces", "Etape", "Pret", "Ressource"]


class Acces(Groupe):
    """Where to get it and on which terms."""

    url: Url | None = champ("Adresse", "Où la trouver.", "https://example.org/ressource")
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "De la ressource.", "CC-BY-4.0"
    )
    tarif: Annotated[str, Texte(140)] | None = champ("Tarif", "Ce qu’elle coûte.", "gratuit")


class Pret(Groupe):
    """What borrowing the tool takes."""

    panneaux: Annotated[int, Entier(0, 1000)] | None = champ("Panneaux", "Nombre.", "12")
    surface_m2: Annotated[float, Nombre(0, 10_000)] | None = champ("Surface", "En m².", "40")
    caisses: Annotated[int, Entier(0, 1000)] | None = champ("Caisses", "Nombre.", "3")
    poids_kg: Annotated[float, Nombre(0, 100_000)] | None = champ("Poids", "En kg.", "80")
    montage: Annotated[str, Texte(200)] | None = champ("Montage", "Durée, personnes.", "2 h à deux")
    transport: Annotated[str, Texte(200)] | None = champ(
        "Transport", "Par qui.", "à la charge de l’emprunteur"
    )
    assurance_eur: Annotated[float, Nombre(0, 10_000_000)] | None = champ(
        "Valeur d’assurance", "En euros.", "3000"
    )
    tarif: Annotated[str, Texte(140)] | None = champ(
        "Tarif", "Du prêt.", "gratuit pour les adhérents"
    )
    delai_jours: Annotated[int, Entier(0, 730)] | None = champ(
        "Délai", "Jours entre demande et prêt.", "30"
    )
    exemplaires: Annotated[int, Entier(1, 100)] = champ(
        "Exemplaires", "Combien il en existe.", "1", default=1
    )


class Etape(Groupe):
    """One loan: who has it, where, from when to when."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    lieu: Annotated[str, Ref(Kind.LIEU, code="E411")] | None = champ(
        "Lieu", "De l’annuaire.", "la-coupole"
    )
    emprunteur: Annotated[str, Texte(140)] | None = champ(
        "Emprunteur", "S’il n’y est pas.", "Collège Exemple"
    )
    commune: CommuneRef | None = champ("Commune", "Où il se trouve.", "Amiens")
    du: Jour = champ("Du", "Premier jour.", "2021-10-01", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2021-10-15", default=...)
    exemplaire: Annotated[int, Entier(1, 100)] | None = champ(
        "Exemplaire", "Lequel, s’il y en a plusieurs.", "1"
    )


class Ressource(Entry):
    """Something to read, use or borrow; a source of funding."""

    kind: ClassVar[Kind] = Kind.RESSOURCE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le", "type")

    type: Annotated[str, Terme("types-ressources")] | None = champ(
        "Type", "Ce que c’est.", "exposition"
    )
    proprietaire: Annotated[str, NomOuRef(Kind.LIEU)] | None = champ(
        "Propriétaire", "À qui elle est.", "ombelliscience"
    )
    auteurs_ressource: NomsOuLieux = champ("Conçue par", "Qui l’a faite.", "La Coupole", default=())
    publics: Annotated[tuple[Annotated[str, Terme("publics")], ...], Liste(12)] = champ(
        "Publics", "À qui elle s’adresse.", "college", default=()
    )
    age: Annotated[Age, mapping] | None = champ("Âge", "En années.", {"min": "8"})
    duree: Duree | None = champ("Durée", "De la visite, de l’écoute…", "45 min")
    annee: Annotated[int, Entier(1500, 2100)] | None = champ("Année", "De parution.", "2021")
    acces: Annotated[Acces, mapping] | None = champ("Accès", "Où la trouver.", {"tarif": "gratuit"})
    pret: Annotated[Pret, mapping] | None = champ(
        "Prêt", "Pour un outil itinérant.", {"panneaux": "12"}
    )
    itinerance: Annotated[tuple[Annotated[Etape, mapping], ...], Liste(300)] = champ(
        "Itinérance",
        "Les prêts, passés et à venir.",
        {"du": "2021-10-01", "au": "2021-10-15"},
        default=(),
    )
    porteur: Annotated[str, NomOuRef(Kind.LIEU)] | None = champ(
        "Porteur", "Pour un financement.", "Région Hauts-de-France"
    )
    pour_qui: Annotated[str, Texte(300)] | None = champ(
        "Pour qui", "Pour un financement.", "associations"
    )
    echeance: Jour | None = champ("Échéance", "Pour un financement.", "2021-12-15")
    montant: Annotated[str, Texte(140)] | None = champ(
        "Montant", "Pour un financement.", "jusqu’à 5 000 €"
    )

    @property
    def itinerante(self) -> bool:
        """Whether it can be borrowed."""
        return self.pret is not None or bool(self.itinerance)

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """Loans never take more copies than there are."""
        yield from super().rules(values)
        copies = values.pret.exemplaires if values.pret else 1
        for rank, loan in enumerate(values.itinerance or ()):
            others = [
                one for one in values.itinerance[:rank] if one.du <= loan.au and loan.du <= one.au
            ]
            busy = max((_loans_on(others, day.du) for day in (*others, loan)), default=0)
            same = [one for one in others if one.exemplaire and one.exemplaire == loan.exemplaire]
            if busy >= copies or same:
                first = (same or others)[0]
                yield Fault(
                    "E504",
                    ("itinerance", rank, "du"),
                    {
                        "du": loan.du,
                        "au": loan.au,
                        "exemplaires": copies,
                        "autre": ("itinerance", values.itinerance.index(first)),
                    },
                )
            elif loan.exemplaire and loan.exemplaire > copies:
                yield Fault(
                    "E209",
                    ("itinerance", rank, "exemplaire"),
                    {
                        "valeur": loan.exemplaire,
                        "cle": "exemplaire",
                        "attendu": f"un nombre de 1 à {copies}",
                    },
                )


def _loans_on(loans: list[Etape], day: Any) -> int:
    return sum(loan.du <= day <= loan.au for loan in loans)
