"""Write the repository of a new portal."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="init",
    title="Commencer un portail",
    needs=("schemas", "tableurs"),
    commands={"init": "écrit le dépôt d’un nouveau portail"},
)
