"""Write the repository of a new portal."""

from portail.feature import Command, Feature

feature = Feature(
    name="init",
    title="Commencer un portail",
    needs=("schemas",),
    after=("apercu",),
    commands={
        "init": Command(
            "écrit le dépôt d’un nouveau portail", example="mon-portail --region Normandie"
        )
    },
)
