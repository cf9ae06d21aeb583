"""Sending of the newsletter, which opens connections; no build imports it."""

from portail.feature import Command, Feature

feature = Feature(
    name="envoi",
    title="Envoi de la lettre",
    needs=("lettre",),
    commands={"newsletter.envoyer": Command("envoie la lettre d’une semaine")},
)
