"""Communities: ``content/communautes/``."""

from __future__ import annotations

from typing import Annotated, ClassVar

from portail.model.dossier import Regle
from portail.model.entry import Entry, NomsOuLieux, mapping
from portail.model.fields import champ
from portail.model.kinds import Kind
from portail.model.parts import Contact
from portail.model.rules import OneOf, Rule

__all__ = ["Communaute"]


class Communaute(Entry):
    """People and structures gathered by a subject or a trade."""

    kind: ClassVar[Kind] = Kind.COMMUNAUTE
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("membres", "regle"),
            "E201",
            {"cle": "membres", "remede": "Listez des membres, ou donnez une « regle »."},
        ),
    )

    animateurs: NomsOuLieux = champ("Animateurs", "Qui l’anime.", "ombelliscience", default=())
    membres: NomsOuLieux = champ("Membres", "Qui a accepté d’y figurer.", "la-coupole", default=())
    regle: Annotated[Regle, mapping] | None = champ(
        "Règle", "Réunit des contenus.", {"mot_cle": "thèse"}
    )
    contact: Annotated[Contact, mapping] | None = champ(
        "Contact", "Où écrire.", {"courriel": "contact@example.org"}
    )
