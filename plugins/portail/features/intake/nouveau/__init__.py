"""Write a content to complete, where it belongs."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="nouveau",
    title="Commencer un contenu",
    needs=("schemas",),
    commands={"new": "écrit un contenu à compléter"},
)
