"""Contents received by mail or by hand: placed, checked."""

from portail.feature import Command, Feature

feature = Feature(
    name="deposer",
    title="Déposer ce qui est reçu",
    needs=(
        "importer",
        "nouveau",
        "schemas",
        "tableurs",
    ),
    commands={
        "deposer": Command(
            "place et vérifie des contenus reçus (.md, .zip, .eml)",
            "Chaque jour",
            "message.eml",
        )
    },
)
