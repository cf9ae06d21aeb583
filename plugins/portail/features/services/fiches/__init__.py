"""The record of a content: what open data publish of it, and what is asked of all of them."""

from portail.feature import Feature

feature = Feature(
    name="fiches",
    title="La fiche de chaque contenu, et ce qu’on demande à toutes",
    needs=("editions", "schemas"),
)
