"""Communities: ``content/communautes/``."""

from typing import ClassVar

from portail.model.collections import Regle
from portail.model.entry import Entry, NomsOuLieux
from portail.model.kinds import Kind
from portail.model.parts import Contact
from portail.model.rules import OneOf, Rule
from portail.model.scalars import champ


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

    animateurs: NomsOuLieux = champ("Animateurs", "Qui l’anime.", "association-exemple", default=())
    membres: NomsOuLieux = champ(
        "Membres", "Qui a accepté d’y figurer.", "musee-exemple", default=()
    )
    regle: Regle | None = champ("Règle", "Réunit des contenus.", {"mot_cle": "thèse"})
    contact: Contact | None = champ("Contact", "Où écrire.", {"courriel": "contact@example.org"})
