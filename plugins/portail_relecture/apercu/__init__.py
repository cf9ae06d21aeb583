"""What a proposal changes: told to its author, and to whoever reads it again."""

from portail.feature import Command, Feature

feature = Feature(
    name="apercu",
    title="Aperçu des propositions",
    needs=("horaires",),
    commands={
        "apercu": Command(
            "montre ce qu’une proposition change",
            "Chaque jour",
            "--avant ../tronc/content --apres content",
        )
    },
)
