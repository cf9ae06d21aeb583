"""Communities: ``content/communautes/``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from portail.model.dossier import Regle
from portail.model.entry import Entry, NomsOuLieux, mapping
from portail.model.faults import Fault
from portail.model.fields import champ
from portail.model.kinds import Kind
from portail.model.parts import Contact

__all__ = ["Communaute"]


class Communaute(Entry):
    """People and structures gathered by a subject or a trade."""

    kind: ClassVar[Kind] = Kind.COMMUNAUTE

    animateurs: NomsOuLieux = champ("Animateurs", "Qui l’anime.", "ombelliscience", default=())
    membres: NomsOuLieux = champ("Membres", "Qui a accepté d’y figurer.", "la-coupole", default=())
    regle: Annotated[Regle, mapping] | None = champ(
        "Règle", "Réunit des contenus.", {"mot_cle": "thèse"}
    )
    contact: Annotated[Contact, mapping] | None = champ(
        "Contact", "Où écrire.", {"courriel": "contact@example.org"}
    )

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """Members or a rule."""
        yield from super().rules(values)
        if not (values.membres or values.regle):
            yield Fault(
                "E201",
                (),
                {"cle": "membres", "remede": "Listez des membres, ou donnez une « regle »."},
                needs=("membres", "regle"),
            )
