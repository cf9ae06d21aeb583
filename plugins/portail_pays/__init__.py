"""A front for the portals of a country: what is on near any commune, whatever the border."""

from __future__ import annotations

from portail.feature import Command, Feature

feature = Feature(
    name="pays",
    title="L’entrée de tout le pays",
    commands={
        "pays": Command(
            "écrit l’entrée de tous les portails qui sont sous un site", example="public"
        )
    },
)
