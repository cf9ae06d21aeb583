"""Write a content to complete, where it belongs."""

from portail.feature import Command, Feature

feature = Feature(
    name="nouveau",
    title="Commencer un contenu",
    needs=("schemas",),
    commands={
        "new": Command(
            "écrit un contenu à compléter", "Chaque jour", 'event --titre "Nuit des étoiles"'
        )
    },
)
