"""Communities: ``content/communautes/``."""

from typing import ClassVar

from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.rules import OneOf, Rule


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
