"""Erase a person from a portal: its contents, its history, what it sent."""

from portail.feature import Command, Feature

feature = Feature(
    name="effacer",
    title="Effacer une personne",
    commands={
        "effacer": Command(
            "cherche une personne partout, et l’efface du dépôt", example='"Camille Exemple"'
        )
    },
)
