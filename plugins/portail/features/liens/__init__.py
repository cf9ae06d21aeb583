"""Ask other sites whether the addresses that contents cite answer."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="liens",
    title="Vérifier les liens",
    commands={"liens": "demande aux autres sites si les adresses citées répondent"},
)
