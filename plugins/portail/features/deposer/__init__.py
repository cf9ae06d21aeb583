"""Contents received by mail or by hand: placed, checked."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="deposer",
    title="Déposer ce qui est reçu",
    needs=("importer", "nouveau", "tableurs"),
    commands={"deposer": "place et vérifie des contenus reçus (.md, .zip, .eml)"},
)
