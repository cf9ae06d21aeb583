"""What the files of contents may write, as JSON Schema, and examples of them."""

from portail.feature import Feature

feature = Feature(
    name="schemas",
    title="Schémas et exemples de contenus",
    needs=("horaires", "relatifs"),  # forms advise of the same words
)
