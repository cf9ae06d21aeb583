"""Bring a portal to the version of the generator."""

from portail.feature import Command, Feature
from portail.late import late

with late(__name__):
    from . import former

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
    commands={
        "migrer": Command("met un portail à la version du générateur", example="--appliquer")
    },
)
