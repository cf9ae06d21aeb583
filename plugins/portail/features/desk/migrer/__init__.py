"""Bring a portal to the version of the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature
from portail.late import late

if TYPE_CHECKING:
    from portail.features.desk.migrer import former
else:
    former = late(__name__, "former")

feature = Feature(
    name="migrer",
    title="Suivre les versions du générateur",
    needs=("init",),
    promises={
        "Fait": former.Fait,
        "Facette": former.Facette,
        "Regle": former.Regle,
        "Faute": former.Faute,
    },
    commands={"migrer": "met un portail à la version du générateur"},
)
