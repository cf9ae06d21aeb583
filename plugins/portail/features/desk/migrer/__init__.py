"""Bring a portal to the version of the generator."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="migrer",
    title="Suivre les versions du générateur",
    needs=("init",),
    commands={"migrer": "met un portail à la version du générateur"},
)
