"""Resources and touring tools: ``content/ressources/``."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from portail.model.entry import NomsOuLieux
from portail.model.faults import Fault
from portail.model.fields import (
    Duree,
    Echeance,
    Entier,
    Ligne,
    Liste,
    NomOuLieu,
    Phrase,
    Publics,
    Terme,
)
from portail.model.kinds import Kind
from portail.model.parts import Age
from portail.model.resource import Acces, Etape, Pret, ResourceEntry
from portail.model.scalars import champ


class Ressource(ResourceEntry):
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
    # Ranks, among the loans written before one, of those that leave it no copy: that of the same
    # copy, else those of the first day on which all copies are taken.
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
