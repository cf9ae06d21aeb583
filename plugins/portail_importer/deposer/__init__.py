"""Contents received by mail, by hand or by a form of a forge: placed, checked."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="deposer",
    title="Déposer ce qui est reçu",
    needs=("apercu", "contribuer", "corriger", "importer", "nouveau", "schemas", "tableurs"),
    commands={"deposer": "place et vérifie des contenus reçus (.md, .zip, .eml, formulaires)"},
)
