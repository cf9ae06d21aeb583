"""Documents that follow from the models: fields of each kind, JSON Schemas, examples, messages."""

from portail.feature import Command, Feature

feature = Feature(
    name="docs",
    title="Documents écrits d’après les modèles",
    needs=("schemas",),
    commands={
        "docs": Command(
            "écrit les guides, les tables de champs, les schémas et les exemples", example="--check"
        )
    },
)
