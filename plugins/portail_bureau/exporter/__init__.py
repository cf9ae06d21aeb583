"""Give all that the portal has of a structure, for its own site."""

from portail.feature import Command, Feature

feature = Feature(
    name="exporter",
    title="Donner à une structure ce qui est d’elle",
    needs=("chiffres", "donnees"),
    commands={
        "exporter": Command(
            "donne tout ce que le portail a d’une structure, pour son site",
            "Reprendre",
            "lieux/la-coupole",
        )
    },
)
