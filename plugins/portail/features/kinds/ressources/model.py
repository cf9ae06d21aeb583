"""Resources and touring tools: ``content/ressources/``."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from portail.model.collections import Etape, ResourceEntry
from portail.model.faults import Fault
from portail.model.fields import (
    Entier,
)
from portail.model.kinds import Kind

# A year of publication.
Parution = Annotated[int, Entier(1500, 2100)]


class Ressource(ResourceEntry):
    """Something to read, use or borrow; a source of funding."""

    kind: ClassVar[Kind] = Kind.RESSOURCE

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
        ranks = [rank for rank in met if before[rank].du <= day <= before[rank].au]
        if len(ranks) >= copies:
            return ranks
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
