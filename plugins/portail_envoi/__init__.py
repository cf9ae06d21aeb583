"""Sending of the newsletter, which opens connections; no build imports it."""

from __future__ import annotations

from portail.feature import Feature

feature = Feature(
    name="envoi",
    title="Envoi de la lettre",
    needs=("lettre",),
    commands={"newsletter.envoyer": "envoie la lettre d’une semaine"},
)
