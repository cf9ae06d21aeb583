"""Resources and touring tools: ``content/ressources/``."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar

from portail.model.entry import Entry, Groupe, NomsOuLieux
from portail.model.faults import Fault
from portail.model.fields import (
    CommuneRef,
    Detail,
    Duree,
    Echeance,
    Entier,
    Jour,
    LieuRef,
    Ligne,
    Liste,
    Nombre,
    NomOuLieu,
    Phrase,
    Publics,
    Terme,
    Url,
)
from portail.model.kinds import Kind
from portail.model.parts import Age
from portail.model.rules import Order, Rule
from portail.model.scalars import champ


class Acces(Groupe):
    """Where to get it and on which terms."""

    url: Url | None = champ("Adresse", "Où la trouver.", "https://example.org/ressource")
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "De la ressource.", "CC-BY-4.0"
    )
    tarif: Ligne | None = champ("Tarif", "Ce qu’elle coûte.", "gratuit")


class Pret(Groupe):
    """What borrowing the tool takes."""

    panneaux: Annotated[int, Entier(0, 1000)] | None = champ("Panneaux", "Nombre.", "12")
    surface_m2: Annotated[float, Nombre(0, 10_000)] | None = champ("Surface", "En m².", "40")
    caisses: Annotated[int, Entier(0, 1000)] | None = champ("Caisses", "Nombre.", "3")
    poids_kg: Annotated[float, Nombre(0, 100_000)] | None = champ("Poids", "En kg.", "80")
    montage: Detail | None = champ("Montage", "Durée, personnes.", "2 h à deux")
    transport: Detail | None = champ("Transport", "Par qui.", "à la charge de l’emprunteur")
    assurance_eur: Annotated[float, Nombre(0, 10_000_000)] | None = champ(
        "Valeur d’assurance", "En euros.", "3000"
    )
    tarif: Ligne | None = champ("Tarif", "Du prêt.", "gratuit pour les adhérents")
    delai_jours: Annotated[int, Entier(0, 730)] | None = champ(
        "Délai", "Jours entre demande et prêt.", "30"
    )
    exemplaires: Annotated[int, Entier(1, 100)] = champ(
        "Exemplaires", "Combien il en existe.", "1", default=1
    )


class Etape(Groupe):
    """One loan: who has it, where, from when to when."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    lieu: LieuRef | None = champ("Lieu", "De l’annuaire.", "musee-exemple")
    emprunteur: Ligne | None = champ("Emprunteur", "S’il n’y est pas.", "Collège Exemple")
    commune: CommuneRef | None = champ("Commune", "Où il se trouve.", "$commune")
    du: Jour = champ("Du", "Premier jour.", "2027-10-01", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2027-10-15", default=...)
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
    proprietaire: NomOuLieu | None = champ("Propriétaire", "À qui elle est.", "association-exemple")
    auteurs_ressource: NomsOuLieux = champ(
        "Conçue par", "Qui l’a faite.", "Musée Exemple", default=()
    )
    publics: Publics = champ("Publics", "À qui elle s’adresse.", "college", default=())
    age: Age | None = champ("Âge", "En années.", {"min": "8"})
    duree: Duree | None = champ("Durée", "De la visite, de l’écoute…", "45 min")
    annee: Annotated[int, Entier(1500, 2100)] | None = champ("Année", "De parution.", "2027")
    acces: Acces | None = champ("Accès", "Où la trouver.", {"tarif": "gratuit"})
    pret: Pret | None = champ("Prêt", "Pour un outil itinérant.", {"panneaux": "12"})
    itinerance: Annotated[tuple[Etape, ...], Liste(300)] = champ(
        "Itinérance",
        "Les prêts, passés et à venir.",
        {"du": "2027-10-01", "au": "2027-10-15"},
        default=(),
    )
    porteur: NomOuLieu | None = champ("Porteur", "Pour un financement.", "Conseil régional")
    eligibles: Annotated[tuple[Phrase, ...], Liste(12)] = champ(
        "Qui peut demander",
        "Pour un financement : associations, communes, collèges, habitants…",
        "associations",
        default=(),
    )
    echeance: Echeance | None = champ(
        "Échéance", "Pour un financement : un jour, ou « au fil de l’eau ».", "2027-12-15"
    )
    montant: Ligne | None = champ("Montant", "Pour un financement.", "jusqu’à 5 000 €")

    @property
    def finance(self) -> bool:
        """Whether it pays for projects."""
        return self.type == "financement"

    @property
    def limite(self) -> date | None:
        """The last day to apply; ``None`` when there is none."""
        return self.echeance if isinstance(self.echeance, date) else None

    @property
    def itinerante(self) -> bool:
        """Whether it can be borrowed."""
        return self.pret is not None or bool(self.itinerance)

    @property
    def exemplaires(self) -> int:
        """How many copies there are: one, unless its sheet says otherwise."""
        return self.pret.exemplaires if self.pret else 1

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """Loans never take more copies than there are."""
        yield from super().rules(values)
        copies = values.pret.exemplaires if values.pret else 1
        for rank, loan in enumerate(values.itinerance or ()):
            conflicts = _in_the_way(loan, values.itinerance[:rank], copies)
            if conflicts:
                yield _overlap(rank, loan, conflicts, copies)
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


def _in_the_way(loan: Etape, before: Sequence[Etape], copies: int) -> list[int]:
    """Ranks, among the loans written before one, of those that leave it no copy: that of the same
    copy, else those of the first day on which all copies are taken."""
    met = [
        rank
        for rank, earlier in enumerate(before)
        if earlier.du <= loan.au and loan.du <= earlier.au
    ]
    same = [rank for rank in met if loan.exemplaire and before[rank].exemplaire == loan.exemplaire]
    if same:
        return same[:1]
    for day in sorted({max(before[rank].du, loan.du) for rank in met}):
        there = [rank for rank in met if before[rank].du <= day <= before[rank].au]
        if len(there) >= copies:
            return there
    return []


def _overlap(rank: int, loan: Etape, conflicts: Sequence[int], copies: int) -> Fault:
    number = f"{copies} exemplaires" if copies > 1 else "un exemplaire"
    reason = f"l’outil n’a qu{'e ' if copies > 1 else '’'}{number}"
    if len(conflicts) < copies:
        reason = f"l’exemplaire {loan.exemplaire} ne peut être qu’à un endroit à la fois"
    details = {
        "ligne": ("itinerance", rank),
        "du": loan.du,
        "au": loan.au,
        "avec": "ceux des lignes" if len(conflicts) > 1 else "celui de la ligne",
        "autres": [("itinerance", row) for row in conflicts],
        "raison": reason,
    }
    return Fault("E504", ("itinerance", rank, "du"), details)
